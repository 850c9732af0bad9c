"""The weak end of the spectrum: condition, numerical rank, coding rate, sphericity."""

import math

import numpy as np
import pytest
from hypothesis import given
from scipy.linalg import hilbert
from scipy.stats import wishart

from ssl_theory.checks.strategies import collapsed_embeddings, embeddings
from ssl_theory.diagnostics.coding_rate import coding_rate
from ssl_theory.diagnostics.conditioning import condition_number, numerical_rank
from ssl_theory.diagnostics.participation import participation_ratio
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.sphericity import isotropic_gap, johns_test, sphericity_gap
from ssl_theory.nulls.marchenko_pastur import expected_sum


@given(embeddings(min_dimension=2))
def test_condition_is_that_of_singular_values(z):
    deviations = (z - z.mean(0)).numpy()
    assert condition_number(z) == pytest.approx(np.linalg.cond(deviations), rel=1e-5)
    assert condition_number(z, centred=False) == pytest.approx(np.linalg.cond(z), rel=1e-5)
    assert condition_number(z, convention="inverse") == pytest.approx(1 / condition_number(z))


def test_hilbert_matrices_are_as_badly_conditioned_as_they_are_known_to_be():
    assert condition_number(hilbert(4), centred=False) == pytest.approx(15513.7387389294, rel=1e-6)


@given(collapsed_embeddings())
def test_a_lost_direction_makes_the_condition_infinite_but_not_the_pseudo_condition(case):
    z, rank = case
    if rank:
        assert condition_number(z) == math.inf
        assert 1 <= condition_number(z, convention="pseudo") < 1e6
        assert numerical_rank(z) == numerical_rank(z, convention="lapack") == rank


def test_noise_is_conditioned_as_the_edges_of_its_law_are():
    z = np.random.default_rng(0).standard_normal((4000, 1000))
    assert condition_number(z) == pytest.approx((1 + 0.5) / (1 - 0.5), rel=0.03)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("centred", [True, False])
def test_lapacks_rank_is_numpys(dtype, centred):
    generator = np.random.default_rng(0)
    z = (generator.standard_normal((40, 5)) @ generator.standard_normal((5, 12))).astype(dtype)
    expected = np.linalg.matrix_rank(z - z.mean(0) if centred else z)
    assert numerical_rank(z, convention="lapack", centred=centred) == expected == 5


def test_far_from_the_origin_lapacks_rank_counts_rounding():
    # A line far out: rounding to single precision moves items by some 4e-3.
    generator = np.random.default_rng(0)
    line = np.outer(generator.standard_normal(200), generator.standard_normal(16))
    z = (line + 1e5).astype(np.float32)
    assert numerical_rank(z) == 1
    assert numerical_rank(z, convention="lapack") == 16


@given(embeddings(min_dimension=2))
def test_the_coding_rate_is_a_log_determinant(z):
    n, d = z.shape
    rows = z.numpy()
    for epsilon in (0.5, 2.0):
        matrix = np.eye(d) + d / (n * epsilon**2) * rows.T @ rows
        assert coding_rate(z, distortion=epsilon) == pytest.approx(np.linalg.slogdet(matrix)[1] / 2)
        gram = np.eye(n) + d / (n * epsilon**2) * rows @ rows.T
        assert coding_rate(z, distortion=epsilon) == pytest.approx(np.linalg.slogdet(gram)[1] / 2)
    deviations = rows - rows.mean(0)
    assert coding_rate(z, centred=True) == pytest.approx(coding_rate(deviations))


def test_halving_the_distortion_of_many_directions_costs_a_bit_for_each():
    z = 1000 * np.vstack([np.eye(7), -np.eye(7)])
    more = coding_rate(z, distortion=0.01) - coding_rate(z, distortion=0.02)
    assert more == pytest.approx(7 * math.log(2), rel=1e-6)


