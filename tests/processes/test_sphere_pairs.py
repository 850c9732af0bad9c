"""Partners on the sphere have the angles of the von Mises-Fisher law, at any radius."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import eval_gegenbauer
from scipy.stats import kstest, vonmises_fisher

from ssl_theory.processes import SpherePairs
from ssl_theory.processes.mixings import Perceptron


def cosine_density(d, kappa):
    """Of the cosine between partners, its mode near one, and its mass by quadrature."""
    mode = kappa / (d / 2 + np.hypot(d / 2, kappa))

    def raw(t):
        sides = ((1 - t * t) / (1 - mode * mode)) ** ((d - 3) / 2)
        return sides * np.exp(kappa * (t - mode))

    return raw, quad(raw, -1, 1, points=[mode], limit=200)[0]


@pytest.mark.parametrize(("d", "kappa"), [(2, 0.5), (3, 10.0), (5, 1e-3), (10, 50.0), (64, 200.0)])
def test_angles_follow_the_law(d, kappa):
    pairs = SpherePairs(d, kappa).draw(2000, seed=1)
    cosines = np.sum(pairs.x * pairs.y, axis=1)
    if d == 2:
        angles = np.arccos(cosines.clip(-1, 1))
        mass = quad(lambda a: np.exp(kappa * np.cos(a)), 0, np.pi)[0]
        grid = np.linspace(0, np.pi, 4001)
        below = np.exp(kappa * np.cos(grid)) / mass
        observed = angles
    else:
        raw, mass = cosine_density(d, kappa)
        grid = np.linspace(-1, 1, 40_001)
        below = raw(grid) / mass
        observed = cosines
    steps = np.diff(grid) * (below[1:] + below[:-1]) / 2
    cumulative = np.concatenate([[0], np.cumsum(steps)])
    assert cumulative[-1] == pytest.approx(1, abs=1e-3)
    assert kstest(observed, lambda t: np.interp(t, grid, cumulative)).pvalue > 1e-4


@pytest.mark.parametrize(("d", "kappa"), [(3, 2.0), (6, 30.0)])
def test_the_mean_cosine_and_the_information_are_those_of_the_law(d, kappa):
    world = SpherePairs(d, kappa)
    raw, mass = cosine_density(d, kappa)
    assert world.mean_cosine == pytest.approx(quad(lambda t: t * raw(t), -1, 1)[0] / mass)
    pole = np.eye(d)[0]
    uniform = -np.log(2) - d / 2 * np.log(np.pi) + np.log(np.prod(np.arange(1, d // 2)))
    if d == 3:
        uniform = -np.log(4 * np.pi)
    conditional = vonmises_fisher(pole, kappa)
    assert world.mutual_information == pytest.approx(-uniform - conditional.entropy())
    points = world.draw(4, seed=0).x
    expected = conditional.logpdf(points) - uniform
    np.testing.assert_allclose(world.density_ratio(np.tile(pole, (4, 1)), points), expected)


@pytest.mark.parametrize(("d", "kappa"), [(2, 3.0), (3, 2.0), (6, 8.0)])
def test_harmonics_are_predicted_as_well_as_their_degree_says(d, kappa):
    raw, mass = cosine_density(d, kappa)
    spectrum = SpherePairs(d, kappa).transfer_spectrum(3)
    means = []
    for k in range(4):

        def zonal(t, k=k):
            return np.cos(k * np.arccos(t)) if d == 2 else eval_gegenbauer(k, d / 2 - 1, t)

        means.append(quad(lambda t, f=zonal: f(t) * raw(t), -1, 1)[0] / mass / zonal(1.0))
    np.testing.assert_allclose(np.unique(spectrum)[::-1], means, rtol=1e-6)
    counts = [np.sum(np.isclose(spectrum, mean)) for mean in means]
    harmonics = {2: [1, 2, 2, 2], 3: [1, 3, 5, 7], 6: [1, 6, 20, 50]}
    assert counts == harmonics[d]


def test_squared_autocorrelations_sum_to_the_mean_density_ratio():
    world = SpherePairs(3, 4.0)
    squares = np.square(world.transfer_spectrum(30)).sum()
    constant = np.exp(world.density_ratio(np.eye(3)[:1], np.eye(3)[1:2]))[0]
    # The mean of exp(2 kappa t) over the sphere, where t is uniform.
    assert squares == pytest.approx(constant**2 * np.sinh(8) / 8)


@pytest.mark.parametrize("radius", [0.5, 3.0])
def test_the_radius_is_not_ignored(radius):
    world = SpherePairs(radius=radius)
    pairs = world.draw(100, seed=0)
    for view in pairs:
        np.testing.assert_allclose(np.linalg.norm(view, axis=1), radius)
    assert world.mutual_information == SpherePairs().mutual_information
    unit = SpherePairs().draw(100, seed=0)
    np.testing.assert_allclose(
        world.density_ratio(*pairs), SpherePairs().density_ratio(*unit), atol=1e-9
    )


def test_a_mixing_takes_no_information():
    world = SpherePairs(mixing=Perceptron())
    pairs = world.draw(100, seed=0)
    assert np.abs(np.linalg.norm(pairs.x, axis=1) - 1).max() > 0.05
    plain = SpherePairs().density_ratio(pairs.latents, pairs.partner_latents)
    np.testing.assert_allclose(world.density_ratio(*pairs), plain, atol=1e-8)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dimension": 1}, "`dimension` must be at least 2, got 1"),
        ({"concentration": 0.0}, "`concentration` must be positive, got 0.0"),
        ({"radius": -1.0}, "`radius` must be positive, got -1.0"),
    ],
)
def test_says_which_spheres_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        SpherePairs(**arguments)
