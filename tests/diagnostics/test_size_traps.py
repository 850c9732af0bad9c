"""What few items, copies and repeated views do to the numbers, and what is done about it."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import binom
from scipy.stats import t as student

from ssl_theory.diagnostics.closeness import uniformity
from ssl_theory.diagnostics.conditioning import condition_number
from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.diagnostics.intervals import exchangeable_blocks, jackknife
from ssl_theory.diagnostics.participation import participation_ratio
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.significant import significant_directions
from ssl_theory.diagnostics.spectrum import spectrum
from ssl_theory.diagnostics.sphericity import isotropic_gap, johns_test, sphericity_gap
from ssl_theory.embeddings import distinct_rows
from ssl_theory.moments import Moments
from ssl_theory.report import diagnose

D = 256
VARIANCES = np.arange(1, D + 1) ** -0.5


def items(n, seed, variances=VARIANCES):
    return np.random.default_rng(seed).standard_normal((n, len(variances))) * np.sqrt(variances)


def hill(sizes, order):
    p = sizes / sizes.sum()
    return np.exp(-np.sum(p * np.log(p))) if order == 1 else np.sum(p**order) ** (1 / (1 - order))


@pytest.mark.parametrize(
    ("n", "rank_me", "entropy"),
    [(64, 24, 25), (128, 47, 43), (256, 80, 64), (512, 92, 80), (2048, 98, 95)],
)
def test_few_items_show_a_part_of_the_rank_and_all_of_the_unbiased_ratio(n, rank_me, entropy):
    """Per cents of the population's value, as measured once by other code."""
    z = [items(n, seed) for seed in range(12)]
    population = hill(np.sqrt(VARIANCES), 1), hill(VARIANCES, 1), hill(VARIANCES, 2)
    shown = [
        100 * np.mean([measure(y) for y in z]) / truth
        for measure, truth in (
            (lambda y: effective_rank(y, of="deviation", centred=False), population[0]),
            (effective_rank, population[1]),
        )
    ]
    assert shown == pytest.approx([rank_me, entropy], abs=1)
    ratios = np.array([participation_ratio(y) for y in z]) / population[2]
    error = ratios.std(ddof=1) / np.sqrt(len(ratios))
    assert error < 0.03
    # A quotient of unbiased halves is itself off by about the squared relative error of one.
    assert abs(ratios.mean() - 1) < 5 * error + ratios.var(ddof=1)


def quarter_circle():
    """RankMe of a square Gaussian matrix over its size: 0.80504."""
    density = [lambda s, f=f: f(s) * np.sqrt(4 - s**2) / np.pi for f in (np.abs, xlogx)]
    mean, entropy = (quad(f, 0, 2)[0] for f in density)
    return mean * np.exp(-entropy / mean)


def xlogx(s):
    return s * np.log(s) if s else 0.0


def marchenko_pastur(ratio):
    """The same of a Gaussian matrix of ``ratio`` columns to a row, of deviations ``s``."""
    low, high = 1 - np.sqrt(ratio), 1 + np.sqrt(ratio)

    def density(s):
        return np.sqrt((high**2 - s**2) * (s**2 - low**2)) / (np.pi * ratio * s)

    mean = quad(lambda s: s * density(s), low, high)[0]
    return mean * np.exp(-quad(lambda s: xlogx(s) * density(s), low, high)[0] / mean)


def test_rank_me_of_noise_depends_on_the_shape_and_not_on_dimensions_alone():
    assert quarter_circle() == pytest.approx(0.80504, abs=5e-6)
    assert marchenko_pastur(0.08) == pytest.approx(0.99, abs=0.005)
    for n, d, share in ((512, 512, quarter_circle()), (3200, 256, marchenko_pastur(0.08))):
        z = items(n, 0, np.ones(d))
        found = effective_rank(z, of="deviation", centred=False)
        assert found / d == pytest.approx(share, rel=0.003)


# --- fewer items than dimensions ------------------------------------------------------------------


def test_fewer_items_than_dimensions_have_the_spectrum_of_their_gram_matrix():
    z = items(60, 0) + 3
    rows = z - z.mean(0)
    wide = np.linalg.eigvalsh(rows.T @ rows)[::-1] / 59
    narrow = np.linalg.eigvalsh(rows @ rows.T)[::-1] / 59
    found = spectrum(z)
    assert len(found.eigenvalues) == found.resolved_rank == 59
    np.testing.assert_allclose(found.eigenvalues, narrow[:59], rtol=1e-10)
    np.testing.assert_allclose(found.eigenvalues, wide[:59], rtol=1e-10)
    assert np.abs(wide[59:]).max() < 1e-12


def test_fewer_items_than_dimensions_leave_undefined_what_needs_every_direction():
    z = items(60, 0)
    assert max(effective_rank(z, order=q) for q in (0, 1, 2)) == 59 == effective_rank(z, order=0)
    assert condition_number(z) == np.inf
    assert condition_number(z, convention="pseudo") < 100
    assert sphericity_gap(z) == isotropic_gap(60, D) == np.inf
    assert "rank-deficient" not in {verdict.kind.value for verdict in diagnose(z).verdicts}


