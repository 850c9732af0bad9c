"""Weights that lose no direction are isometries."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.diagnostics.werank import gaussian_werank, werank

shapes = st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))


def drawn(m, k, seed):
    return np.random.default_rng(seed).standard_normal((m, k))


@given(shapes)
def test_singular_values_tell_all_of_it(shape):
    m, k, _ = shape
    weights = drawn(*shape)
    squares = np.linalg.svd(weights, compute_uv=False) ** 2
    smallest = np.sum((squares - 1) ** 2)
    for of, side in (("inputs", k), ("outputs", m), ("fewer", min(m, k))):
        missing = side - min(m, k)
        assert werank([weights], of=of)[0] == pytest.approx((smallest + missing) ** 0.5)


@given(shapes)
def test_an_isometry_has_none_whatever_its_shape(shape):
    left, _, right = np.linalg.svd(drawn(*shape), full_matrices=False)
    assert werank([left @ right], of="fewer")[0] == pytest.approx(0, abs=1e-12)


def test_every_layer_has_its_own():
    layers = [np.eye(4), 3 * np.eye(2)]
    assert werank(layers).tolist() == [0, pytest.approx(8 * 2**0.5)]


@pytest.mark.parametrize(("m", "k"), [(40, 10), (10, 40)])
def test_random_weights_have_the_mean_square_that_is_told(m, k):
    squares = werank([drawn(m, k, seed) / m**0.5 for seed in range(400)]) ** 2
    error = squares.std(ddof=1) / 20
    assert error < 0.02 * squares.mean()
    assert abs(squares.mean() - gaussian_werank(m, k) ** 2) < 5 * error


def test_layers_of_a_network_are_taken_as_they_are():
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 5))
    layers = [layer.weight for layer in network if hasattr(layer, "weight")]
    expected = [torch.linalg.norm(w.T @ w - torch.eye(w.shape[1])).item() for w in layers]
    assert werank(layers) == pytest.approx(expected, rel=1e-5)
    assert len(werank([w.bfloat16() for w in layers])) == 2


def test_it_says_what_it_wants():
    with pytest.raises(
        ValueError, match=r"`layers` must hold matrices .* got shape \(2, 2, 3, 3\)"
    ):
        werank([np.zeros((2, 2, 3, 3))])
    with pytest.raises(ValueError, match=r"`of` must be .* got 'all'"):
        werank([np.eye(2)], of="all")
