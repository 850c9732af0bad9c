"""What an oracle finds without training, and what training finds of Gaussian and other latents."""

import numpy as np
import pytest

from ssl_theory.identifiability import LinearR2
from ssl_theory.laboratory import Outcome
from ssl_theory.laboratory.gaussian_worlds import (
    GAUSSIAN_WORLDS,
    Embedded,
    baselines,
    forced,
    gaussian,
    of_gaussian,
    of_laplace,
)
from ssl_theory.laboratory.laplace_pairs import LaplacePairs
from ssl_theory.laboratory.leading_functions import laplace_leading, slowness
from ssl_theory.laboratory.spectral_oracle import spectral_oracle
from ssl_theory.processes.mixings import Sinusoid

WORLD, LAPLACE = gaussian(Sinusoid()), LaplacePairs(mixing=Sinusoid())


def test_the_oracle_unmixes_gaussian_latents():
    pairs, probe = (WORLD.draw(10_000, seed) for seed in (1, 2))
    encode = spectral_oracle(*pairs, keep=2, width=0.8)
    excess = slowness(encode(probe.x), encode(probe.y)) - slowness(
        probe.latents, probe.partner_latents
    )
    assert excess < 0.02
    assert LinearR2()(probe.latents, encode(probe.x)).value > 0.96
    assert LinearR2()(probe.latents, probe.x).value < 0.95


def test_the_oracle_solves_its_eigenproblem():
    rng = np.random.default_rng(3)
    x = rng.standard_normal((4000, 1))
    y = 0.8 * x + 0.6 * rng.standard_normal((4000, 1))
    one = spectral_oracle(x, y, keep=1, width=2.0, features=50)(x)
    assert abs(np.corrcoef(one[:, 0], x[:, 0])[0, 1]) > 0.99
    both = spectral_oracle(x, y, keep=2, width=2.0, features=50)(x)
    np.testing.assert_allclose(both[:, 1:], one)  # the slowest is last
    assert abs(np.corrcoef(both[:, 0], x[:, 0] ** 2)[0, 1]) > 0.9


def latents_themselves(world):
    pairs = world.draw(4000, seed=4)
    return Embedded("latents", world, pairs, pairs.latents, pairs.partner_latents)


def test_gaussian_latents_are_as_slow_as_can_be_and_laplace_ones_are_not():
    of_gauss, laplace = map(latents_themselves, (WORLD, LAPLACE))
    assert of_gauss.converged
    assert of_gauss.excess == pytest.approx(0, abs=1e-9)
    assert all(m.outcome is Outcome.AGREES for m in of_gaussian(of_gauss))
    assert laplace.excess > 0.01
    linear = of_laplace(laplace)[0]
    assert linear.value == pytest.approx(1)  # they are linear in themselves, and not the optimum
    assert linear.prediction.high < 1


def test_what_laplace_latents_are_to_become_is_as_linear_as_predicted():
    pairs = LaplacePairs().draw(10_000, seed=5)
    known = laplace_leading(0.5)
    views = known(pairs.latents), known(pairs.partner_latents)
    found = Embedded("curved", LAPLACE, pairs, *views)
    assert found.converged
    assert all(m.outcome is Outcome.AGREES for m in of_laplace(found))


def test_what_is_fast_is_unconverged_and_forces_nothing():
    for found in baselines(WORLD, seed=0):
        assert not found.converged
        assert found.row()["outcome"] == "UNCONVERGED"
        assert all(m.outcome is Outcome.UNCONVERGED for m in of_gaussian(found))
    assert forced(baselines(WORLD, seed=0)).outcome is Outcome.AGREES


@pytest.mark.slow  # 50 s; the other published seeds are left to the benchmark
def test_latents_are_found_if_they_are_gaussian_and_curved_if_not():
    finding = GAUSSIAN_WORLDS.conduct(0)
    assert finding.outcome is Outcome.AGREES, str(finding)
    assert len(GAUSSIAN_WORLDS.draw(finding.curves).axes) == 3