def test_fewer_items_than_dimensions_are_enough_for_johns_test():
    draws = 400
    tests = [johns_test(items(64, seed, np.ones(D))) for seed in range(draws)]
    low, high = binom.interval(0.999, draws, 0.05)
    assert low <= sum(test.p_value < 0.05 for test in tests) <= high
    scores = np.array([test.score for test in tests])
    assert abs(scores.mean()) < 5 / np.sqrt(draws)
    assert scores.std() == pytest.approx(1, abs=5 / np.sqrt(2 * draws))
    assert johns_test(items(64, 0)).p_value < 1e-6


# --- copies ---------------------------------------------------------------------------------------


def test_copies_change_no_share_and_are_counted():
    z = items(50, 0, VARIANCES[:8])
    double = np.vstack([z, z])
    assert distinct_rows(double) == 50
    np.testing.assert_allclose(spectrum(double).shares, spectrum(z).shares, rtol=1e-12)
    for order in (0, 1, 2):
        assert effective_rank(double, order=order) == pytest.approx(effective_rank(z, order=order))
    assert diagnose(double)["distinct items"].value == 50


def test_copies_are_pairs_at_no_distance_to_uniformity():
    z = items(50, 0, VARIANCES[:8])
    n, potential = 50, np.exp(uniformity(z))
    pairs = 4 * n * (n - 1) / 2 * potential + n  # a pair of items is four; and each has its copy
    expected = np.log(pairs / (n * (2 * n - 1)))
    assert uniformity(np.vstack([z, z])) == pytest.approx(expected, rel=1e-12)
    assert expected > uniformity(z)


def test_copies_pretend_to_know_better_unless_they_share_a_block():
    z = items(30, 0, VARIANCES[:1])
    double = np.vstack([z, z])

    def width(y, groups=None, blocks=60):
        parts = exchangeable_blocks(len(y), groups=groups, blocks=blocks)
        found = jackknife(np.mean, [y[part] for part in parts], logarithmic=False)
        return found.high - found.low

    alone = width(z)
    spread = z.std(ddof=1) / np.sqrt(30)
    assert alone == pytest.approx(2 * student.ppf(0.975, 29) * spread)
    assert width(double, np.tile(np.arange(30), 2)) == pytest.approx(alone)
    assert width(double) < 0.75 * alone  # the trap: items that are not there


# --- views as samples -----------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_views_of_an_item_count_for_as_many_items_as_analysis_of_variance_says(share):
    """``n V / (1 + (V - 1) share)``: between ``n`` and ``n V``."""
    n, views, draws = 20, 4, 400
    generator = np.random.default_rng(int(10 * share))
    groups = np.repeat(np.arange(n), views)
    effective = n * views / (1 + (views - 1) * share)

    def squared_width(z, groups):
        parts = exchangeable_blocks(len(z), groups=groups, blocks=20)
        found = jackknife(np.mean, [z[part] for part in parts], logarithmic=False)
        return ((found.high - found.low) / 2 / student.ppf(0.975, len(parts) - 1)) ** 2

    grouped, alone = [], []
    for _ in range(draws):
        z = np.sqrt(share) * np.repeat(generator.standard_normal(n), views)
        z = z + np.sqrt(1 - share) * generator.standard_normal(n * views)
        grouped.append(squared_width(z, groups))
        alone.append(squared_width(z, None))
    error = 5 * np.std(grouped) / np.sqrt(draws)
    assert error < 0.1 / effective
    assert abs(np.mean(grouped) - 1 / effective) < error
    if share:
        assert np.mean(alone) < 0.6 / effective  # the trap


# --- heavy tails ----------------------------------------------------------------------------------


def student_items(n, d, freedom, seed):
    generator = np.random.default_rng(seed)
    scale = np.sqrt((freedom - 2) / generator.chisquare(freedom, (n, 1)))
    return generator.standard_normal((n, d)) * scale


def test_fourth_powers_of_lengths_are_those_of_the_multivariate_t():
    """``E|x|^4 / (E|x|^2)^2 = (1 + 2 / d) (nu - 2) / (nu - 4)``."""
    n, d, freedom = 200_000, 6, 13
    found = FourthMoments.of(student_items(n, d, freedom, 0))
    lengths = found.fourth / n / found.moments.total_variance**2
    assert lengths == pytest.approx((1 + 2 / d) * (freedom - 2) / (freedom - 4), rel=0.03)


def test_tails_pass_for_directions_beyond_the_edge_that_is_valid_for_gaussian_noise():
    n, d, draws = 96, 24, 20
    _, high = binom.interval(0.999, draws, 0.05)
    gaussian = sum(significant_directions(items(n, s, np.ones(d))).count > 0 for s in range(draws))
    tails = sum(significant_directions(student_items(n, d, 5, s)).count > 0 for s in range(draws))
    assert gaussian <= high
    assert tails > draws / 2 > high  # the trap, of which `significant_directions` warns


def test_moments_are_no_less_mergeable_for_few_items_than_for_many():
    z = items(60, 0)
    found = Moments.of(z[:30]) + Moments.of(z[30:])
    np.testing.assert_allclose(found.eigenvalues(), Moments.of(z).eigenvalues(), rtol=1e-10)
