"""On noise every p-value is uniform, and every test at 5 % rejects 5 % of it."""

import numpy as np
import pytest

from ssl_theory.diagnostics.conditioning import condition_number
from ssl_theory.diagnostics.correlations import off_diagonal_correlations
from ssl_theory.diagnostics.decay import power_law
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.rank_me import rank_me
from ssl_theory.diagnostics.significant import significant_directions
from ssl_theory.diagnostics.spectrum import Spectrum, spectrum
from ssl_theory.diagnostics.sphere import sphere_tests
from ssl_theory.diagnostics.sphericity import johns_test, sphericity_gap
from ssl_theory.moments import Moments
from ssl_theory.nulls.isotropic import isotropic_null, isotropic_variances, p_value
from ssl_theory.nulls.largest_share import largest_share_p_value
from ssl_theory.nulls.tracy_widom import largest_variance_p_value
from tests.diagnostics.calibration import (
    check_same_law,
    check_size,
    check_uniform,
    noise,
    of_grid,
    sizes,
)


def noise_spectra(n, d, draws, seed=1):
    """Spectra of isotropic items, by the exact sampler."""
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        yield Spectrum(isotropic_variances(n - 1, d, generator), n, d, True, 0.0)


def of_spectrum(values, statistic, n, d):
    return statistic(Spectrum(values, n, d, True, 0.0))


STATISTICS = {  # of a spectrum; and whether anisotropy makes them larger
    "effective rank": (effective_rank, False),
    "rank of deviations": (lambda s: effective_rank(s, of="deviation"), False),
    "participation ratio": (lambda s: effective_rank(s, order=2), False),
    "stable rank": (lambda s: effective_rank(s, order=np.inf), False),
    "alpha-ReQ": (lambda s: power_law(s, first=5).exponent, True),
    "condition number": (condition_number, True),
    "sphericity gap": (sphericity_gap, True),
}


@pytest.mark.parametrize("name", STATISTICS)
def test_simulated_p_values_of_real_noise_are_uniform(name):
    # Nulls by the sampler, observations by real items: what calibrates has not been told the data.
    statistic, larger = STATISTICS[name]
    n, d = 64, 16
    null = isotropic_null(lambda v: of_spectrum(v, statistic, n, d), n - 1, d, draws=1999)
    found = [statistic(spectrum(z)) for z in noise(n, d, 500)]
    check_same_law(found, null)
    check_size([p_value(value, null, larger=larger) <= 0.05 for value in found])


def test_rank_me_about_the_origin_has_a_degree_of_freedom_more():
    n, d = 64, 16

    def of_variances(values):
        return effective_rank(Spectrum(values, n, d, False, 0.0), of="deviation")

    null = isotropic_null(of_variances, n, d, draws=1999)
    found = [rank_me(z, "exact") for z in noise(n, d, 500)]
    check_same_law(found, null)
    check_size([p_value(value, null, larger=False) <= 0.05 for value in found])


@sizes
@pytest.mark.parametrize("name", STATISTICS)
def test_simulated_tests_have_their_size(name, n, d):
    statistic, larger = STATISTICS[name]
    null = isotropic_null(lambda v: of_spectrum(v, statistic, n, d), n - 1, d, draws=999)
    found = [statistic(s) for s in noise_spectra(n, d, 500)]
    check_same_law(found, null)
    check_size([p_value(value, null, larger=larger) <= 0.05 for value in found])


@sizes
def test_johns_test_has_its_size(n, d):
    found = np.array([johns_test(s).p_value for s in noise_spectra(n, d, 1000)])
    check_uniform(found)
    check_size(found < 0.05)


@sizes
def test_the_strongest_direction_of_noise_of_known_level_follows_tracy_and_widom(n, d):
    strongest = [s.eigenvalues[0] for s in noise_spectra(n, d, 1000)]
    found = of_grid(lambda v: largest_variance_p_value(v, n - 1, d), strongest)
    check_uniform(found)
    check_size(found < 0.05)


@sizes
def test_five_percent_of_noise_has_a_significant_direction(n, d):
    drawn = list(noise_spectra(n, d, 1000))
    shares = [s.eigenvalues[0] * d / s.eigenvalues.sum() for s in drawn]
    found = of_grid(lambda r: largest_share_p_value(r, n - 1, d), shares)
    check_uniform(found)
    check_size(found < 0.05)
    for index in (int(found.argmin()), int(found.argmax())):
        assert significant_directions(drawn[index]).p_values[0] == pytest.approx(
            found[index], abs=1e-3
        )
        assert (significant_directions(drawn[index]).count > 0) == (found[index] < 0.05)


@sizes
def test_uniform_directions_are_rejected_as_often_as_they_should_be(n, d):
    found = np.array([list(vars(sphere_tests(z)).values()) for z in noise(n, d, 500)])
    for p_values in found.T:
        check_uniform(p_values)
        check_size(p_values < 0.05)


def wishart_moments(n, d, draws, seed=3):
    """Moments of Gaussian items without the items: their scatter by Bartlett's decomposition."""
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        root = np.tril(generator.standard_normal((d, d)), -1)
        root[np.diag_indices(d)] = np.sqrt(generator.chisquare(n - 1 - np.arange(d)))
        yield Moments(n, np.zeros(d), None, root @ root.T)


@sizes
def test_independent_coordinates_are_rejected_as_often_as_they_should_be(n, d):
    found = [off_diagonal_correlations(m) for m in wishart_moments(n, d, 500)]
    for p_values in (
        np.array([f.mean_square_p_value for f in found]),
        np.array([f.largest_p_value for f in found]),
    ):
        check_uniform(p_values)
        check_size(p_values < 0.05)
