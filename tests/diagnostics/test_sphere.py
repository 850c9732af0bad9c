"""Directions: cosines, squared cosines, deviations of coordinates, and distance from uniform."""

import numpy as np
import pytest
from hypothesis import given
from scipy.linalg import sqrtm

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.coherence import coherence
from ssl_theory.diagnostics.sphere import (
    coordinate_deviation,
    mean_cosine,
    self_cluster,
    sphere_tests,
)
from ssl_theory.diagnostics.wasserstein import uniform_wasserstein, wasserstein_uniformity


def normal(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


def cosines(z):
    unit = z / np.linalg.norm(z, axis=1, keepdims=True)
    return unit @ unit.T


@given(embeddings(min_dimension=2))
def test_cosines_are_averaged_over_pairs(z):
    z = z.numpy()
    pairs = cosines(z)[~np.eye(len(z), dtype=bool)]
    assert mean_cosine(z) == pytest.approx(pairs.mean(), abs=1e-12)


@given(embeddings(min_dimension=2))
def test_self_cluster_is_its_definition_over_pairs(z):
    z = z.numpy()
    n, d = z.shape
    expected = n + n * (n - 1) / d
    for rows, centred in ((z, False), (z - z.mean(0), True)):
        actual = np.square(cosines(rows)).sum()
        truth = (actual - expected) / (n * n - expected)
        assert self_cluster(z, centred=centred) == pytest.approx(truth, abs=1e-12)


def test_extremes_are_known():
    line = np.outer([1.0, 2.0, -3.0], [1.0, 1.0])
    assert self_cluster(line) == pytest.approx(1)
    assert self_cluster(np.array([[1.0], [-2.0]])) == 1.0
    assert mean_cosine(np.ones((5, 3))) == pytest.approx(1)
    simplex = np.eye(4) - 0.25
    assert mean_cosine(simplex) == pytest.approx(-1 / 3)


def test_uniform_directions_have_neither_on_average():
    found = np.array(
        [(mean_cosine(z), self_cluster(z)) for z in (normal(40, 6, seed) for seed in range(400))]
    )
    error = found.std(0, ddof=1) / 20
    assert (error < 0.002).all()
    assert (np.abs(found.mean(0)) < 5 * error).all()


def test_cosines_see_the_mean_and_squares_see_the_axes():
    z = normal(500, 8)
    assert mean_cosine(z + 3) > 0.8 > 0.1 > abs(mean_cosine(z))
    flat = z * np.where(np.arange(8) < 4, 5.0, 0.5)
    assert self_cluster(flat) > 0.1
    assert abs(mean_cosine(flat)) < 0.05


def test_the_tests_of_uniformity_see_the_same():
    z = normal(500, 8)
    assert min(vars(sphere_tests(z)).values()) > 0.01
    shifted, flat = sphere_tests(z + 0.3), sphere_tests(z * np.linspace(0.5, 2, 8))
    assert shifted.rayleigh < 1e-6 and flat.bingham < 1e-6
    assert flat.rayleigh > 0.01
    assert sphere_tests(np.array([[1.0], [-1.0]])).bingham == 1.0


@given(embeddings(min_dimension=2))
def test_coordinates_deviate_at_most_as_their_squares_allow(z):
    z = z.numpy()
    unit = z / np.linalg.norm(z, axis=1, keepdims=True)
    bound = np.sqrt((1 - np.square(unit.mean(0)).sum()) / z.shape[1])
    assert coordinate_deviation(z, ddof=0) <= bound + 1e-12
    ratio = coordinate_deviation(z) / coordinate_deviation(z, ddof=0)
    assert ratio == pytest.approx(np.sqrt(len(z) / (len(z) - 1)))


def test_in_a_generic_basis_lost_dimensions_do_not_show_in_deviations():
    q, _ = np.linalg.qr(normal(64, 64, 1))
    low = normal(4000, 64) * (np.arange(64) < 16)
    assert 8 * coordinate_deviation(low @ q) == pytest.approx(1, abs=0.05)
    assert 8 * coordinate_deviation(low) == pytest.approx(0.5, abs=0.05)


@given(embeddings(min_dimension=2))
def test_wasserstein_is_the_distance_between_gaussians(z):
    z = z.numpy()
    d = z.shape[1]
    unit = z / np.linalg.norm(z, axis=1, keepdims=True)
    mean, covariance, target = unit.mean(0), np.cov(unit, rowvar=False, ddof=0), np.eye(d) / d
    root = sqrtm(target)
    cross = sqrtm(root @ covariance @ root).real
    square = mean @ mean + np.trace(covariance + target - 2 * cross)
    assert wasserstein_uniformity(z) ** 2 == pytest.approx(square, abs=1e-6)


def test_wasserstein_runs_from_zero_to_the_root_of_two():
    assert wasserstein_uniformity(np.vstack([np.eye(5), -np.eye(5)])) == pytest.approx(0, abs=1e-7)
    z = 1 + 1e-9 * normal(50, 5)
    assert wasserstein_uniformity(z) == pytest.approx(2**0.5, abs=1e-6)


@pytest.mark.parametrize(("n", "d"), [(400, 100), (60, 100), (500, 10)])
def test_uniform_directions_are_as_far_as_theory_says(n, d):
    squares = [wasserstein_uniformity(normal(n, d, seed)) ** 2 for seed in range(200)]
    error = np.std(squares, ddof=1) / 200**0.5
    assert abs(uniform_wasserstein(n, d) ** 2 - np.mean(squares)) < 4 * error
    # Lengths that vary, as those of Gaussian items, would show: they add up to 1 / 2n.
    assert 4 * error < 0.4 / n


def test_lost_dimensions_show_in_wasserstein_where_uniformity_is_saturated():
    # Half of the dimensions: tr S^{1/2} falls by the root of two.
    half = normal(20000, 32) @ np.eye(32, 64)
    assert wasserstein_uniformity(half) ** 2 == pytest.approx(2 - 2 / 2**0.5, rel=0.01)


def test_items_alike_have_coherence_one_and_a_lone_one_has_all():
    hadamard = np.array([[1.0, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])
    assert coherence(np.vstack([hadamard, hadamard])[:, :3]) == pytest.approx(1)
    lone = np.zeros((9, 2))
    lone[:8, 0], lone[8, 1] = 1.0, 1.0
    assert coherence(lone) == pytest.approx(9 / 2)


@pytest.mark.parametrize("centred", [True, False])
def test_coherence_is_the_largest_diagonal_of_the_hat_matrix(centred):
    z = normal(30, 4) + 1
    rows = z - z.mean(0) if centred else z
    hat = rows @ np.linalg.inv(rows.T @ rows) @ rows.T
    assert coherence(z, centred=centred) == pytest.approx(30 / 4 * np.diag(hat).max())


def test_directions_that_are_lost_do_not_count_in_coherence():
    z = normal(30, 4)
    assert coherence(np.hstack([z, z])) == pytest.approx(coherence(z))


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: mean_cosine(np.zeros((3, 2))), r"must have no zero rows, got 3 \(the first is"),
        (lambda: coordinate_deviation(np.eye(3), ddof=2), "`ddof` must be 0 or 1, got 2"),
        (lambda: coherence(np.zeros((3, 2))), "must vary by more than rounding, got 3 items that"),
    ],
)
def test_says_what_it_wanted(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