@given(embeddings(min_dimension=2))
def test_johns_statistic_is_the_squared_variation_of_variances(z):
    values = np.linalg.eigvalsh(np.cov(z, rowvar=False))
    found = johns_test(z)
    assert found.u == pytest.approx(values.var() / values.mean() ** 2, abs=1e-12)
    assert found.u == pytest.approx(z.shape[1] / effective_rank(z, order=2) - 1, abs=1e-9)
    assert found.u == pytest.approx(
        z.shape[1] / participation_ratio(z, correction="none") - 1, abs=1e-9
    )
    assert found.score == pytest.approx(((len(z) - 1) * found.u - z.shape[1] - 1) / 2)


@pytest.mark.parametrize(("n", "d"), [(200, 50), (50, 200)])
def test_johns_score_is_standard_where_variances_are_equal(n, d):
    scores = np.array(
        [
            johns_test(np.random.default_rng(seed).standard_normal((n, d))).score
            for seed in range(200)
        ]
    )
    assert abs(scores.mean()) < 5 / 200**0.5
    assert scores.std() == pytest.approx(1, abs=5 / 400**0.5)


def test_a_few_weak_directions_of_many_are_evident():
    generator = np.random.default_rng(0)
    z = generator.standard_normal((512, 256)) * np.where(np.arange(256) < 16, 0.1, 1.0)
    assert johns_test(z).score > 10
    assert johns_test(z).p_value < 1e-20


@given(embeddings(min_dimension=2))
def test_the_gap_is_that_of_arithmetic_and_geometric_means(z):
    covariance = np.cov(z, rowvar=False)
    expected = np.log(np.trace(covariance) / z.shape[1])
    expected -= np.linalg.slogdet(covariance)[1] / z.shape[1]
    assert sphericity_gap(z) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("n", "d"), [(6, 5), (30, 10), (100, 3)])
def test_the_gap_of_isotropic_items_has_its_exact_mean(n, d):
    draws = wishart(n - 1, np.eye(d)).rvs(2000, random_state=0)
    gaps = [np.log(np.trace(w) / d) - np.linalg.slogdet(w)[1] / d for w in draws.reshape(-1, d, d)]
    error = np.std(gaps, ddof=1) / len(gaps) ** 0.5
    assert error < 0.02 * isotropic_gap(n, d)
    assert abs(np.mean(gaps) - isotropic_gap(n, d)) < 5 * error


@pytest.mark.parametrize(("n", "d"), [(2001, 1000), (401, 40)])
def test_the_gap_of_many_isotropic_items_is_that_of_the_corrected_limit(n, d):
    # Marchenko and Pastur's, with Bai and Silverstein's correction; the mean itself is chi-squared.
    degrees = n - 1
    limit = -expected_sum(np.log, degrees, d) / d - 1 / (degrees * d)
    assert isotropic_gap(n, d) == pytest.approx(limit, abs=1e-6)
    ratio = d / degrees
    assert limit == pytest.approx(1 + (1 - ratio) / ratio * np.log(1 - ratio), abs=1 / d)


def test_a_lost_direction_opens_an_infinite_gap():
    assert sphericity_gap(np.eye(4)) == math.inf == isotropic_gap(4, 4)
    assert isotropic_gap(5, 3) < isotropic_gap(6, 5) < math.inf


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: condition_number(np.eye(3), convention="l2"), "must be .full., .pseudo. or"),
        (lambda: condition_number(np.ones((4, 2))), "must vary by more than rounding, got 4"),
        (lambda: numerical_rank(np.eye(3), convention="l2"), "must be .resolved. or .lapack."),
        (lambda: coding_rate(np.eye(3), distortion=0), "`distortion` must be positive, got 0"),
        (lambda: johns_test(np.ones((4, 2))), "must vary by more than rounding, got 4 items"),
        (lambda: sphericity_gap(np.zeros((4, 2))), "must vary by more than rounding, got 4"),
    ],
)
def test_says_what_it_wanted(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
