"""Gaussian pairs have the moments, the information and the entropy they say they have."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from ssl_theory.moments import PairMoments
from ssl_theory.processes import GaussianPairs

PAIRS = GaussianPairs((4.0, 1.0, 0.25), (0.9, 0.4, -0.6), mixing_seed=3)


def joint(pairs):
    within, across = pairs.covariance, pairs.cross_covariance
    return np.block([[within, across], [across, within]])


def test_samples_have_the_stated_moments_within_five_standard_errors():
    n = 40_000
    x, y = PAIRS.draw(n, seed=0)
    sample = np.cov(np.hstack([x, y]), rowvar=False)
    truth = joint(PAIRS)
    errors = np.sqrt((np.outer(np.diag(truth), np.diag(truth)) + truth**2) / n)
    assert (np.abs(sample - truth) < 5 * errors).all()
    assert errors.max() < 0.03  # small enough to tell these correlations apart
    means = np.hstack([x, y]).mean(0)
    assert (np.abs(means) < 5 * np.sqrt(np.diag(truth) / n)).all()


def test_the_same_seed_gives_the_same_bytes_and_another_does_not():
    first, again, other = (PAIRS.draw(50, seed) for seed in (1, 1, 2))
    assert first.x.tobytes() == again.x.tobytes()
    assert first.y.tobytes() == again.y.tobytes()
    assert first.x.tobytes() != other.x.tobytes()


def test_the_pencil_has_the_stated_autocorrelations():
    whitened = np.linalg.solve(PAIRS.covariance, PAIRS.cross_covariance)
    rho = np.sort(np.linalg.eigvals(whitened).real)[::-1]
    np.testing.assert_allclose(PAIRS.canonical_autocorrelations, rho, atol=1e-12)
    assert rho.tolist() == pytest.approx([0.9, 0.4, -0.6])


def test_the_spectrum_is_that_of_the_covariance():
    eigenvalues = np.linalg.eigvalsh(PAIRS.covariance)[::-1]
    np.testing.assert_allclose(eigenvalues, [4, 1, 0.25])


def test_entropy_and_information_are_those_of_the_joint_normal():
    zeros = np.zeros(3)
    single = multivariate_normal(zeros, PAIRS.covariance).entropy()
    both = multivariate_normal(np.zeros(6), joint(PAIRS)).entropy()
    assert PAIRS.entropy == pytest.approx(single)
    assert PAIRS.mutual_information == pytest.approx(2 * single - both)


def test_views_are_exchangeable_in_law():
    x, y = PAIRS.draw(40_000, seed=5)
    sigma, gamma = PairMoments.of(x, y).exchangeable()
    error = 5 * 4 * np.sqrt(2 / 40_000)  # five standard errors of the largest entry
    np.testing.assert_allclose(sigma, PAIRS.covariance, atol=error)
    np.testing.assert_allclose(gamma, PAIRS.cross_covariance, atol=error)


def test_without_a_seed_the_axes_stay():
    assert np.array_equal(GaussianPairs((2.0, 1.0), (0.5, 0.1)).mixing, np.eye(2))


@pytest.mark.parametrize(
    ("spectrum", "correlations", "message"),
    [
        ((), (), "must hold positive variances"),
        ((1.0, 0.0), (0.1, 0.1), r"must hold positive variances, got \(1\.0, 0\.0\)"),
        ((1.0, 2.0), (0.1,), "one number for each of 2 variances, got 1"),
        ((1.0,), (1.0,), r"strictly between -1 and 1, got \(1\.0,\): views that determine"),
    ],
)
def test_says_which_parameters_it_wants(spectrum, correlations, message):
    with pytest.raises(ValueError, match=message):
        GaussianPairs(spectrum, correlations)


def test_says_how_many_pairs_it_wants():
    with pytest.raises(ValueError, match="`n` must be at least 1, got 0"):
        PAIRS.draw(0, seed=0)


@pytest.mark.parametrize(
    ("correlations", "known"),
    [
        ((0.9, 0.5), "PERMUTATION_SIGN"),
        ((0.5, -0.5), "PERMUTATION_SIGN"),
        ((0.5, 0.5), "ORTHOGONAL"),
    ],
)
def test_latents_that_are_equally_correlated_have_no_axes(correlations, known):
    assert GaussianPairs((1.0, 2.0), correlations).equivalence_class.name == known


def test_the_density_ratio_is_that_of_the_joint_normal():
    pairs = PAIRS.draw(20, seed=4)
    single = multivariate_normal(np.zeros(3), PAIRS.covariance)
    both = multivariate_normal(np.zeros(6), joint(PAIRS))
    expected = both.logpdf(np.hstack(list(pairs))) - single.logpdf(pairs.x) - single.logpdf(pairs.y)
    np.testing.assert_allclose(PAIRS.density_ratio(*pairs), expected)
