"""Two-way partners have a mixture's entropy, and cost a Gaussian prediction what they should."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import multivariate_normal, norm

from ssl_theory.processes import TwoWayPairs
from ssl_theory.processes.mixings import Orthogonal
from ssl_theory.processes.two_way_pairs import sign_information

WORLD = TwoWayPairs((0.8, -0.6, 0.3), noise=0.3, mixing=Orthogonal(1))


@pytest.mark.parametrize("ratio", [0.1, 0.5, 1.0, 2.0, 4.0])
def test_a_sign_is_told_by_the_entropy_of_its_mixture_less_that_of_the_noise(ratio):
    def density(u):
        return (norm.pdf(u - ratio) + norm.pdf(u + ratio)) / 2

    entropy = quad(lambda u: -density(u) * np.log(density(u)), -12, 12, limit=200)[0]
    assert sign_information(ratio) == pytest.approx(entropy - norm.entropy(), abs=1e-6)


def test_a_gaussian_prediction_loses_the_gap():
    pairs = WORLD.draw(20_000, seed=0)
    step = pairs.partner_latents - pairs.latents
    spread = 0.3 * np.eye(3) + np.outer(WORLD.displacement, WORLD.displacement)
    truth = WORLD._log_mixture(step, 0.3)
    gaps = truth - multivariate_normal(np.zeros(3), spread).logpdf(step)
    error = gaps.std() / np.sqrt(20_000)
    assert error < 0.01
    assert abs(gaps.mean() - WORLD.one_way_gap) < 5 * error
    assert abs(-truth.mean() - WORLD.conditional_entropy) < 5 * truth.std() / np.sqrt(20_000)


def test_the_mean_of_partners_is_where_none_is():
    pairs = TwoWayPairs((2.0, 0.0), noise=0.01).draw(4000, seed=1)
    step = pairs.partner_latents - pairs.latents
    assert (np.abs(step.mean(0)) < 5 * step.std(0) / np.sqrt(4000)).all()
    assert np.abs(step[:, 0]).min() > 1.5
    np.testing.assert_array_equal(np.sign(step[:, 0]), pairs.auxiliary["side"])


def test_the_mean_explains_what_is_left_of_the_variance():
    pairs = WORLD.draw(20_000, seed=2)
    left = np.square(pairs.partner_latents - pairs.latents).sum()
    whole = np.square(pairs.partner_latents - pairs.partner_latents.mean(0)).sum()
    assert 1 - left / whole == pytest.approx(WORLD.bayes_r2, abs=0.015)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"displacement": ()}, "`displacement` must have a coordinate, got none"),
        ({"noise": 0.0}, "`noise` must be positive, got 0.0"),
    ],
)
def test_says_which_pairs_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        TwoWayPairs(**fields)
