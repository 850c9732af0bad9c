"""On noise every p-value is uniform, and every test at 5 % rejects 5 % of it."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import binom, ks_2samp, kstest

from ssl_theory.diagnostics.autocorrelations import canonical_autocorrelations
from ssl_theory.diagnostics.correlations import off_diagonal_correlations
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.significant import significant_directions
from ssl_theory.diagnostics.spectrum import Spectrum, spectrum
from ssl_theory.diagnostics.sphere import sphere_tests
from ssl_theory.diagnostics.sphericity import johns_test, sphericity_gap
from ssl_theory.moments import Moments
from ssl_theory.nulls.isotropic import isotropic_null, isotropic_variances, p_value
from ssl_theory.nulls.jacobi import largest_ratio, noise_ratios
from ssl_theory.nulls.largest_share import largest_share_p_value

SIZES = [(256, 64), (1024, 256), (4096, 256)]
slow = pytest.mark.slow
sizes = pytest.mark.parametrize(
    ("n", "d"), [SIZES[0], *(pytest.param(*size, marks=slow) for size in SIZES[1:])]
)


def noise_spectra(n, d, draws, seed=1):
    """Spectra of isotropic items, by the exact sampler."""
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        yield Spectrum(isotropic_variances(n - 1, d, generator), n, d, True, 0.0)


def noise(n, d, draws, seed=2):
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        yield generator.standard_normal((n, d))


def check_uniform(p_values):
    assert len(p_values) >= 500
    assert kstest(p_values, "uniform").pvalue > 0.005


def check_same_law(observed, null):
    # P-values from one simulated null are uniform as far as its own draws are the law: two samples.
    assert len(observed) >= 500
    assert ks_2samp(observed, null).pvalue > 0.005


def check_size(rejected, level=0.05):
    low, high = binom.interval(0.995, len(rejected), level)
    assert low <= np.sum(rejected) <= high


def of_spectrum(values, statistic, n, d):
    return statistic(Spectrum(values, n, d, True, 0.0))


STATISTICS = {
    "effective rank": (effective_rank, False),
    "rank of deviations": (lambda s: effective_rank(s, of="deviation"), False),
    "participation ratio": (lambda s: effective_rank(s, order=2), False),
    "stable rank": (lambda s: effective_rank(s, order=np.inf), False),
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


@sizes
@pytest.mark.parametrize("name", ["effective rank", "sphericity gap"])
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
def test_five_percent_of_noise_has_a_significant_direction(n, d):
    # One critical value for all draws: evaluating the law at each would take minutes.
    bound = brentq(lambda r: largest_share_p_value(r, n - 1, d) - 0.05, 1.1, 5, xtol=1e-5)
    found = list(noise_spectra(n, d, 1000))
    rejected = [s.eigenvalues[0] * d / s.eigenvalues.sum() > bound for s in found]
    check_size(rejected)
    for index in (rejected.index(True), rejected.index(False)):
        assert (significant_directions(found[index]).count > 0) == rejected[index]


@sizes
def test_uniform_directions_are_rejected_as_often_as_they_should_be(n, d):
    draws = 500 if n < 2000 else 200
    found = np.array([list(vars(sphere_tests(z)).values()) for z in noise(n, d, draws)])
    for p_values in found.T:
        if draws >= 500:
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


@pytest.mark.parametrize(("n", "d"), [(256, 64), pytest.param(1024, 256, marks=slow)])
def test_unrelated_views_share_a_direction_in_five_percent(n, d):
    bound, generator = largest_ratio(n - 1, n, d, level=0.05), np.random.default_rng(4)
    check_size([noise_ratios(n - 1, n, d, generator)[0] > bound for _ in range(500)])
    z, w = generator.standard_normal((2, n, d))
    ratio = bound * (n - 1) / n
    found = canonical_autocorrelations(z, w)
    assert found.threshold == pytest.approx((ratio - 1) / (ratio + 1))
