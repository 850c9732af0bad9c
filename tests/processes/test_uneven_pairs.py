"""Uneven partners have the entropy of their places, and cost an even critic what they should."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from ssl_theory.processes import UnevenPairs
from ssl_theory.processes.mixings import Orthogonal
from ssl_theory.processes.uneven_pairs import Ramp, Stripes

SCALES = [Stripes((0.02, 0.1)), Stripes((0.05, 0.1, 0.4), repeats=2), Ramp(0.02, 2.0)]
every_scale = pytest.mark.parametrize("scale", SCALES, ids=repr)


@every_scale
def test_means_are_the_integrals_over_the_interval(scale):
    edges = np.arange(1, 24) / 24
    integral = lambda f: quad(f, 0, 1, points=edges, limit=200)[0]  # noqa: E731
    value = lambda place: scale(np.array([place])).item()  # noqa: E731
    assert scale.mean_logarithm == pytest.approx(integral(lambda u: np.log(value(u))), abs=1e-6)
    assert scale.mean_square == pytest.approx(integral(lambda u: value(u) ** 2), rel=1e-6)


@every_scale
def test_an_even_critic_loses_the_gap(scale):
    world = UnevenPairs(3, scale)
    pairs = world.draw(20_000, seed=0)
    z, partner = pairs.latents, pairs.partner_latents
    truth = world.log_conditional(z, partner)
    even = norm.logpdf(partner, z, np.sqrt(scale.mean_square)).sum(1)
    error = (truth - even).std() / np.sqrt(len(z))
    assert error < 0.05
    assert abs((truth - even).mean() - world.even_gap) < 5 * error
    entropy_error = truth.std() / np.sqrt(len(z))
    assert abs(-truth.mean() - world.conditional_entropy) < 5 * entropy_error


def test_steps_are_as_long_as_the_stripe_allows():
    pairs = UnevenPairs(2, Stripes((0.01, 0.2), repeats=3)).draw(4000, seed=1)
    near = np.floor(pairs.latents[:, 0] * 6) % 2 == 0
    np.testing.assert_array_equal(pairs.auxiliary["scale"], np.where(near, 0.01, 0.2))
    steps = (pairs.partner_latents - pairs.latents) / pairs.auxiliary["scale"][:, None]
    assert abs(steps[near].var() - 1) < 5 * np.sqrt(2 / near.sum() / 2)
    assert abs(steps[~near].var() - 1) < 5 * np.sqrt(2 / (~near).sum() / 2)


def test_the_place_explains_what_is_left_of_the_variance():
    world = UnevenPairs(2, Ramp(0.05, 2.0), Orthogonal(2))
    pairs = world.draw(20_000, seed=2)
    left = np.square(pairs.partner_latents - pairs.latents).sum()
    centred = pairs.partner_latents - pairs.partner_latents.mean(0)
    assert 1 - left / np.square(centred).sum() == pytest.approx(world.bayes_r2, abs=0.01)
    np.testing.assert_allclose(world.mixing.inverse(pairs.y), pairs.partner_latents, atol=1e-12)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: UnevenPairs(0), "`dimension` must be at least 1, got 0"),
        (lambda: Stripes((0.1, 0.0)), "`scales` must be positive"),
        (lambda: Stripes(repeats=0), "`repeats` must be at least 1, got 0"),
        (lambda: Ramp(0.0), "`least` must be positive, got 0.0"),
        (lambda: Ramp(rate=-1.0), "`rate` must be positive, got -1.0"),
    ],
)
def test_says_which_scales_it_wants(make, message):
    with pytest.raises(ValueError, match=message):
        make()
