"""Local dimensions are tail indices of distances; averages differ by known amounts."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.local_dimension import intrinsic_dimension, local_dimensions
from tests.diagnostics.manifolds import torus

ORACLES = json.loads(
    Path(__file__).parents[1].joinpath("oracles/scikit_dimension.json").read_text("utf-8")
)
Z = np.random.default_rng(0).standard_normal((500, 6)) * np.arange(1, 7) ** -0.5


@pytest.mark.parametrize("oracle", ORACLES["mle"], ids=lambda o: o["call"])
def test_it_is_what_scikit_dimension_finds(oracle):
    words = {name: oracle[name] for name in ("neighbours", "average", "unbiased")}
    assert intrinsic_dimension(Z, **words) == pytest.approx(oracle["value"], rel=1e-9)


@pytest.mark.parametrize("d", [1, 2])
def test_on_closed_manifolds_inverses_average_to_the_inverse_dimension(d):
    k, n, draws = 8, 400, 10
    inverses = [np.mean(1 / local_dimensions(torus(d, n, s), neighbours=k)) for s in range(draws)]
    error = np.std(inverses, ddof=1) / draws**0.5
    assert error < 0.02 / d
    assert abs(np.mean(inverses) - 1 / d) < 5 * error


@pytest.mark.parametrize("k", [4, 10])
def test_averages_have_the_moments_of_a_gamma_law(k):
    # d times the sum of k - 1 logarithms is a gamma variable of that shape, on a circle.
    circles = (torus(1, 500, seed, ambient=2) for seed in range(8))
    z = np.vstack([circle + np.array([20 * place, 0]) for place, circle in enumerate(circles)])
    found = local_dimensions(z, neighbours=k)
    error = found.std() / len(z) ** 0.5 * k**0.5  # neighbours share neighbours
    assert error < 0.1
    assert np.mean(found) == pytest.approx((k - 1) / (k - 2), abs=5 * error)
    unbiased = local_dimensions(z, neighbours=k, unbiased=True)
    assert np.mean(unbiased) == pytest.approx(1, abs=5 * error)
    assert intrinsic_dimension(z, neighbours=k) == pytest.approx(1, abs=5 * error)


@given(embeddings(min_dimension=2))
def test_the_harmonic_mean_is_below_the_geometric_below_the_arithmetic(z):
    found = [
        intrinsic_dimension(z, neighbours=4 if len(z) > 4 else 3, average=average)
        for average in ("harmonic", "geometric", "arithmetic")
    ]
    assert found == sorted(found)


def test_a_local_collapse_is_seen_where_the_spectrum_sees_none():
    # Half of the items on lines of all directions: the covariance stays isotropic.
    generator = np.random.default_rng(0)
    spread = generator.standard_normal((400, 6))
    steps = np.linspace(0, 0.1, 20)[:, None] + 1e-4 * generator.standard_normal((20, 20, 1))
    lines = spread[:20, None] + generator.standard_normal((20, 1, 6)) * steps
    found = local_dimensions(np.vstack([spread, lines.reshape(-1, 6)]), neighbours=10)
    assert np.median(found[:400]) > 4
    assert np.median(found[400:]) < 1.7


@given(embeddings(min_dimension=2), st.integers(0, 99), st.floats(0.01, 100))
def test_isometries_and_units_change_nothing(z, seed, scale):
    z = z.numpy()
    d = z.shape[1]
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    expected = local_dimensions(z, neighbours=3)
    assert local_dimensions(scale * z @ rotation + 1, neighbours=3) == pytest.approx(
        expected, rel=1e-5
    )


def test_other_linear_maps_do():
    z = np.random.default_rng(0).standard_normal((300, 2))
    assert intrinsic_dimension(z * [1, 1e-5]) < 0.7 * intrinsic_dimension(z)


def test_neighbours_equally_far_are_of_no_finite_dimension():
    square = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    assert np.isinf(local_dimensions(square, neighbours=2)).all()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"neighbours": 1}, "`neighbours` must be at least 2, got 1: one distance has no ratio"),
        ({"neighbours": 2, "unbiased": True}, "`neighbours` must be at least 3, got 2"),
        ({"average": "median"}, "`average` must be .* got 'median'"),
    ],
)
def test_it_says_what_it_wants(words, message):
    with pytest.raises(ValueError, match=message):
        intrinsic_dimension(Z, **words)
