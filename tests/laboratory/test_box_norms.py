"""Which rotation of a box each norm likes best, by other routes; then the headline."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy.optimize import minimize
from scipy.spatial.transform import Rotation

from ssl_theory.experiments import Certificate, Training
from ssl_theory.identifiability import MeanCorrelation
from ssl_theory.laboratory import Outcome, box_norms
from ssl_theory.laboratory.box_norms import BOX_NORMS, MIXED, TURNS, WORLD, objective
from ssl_theory.laboratory.held_out import held_out_losses
from ssl_theory.processes import BoxPairs

TURN = TURNS[4.0]


def test_no_rotation_mixes_more():
    np.testing.assert_allclose(TURN @ TURN.T, np.eye(3), atol=1e-12)

    def fourth(vector):
        return (Rotation.from_rotvec(vector).as_matrix() ** 4).sum()

    starts = np.random.default_rng(0).standard_normal((20, 3))
    best = min((minimize(fourth, start) for start in starts), key=lambda found: found.fun)
    assert best.fun == pytest.approx(11 / 9, abs=1e-9)
    sizes = np.sort(np.abs(Rotation.from_rotvec(best.x).as_matrix()), axis=1)
    np.testing.assert_allclose(sizes, [[1 / 3, 2 / 3, 2 / 3]] * 3, atol=1e-5)
    assert (TURN**4).sum() == pytest.approx(11 / 9)


def test_that_rotation_correlates_by_two_thirds():
    latents = BoxPairs().draw(20_000, seed=0).latents
    found = MeanCorrelation()(latents, latents @ TURN).value
    assert abs(found - 2 / 3) < 5 / np.sqrt(20_000)
    assert MIXED.low < 2 / 3 < MIXED.high < 0.75


@pytest.mark.parametrize(("power", "turned_is_better"), [(1.0, False), (4.0, True)])
def test_each_norm_has_less_loss_where_it_is_predicted_to_end(power, turned_is_better):
    pairs = WORLD.draw(4 * 256, seed=0)
    views = pairs.latents - 0.5, pairs.partner_latents - 0.5
    turned = [view @ TURN for view in views]

    def least(z, w):
        scales = (0.7, 0.85, 1.0, 1.2)  # entropy and alignment trade by scale
        return min(held_out_losses(objective(power), s * z, s * w, 256).mean() for s in scales)

    gain = least(*views) - least(*turned)  # nats
    assert gain > 0.05 if turned_is_better else gain < -0.05


def test_what_was_hardly_trained_is_not_said_to_agree(monkeypatch):
    easily = Certificate(tolerance=1.0)  # any training passes: only the loss can tell
    training = Training(steps=5, batch=64, certificate=easily)
    monkeypatch.setattr(box_norms, "TRAINING", training)
    monkeypatch.setattr(box_norms, "ITEMS", 1024)
    finding = BOX_NORMS.conduct(0)
    assert finding.outcome is Outcome.UNCONVERGED
    rows = {row["encoder"]: row for row in finding.table}
    assert rows["oracle"]["MCC"] == pytest.approx(1)
    assert rows["rotation"]["linear R2"] == pytest.approx(1, abs=1e-9)
    assert isinstance(BOX_NORMS.draw(finding.curves), Figure)


@pytest.mark.slow  # half a minute of one core
def test_the_right_norm_finds_latents_one_by_one_and_the_wrong_norm_turns_them():
    finding = BOX_NORMS.conduct(0)
    assert finding.outcome is Outcome.AGREES
    rows = {row["encoder"]: row for row in finding.table}
    assert rows["norm of order 1"]["MCC"] > 0.999
    assert rows["norm of order 4"]["MCC"] < 0.75 and rows["norm of order 4"]["linear R2"] > 0.98
