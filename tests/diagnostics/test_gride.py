"""Ratios of distances of any orders follow beta laws, whose one unknown is the dimension."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import beta, kstest

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.gride import gride, gride_scales
from ssl_theory.diagnostics.neighbours import nearest_neighbours
from ssl_theory.diagnostics.two_nn import two_nn
from tests.diagnostics.manifolds import torus

ORACLES = json.loads(
    Path(__file__).parents[1].joinpath("oracles/scikit_dimension.json").read_text("utf-8")
)
Z = np.random.default_rng(0).standard_normal((500, 6)) * np.arange(1, 7) ** -0.5


@pytest.mark.parametrize("oracle", ORACLES["gride"], ids=lambda o: o["call"])
def test_it_is_what_scikit_dimension_finds(oracle):
    found = gride(Z, near=oracle["near"], far=oracle["far"])
    assert found.dimension == pytest.approx(oracle["value"], rel=1e-9)
    assert found.error == pytest.approx(oracle["error"], rel=1e-9)


@pytest.mark.parametrize(("near", "far"), [(1, 2), (3, 4), (2, 7)])
def test_it_maximises_the_likelihood_of_beta_variables(near, far):
    distances = nearest_neighbours(Z, far)[0]
    ratios = distances[:, near - 1] / distances[:, far - 1]

    def minus_log_likelihood(d):
        return -(beta(near, far - near).logpdf(ratios**d) + np.log(d * ratios ** (d - 1))).sum()

    best = minimize_scalar(minus_log_likelihood, bounds=(1, 20), options={"xatol": 1e-8})
    found = gride(Z, near=near, far=far, unbiased=False)
    assert found.dimension == pytest.approx(best.x, rel=1e-5)
    h = 1e-3
    sides = [minus_log_likelihood(best.x + s * h) for s in (-1, 0, 1)]
    bend = (sides[0] - 2 * sides[1] + sides[2]) / h**2
    assert found.error == pytest.approx(bend**-0.5, rel=1e-3)


@given(embeddings(min_dimension=2))
def test_at_orders_one_and_two_it_is_two_nn(z):
    expected = two_nn(z, discard=0.0, fit="likelihood")
    assert gride(z).dimension == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("d", "near", "far"), [(1, 1, 3), (2, 2, 4), (3, 4, 5)])
def test_on_closed_manifolds_ratios_follow_their_law(d, near, far):
    # Items far apart, so that their neighbourhoods hardly overlap.
    z = torus(d, 3000, seed=1)
    ratios = np.divide(*nearest_neighbours(z, far)[0][::20, [near - 1, far - 1]].T)
    assert kstest(ratios**d, beta(near, far - near).cdf).pvalue > 0.01


@pytest.mark.parametrize("d", [1, 2])
def test_dimensions_deviate_by_the_error_they_are_given(d):
    found = [gride(torus(d, 300, seed), near=2) for seed in range(60)]
    scores = np.array([(f.dimension - d) / f.error for f in found])
    assert abs(scores.mean()) < 5 / 60**0.5 + 0.2  # few items are a little uneven
    assert 0.7 < scores.std() < 1.6  # chi-squared; and neighbours are shared


def test_noise_in_all_coordinates_is_dimensions_at_small_scales_only():
    generator = np.random.default_rng(0)
    z = torus(1, 1500, seed=0) + 0.01 * generator.standard_normal((1500, 12))
    scales = gride_scales(z, largest=128)
    assert len(scales) == 7
    assert [s.distance for s in scales] == sorted(s.distance for s in scales)
    assert scales[0].dimension > 3
    assert scales[-1].dimension == pytest.approx(1, abs=0.2)
    assert scales[2] == gride(z, near=4)


@given(embeddings(min_dimension=2), st.integers(0, 99), st.floats(0.01, 100))
def test_isometries_and_units_change_nothing(z, seed, scale):
    z = z.numpy()
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((z.shape[1],) * 2))[0]
    moved = gride(scale * z @ rotation + 1, near=1, far=3).dimension
    assert moved == pytest.approx(gride(z, near=1, far=3).dimension, rel=1e-5)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"near": 2, "far": 2}, "`near` and `far` must be orders .* got 2 and 2"),
        ({"near": 0}, "`near` and `far` must be orders .* got 0 and 0"),
    ],
)
def test_it_says_what_it_wants(words, message):
    with pytest.raises(ValueError, match=message):
        gride(Z, **words)


def test_it_says_what_it_lacks():
    square = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    with pytest.raises(ValueError, match="`z` must have items with neighbours at different"):
        gride(square)
    with pytest.raises(ValueError, match="`largest` must lie between 2 and 3"):
        gride_scales(square, largest=4)
    with pytest.raises(ValueError, match="`z` must hold distinct items"):
        gride(np.vstack([Z, Z]))
    assert gride(np.vstack([Z, Z]), duplicates="drop") == gride(np.unique(Z, axis=0))
