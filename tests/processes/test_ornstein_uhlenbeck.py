"""Polynomials are predicted as well as their degree says, and the views are one step apart."""

import numpy as np
import pytest
from numpy.polynomial import hermite_e
from scipy.stats import multivariate_normal

from ssl_theory.processes import OrnsteinUhlenbeckPairs
from ssl_theory.processes.mixings import Banana


def test_the_views_are_one_step_apart_and_not_two_from_an_anchor():
    world, n = OrnsteinUhlenbeckPairs(1, correlation=0.8), 40_000
    pairs = world.draw(n, seed=0)
    products = pairs.latents * pairs.partner_latents
    error = products.std() / np.sqrt(n)
    assert error < 0.01
    assert products.mean() == pytest.approx(0.8, abs=5 * error)
    assert abs(products.mean() - 0.8**2) > 5 * error


def test_orthogonal_polynomials_of_degree_k_have_the_k_th_power():
    world, n = OrnsteinUhlenbeckPairs(1, correlation=0.7), 40_000
    pairs = world.draw(n, seed=1)
    for k in (1, 2, 3):
        scale = np.sqrt(np.prod(np.arange(1, k + 1)))
        basis = np.eye(k + 1)[k] / scale
        products = hermite_e.hermeval(pairs.latents, basis)
        products = products * hermite_e.hermeval(pairs.partner_latents, basis)
        error = products.std() / np.sqrt(n)
        assert error < 0.05
        assert products.mean() == pytest.approx(0.7**k, abs=5 * error)


@pytest.mark.parametrize(("d", "degree"), [(1, 4), (3, 3)])
def test_the_transfer_spectrum_counts_monomials(d, degree):
    spectrum = OrnsteinUhlenbeckPairs(d, correlation=0.5).transfer_spectrum(degree)
    powers = np.indices((degree + 1,) * d).reshape(d, -1).sum(0)
    counted = 0.5 ** np.sort(powers[powers <= degree])
    np.testing.assert_allclose(spectrum, counted)


def test_squared_autocorrelations_sum_to_the_mean_density_ratio():
    spectrum = OrnsteinUhlenbeckPairs(2, correlation=0.5).transfer_spectrum(40)
    assert np.square(spectrum).sum() == pytest.approx((1 - 0.25) ** -2)


def test_the_density_ratio_sees_through_the_mixing():
    world = OrnsteinUhlenbeckPairs(2, correlation=0.6, mixing=Banana())
    pairs = world.draw(20, seed=2)
    joint = multivariate_normal(np.zeros(2), [[1, 0.6], [0.6, 1]])
    single = multivariate_normal(0, 1)
    z, w = pairs.latents, pairs.partner_latents
    expected = sum(
        joint.logpdf(np.stack([z[:, i], w[:, i]], 1))
        - single.logpdf(z[:, i])
        - single.logpdf(w[:, i])
        for i in range(2)
    )
    np.testing.assert_allclose(world.density_ratio(*pairs), expected)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dimension": 0}, "`dimension` must be at least 1, got 0"),
        ({"correlation": 1.0}, "`correlation` must lie between 0 and 0.999999, got 1.0"),
    ],
)
def test_says_which_steps_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        OrnsteinUhlenbeckPairs(**arguments)
