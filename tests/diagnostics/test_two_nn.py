"""Two neighbours know the dimension of a manifold."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.two_nn import two_nn
from tests.diagnostics.manifolds import torus

ORACLES = json.loads(
    Path(__file__).parents[1].joinpath("oracles/scikit_dimension.json").read_text("utf-8")
)
Z = np.random.default_rng(0).standard_normal((500, 6)) * np.arange(1, 7) ** -0.5
fits = st.sampled_from(["line", "likelihood"])


@pytest.mark.parametrize("oracle", ORACLES["two_nn"], ids=lambda o: o["call"])
def test_it_is_what_scikit_dimension_finds(oracle):
    found = two_nn(Z, discard=oracle["discard"], fit=oracle["fit"])
    assert found == pytest.approx(oracle["value"], rel=1e-9)


@pytest.mark.parametrize("d", [1, 2, 4])
@pytest.mark.parametrize("fit", ["line", "likelihood"])
def test_closed_manifolds_have_their_dimension_in_any_space(d, fit):
    n, draws = 600, 8
    found = [two_nn(torus(d, n, seed), fit=fit) for seed in range(draws)]
    error = d / (0.9 * n * draws) ** 0.5
    assert 5 * error < 0.08 * d
    # In four dimensions 600 items are not quite evenly spread as far as the second neighbour.
    uneven = 0.03 * d if d > 2 else 0
    assert abs(np.mean(found) - d) < 5 * error + uneven


def test_few_items_in_many_dimensions_read_as_fewer():
    z = np.random.default_rng(0).standard_normal((2000, 20))
    assert 15 < two_nn(z) < 19


@given(embeddings(min_dimension=2), fits, st.integers(0, 99), st.floats(0.01, 100))
def test_isometries_and_units_change_nothing(z, fit, seed, scale):
    z = z.numpy()
    d = z.shape[1]
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    moved = np.random.default_rng(seed).permutation(scale * z @ rotation + 1)
    assert two_nn(moved, discard=0.2, fit=fit) == pytest.approx(
        two_nn(z, discard=0.2, fit=fit), rel=1e-6
    )


def test_other_linear_maps_do():
    z = np.random.default_rng(0).standard_normal((300, 2))
    assert two_nn(z) > 1.7
    assert two_nn(z * [1, 1e-5]) < 1.2


def test_copies_of_all_items_are_refused_or_count_once():
    z = np.vstack([Z, Z])
    with pytest.raises(ValueError, match="got 500 that equal another"):
        two_nn(z)
    assert two_nn(z, duplicates="drop") == pytest.approx(two_nn(Z), rel=1e-12)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"discard": 1.0}, r"must leave at least 2 of 500 items.*got 1\.0"),
        ({"discard": 0.0}, r"for a line leave one out, got 0\.0"),
        ({"fit": "spline"}, '`fit` must be "line" or "likelihood", got \'spline\''),
    ],
)
def test_it_says_what_it_wants(words, message):
    with pytest.raises(ValueError, match=message):
        two_nn(Z, **words)


def test_a_lattice_has_no_ratio():
    with pytest.raises(ValueError, match="got only equal ones: a lattice"):
        two_nn(np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), discard=0.3)
