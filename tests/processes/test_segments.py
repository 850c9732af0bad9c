"""Segments: what their items share is how they vary, known exactly and invisible to correlation."""

import numpy as np
import pytest
from scipy.stats import laplace, multivariate_normal

from ssl_theory.processes import ModulatedDependence, ModulatedSources

FAMILY = pytest.mark.parametrize("make", [ModulatedSources, ModulatedDependence])
N = 20_000


def densities(world, z):
    """Of latents in each segment, by scipy."""
    if isinstance(world, ModulatedSources):
        return np.stack(
            [laplace(scale=m / np.sqrt(2)).pdf(z).prod(1) for m in world.modulation], axis=1
        )
    return np.stack(
        [multivariate_normal(np.zeros(z.shape[1]), c).pdf(z) for c in world.covariances], axis=1
    )


@FAMILY
def test_posterior_and_density_ratio_are_those_of_the_mixture(make):
    world = make()
    pairs = world.draw(40, seed=0)
    at_x, at_y = densities(world, pairs.latents), densities(world, pairs.partner_latents)
    np.testing.assert_allclose(
        world.posterior(pairs.x), at_x / at_x.sum(1, keepdims=True), rtol=1e-6, atol=1e-9
    )
    expected = np.log((at_x * at_y).mean(1) / (at_x.mean(1) * at_y.mean(1)))
    np.testing.assert_allclose(world.density_ratio(*pairs), expected, atol=1e-6)


@FAMILY
def test_between_strangers_the_density_ratio_is_one_on_average_and_bounded(make):
    world = make(segments=6)
    x, y = world.draw(N, seed=1)
    ratio = np.exp(world.density_ratio(x, np.roll(y, 1, axis=0)))
    error = ratio.std() / np.sqrt(N)
    assert error < 0.02
    assert ratio.mean() == pytest.approx(1, abs=5 * error)
    assert ratio.max() <= 6 * (1 + 1e-9)


@FAMILY
def test_as_many_segments_as_asked_for_all_equally_likely(make):
    segment = make(segments=7).draw(N, seed=2).auxiliary["segment"]
    counts = np.bincount(segment, minlength=7)
    assert len(counts) == 7
    assert (np.abs(counts - N / 7) < 5 * np.sqrt(N / 7 * 6 / 7)).all()


def test_deviations_in_each_segment_are_the_modulation():
    world = ModulatedSources(segments=3)
    pairs = world.draw(N, seed=3)
    for t in range(3):
        inside = pairs.auxiliary["segment"] == t
        for latents in (pairs.latents[inside], pairs.partner_latents[inside]):
            variances = np.square(world.modulation[t])
            errors = variances * np.sqrt(5 / inside.sum())  # the kurtosis of Laplace is six
            assert (np.abs(np.square(latents).mean(0) - variances) < 5 * errors).all()


def test_what_is_shared_shows_in_loudness_and_not_in_correlation():
    world = ModulatedSources(segments=4, world_seed=2)
    pairs = world.draw(N, seed=4)
    loud, partner = np.abs(pairs.latents), np.abs(pairs.partner_latents)
    products = (loud - loud.mean(0))[:, :, None] * (partner - partner.mean(0))[:, None]
    errors = products.std(0) / np.sqrt(N)
    assert errors.max() < 0.005
    truth = world.loudness_cross_covariance
    assert (np.abs(products.mean(0) - truth) < 5 * errors + 5e-5).all()
    assert np.diag(truth).max() > 0.01


def test_log_odds_of_two_segments_are_linear_in_loudness():
    world = ModulatedSources()
    z = world.draw(20, seed=5).latents
    density = densities(world, z)
    for a, b in ((0, 1), (4, 2)):
        weights, intercept = world.log_odds(a, b)
        expected = np.log(density[:, a] / density[:, b])
        np.testing.assert_allclose(np.abs(z) @ weights + intercept, expected)


def test_dependence_is_that_of_the_base_alone():
    world = ModulatedDependence()
    apart = world.precisions - world.precisions[0]
    assert np.allclose(apart, apart * np.eye(3))  # segments differ on the diagonal only
    assert np.abs(world.base_precision - np.diag(np.diag(world.base_precision))).max() > 0.01
    drawn = np.sqrt(world.variances)
    assert drawn.min() >= 0.01 and drawn.max() <= 3


@FAMILY
@pytest.mark.parametrize(("name", "least"), [("dimension", 1), ("segments", 2)])
def test_says_which_segments_it_wants(make, name, least):
    with pytest.raises(ValueError, match=f"`{name}` must be at least {least}, got {least - 1}"):
        make(**{name: least - 1})
