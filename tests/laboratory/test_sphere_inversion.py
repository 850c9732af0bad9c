"""InfoNCE inverts the sphere: its pieces by other routes, then the headline."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy import stats

from ssl_theory.experiments import Certificate, Training
from ssl_theory.laboratory import Outcome, sphere_inversion
from ssl_theory.laboratory.held_out import held_out_losses
from ssl_theory.laboratory.sphere_inversion import OBJECTIVE, SPHERE_INVERSION, WORLD, least_loss
from ssl_theory.laboratory.strangers import Strangers
from ssl_theory.objectives import info_nce
from ssl_theory.processes import GaussianPairs, LinearDynamics, SpherePairs


@pytest.mark.parametrize("kappa", [0.5, 4.0, 10.0])
def test_in_three_dimensions_the_least_loss_is_elementary(kappa):
    information = kappa / np.tanh(kappa) - 1 + np.log(kappa / np.sinh(kappa))
    chi_squared = kappa / np.tanh(kappa) - 1  # the mean density ratio of partners, less one
    expected = -information + chi_squared / 1000
    assert least_loss(SpherePairs(3, kappa), 500) == pytest.approx(expected, rel=1e-9)


def test_the_true_latents_have_the_least_loss():
    world = SpherePairs(dimension=3, concentration=4.0)
    pairs = world.draw(128 * 256, seed=0)
    found = held_out_losses(OBJECTIVE, pairs.latents, pairs.partner_latents, 256)
    error = stats.sem(found)
    assert error < 0.008
    assert abs(found.mean() - least_loss(world, 256)) < 5 * error


def test_strangers_have_the_laws_of_friends_and_nothing_in_common():
    friends = GaussianPairs((1.0,), (0.9,))
    mixed = Strangers(friends).draw(4000, seed=0)
    for name in ("y", "partner_latents"):
        theirs, known = getattr(mixed, name)[:, 0], getattr(friends.draw(4000, seed=0), name)[:, 0]
        assert sorted(theirs) == sorted(known)
    assert abs(np.corrcoef(mixed.x[:, 0], mixed.y[:, 0])[0, 1]) < 5 / np.sqrt(4000)


def test_strangers_of_moments_are_refused():
    with pytest.raises(TypeError, match="`friends` must draw pairs, got Sequence"):
        Strangers(LinearDynamics()).draw(3, seed=0)


def test_what_was_hardly_trained_is_not_said_to_agree(monkeypatch):
    easily = Certificate(tolerance=1.0)  # any training passes: only the loss can tell
    training = Training(steps=5, batch=64, certificate=easily)
    monkeypatch.setattr(sphere_inversion, "TRAINING", training)
    monkeypatch.setattr(sphere_inversion, "ITEMS", 1024)
    finding = SPHERE_INVERSION.conduct(0)
    assert finding.outcome is Outcome.UNCONVERGED
    rows = {row["encoder"]: row for row in finding.table}
    for known in ("oracle", "rotation"):
        assert rows[known]["linear R2"] == pytest.approx(1, abs=1e-9)
        assert rows[known]["orthogonality error"] == pytest.approx(0, abs=1e-9)
    assert rows["identity"]["linear R2"] < 0.9  # the mixing leaves something to do
    assert isinstance(SPHERE_INVERSION.draw(finding.curves), Figure)


@pytest.mark.slow  # a quarter of a minute of one core
def test_a_sphere_that_was_folded_is_said_to_be_nowhere(monkeypatch):
    monkeypatch.setattr(sphere_inversion, "WORLD", replace(WORLD, concentration=10.0))
    monkeypatch.setattr(sphere_inversion, "OBJECTIVE", info_nce(temperature=0.1))
    easily = Certificate(tolerance=1.0)
    training = Training(steps=800, batch=256, rate=2e-3, certificate=easily)
    monkeypatch.setattr(sphere_inversion, "TRAINING", training)
    finding = SPHERE_INVERSION.conduct(0)
    assert {found.outcome for found in finding.measured} == {Outcome.UNCONVERGED}
    recovered, _, loss = finding.measured
    assert 0.6 < recovered.value < 0.9 and loss.value > loss.prediction.high + 0.3


@pytest.mark.slow  # half a minute of one core
def test_the_process_is_inverted_and_strangers_are_not():
    finding = SPHERE_INVERSION.conduct(0)
    assert finding.outcome is Outcome.AGREES
    (trained,) = (row for row in finding.table if row["encoder"] == "trained")
    assert trained["linear R2"] > 0.99 and trained["orthogonality error"] < 0.02
