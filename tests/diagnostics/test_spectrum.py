"""A spectrum knows what it cannot resolve: rounding is never mistaken for a direction."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics import spectrum


@given(embeddings(min_dimension=2))
def test_eigenvalues_are_squared_singular_values(z):
    expected = np.linalg.svd((z - z.mean(0)).numpy(), compute_uv=False) ** 2 / (len(z) - 1)
    assert_allclose(spectrum(z).eigenvalues, expected, rtol=1e-7)
    uncentred = np.linalg.svd(z.numpy(), compute_uv=False) ** 2 / len(z)
    assert_allclose(spectrum(z, centred=False).eigenvalues, uncentred, rtol=1e-7)


@st.composite
def planted(draw):
    """Embeddings of known rank, moved and scaled, as a dtype would hold them."""
    d = draw(st.integers(4, 48))
    n = draw(st.integers(d + 2, 200))
    rank = draw(st.integers(0, d))
    dtype = draw(st.sampled_from([torch.float16, torch.bfloat16, torch.float32, torch.float64]))
    generator = np.random.default_rng(draw(st.integers(0, 9999)))
    axes, _ = np.linalg.qr(generator.standard_normal((d, d)))
    low = generator.standard_normal((n, rank)) @ axes[:rank]
    shift = draw(st.sampled_from([0.0, 1.0, 3.0])) * generator.standard_normal(d)
    scale = 10.0 ** draw(st.integers(-2, 2))
    return torch.from_numpy(scale * (low + shift)).to(dtype), rank


@given(planted())
def test_the_planted_rank_is_resolved_in_every_dtype(case):
    z, rank = case
    assert spectrum(z).resolved_rank == min(rank, len(z) - 1)


@pytest.mark.parametrize(("n", "d"), [(300, 64), (64, 300), (2000, 128)])
@pytest.mark.parametrize("rank", [1, 12, 50])
@pytest.mark.parametrize("length", [64, 4096])
def test_a_low_rank_layer_in_single_precision_has_the_rank_of_its_weights(n, d, rank, length):
    # Integer weights of known rank are exact in float32; only the product with them rounds.
    generator = np.random.default_rng(rank)
    left, right = (generator.integers(-4, 5, shape) for shape in ((length, rank), (rank, d)))
    weights = torch.from_numpy(left @ right).float()
    hidden = torch.from_numpy(generator.standard_normal((n, length))).float()
    assert spectrum(hidden @ weights + 1).resolved_rank == rank


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("n", "d"), [(2, 2), (2, 900), (65, 64), (64, 64), (3000, 256)])
def test_noise_is_resolved_in_every_direction_it_has(n, d, dtype):
    z = np.random.default_rng(0).standard_normal((n, d)).astype(dtype)
    assert spectrum(z).resolved_rank == min(n - 1, d)


@pytest.mark.parametrize("value", [0.0, 1.0, 0.1, 1e6])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_items_that_coincide_have_no_direction(value, dtype):
    z = np.full((50, 8), value, dtype)
    assert spectrum(z).resolved_rank == 0
    assert spectrum(z, centred=False).resolved_rank == (value != 0)


def test_a_direction_of_a_millionth_the_size_is_resolved_in_double_and_not_in_single():
    generator = np.random.default_rng(0)
    z = generator.standard_normal((500, 4)) * [1, 1, 1, 1e-7]
    q, _ = np.linalg.qr(generator.standard_normal((4, 4)))
    z = 10 + z @ q
    assert spectrum(z).resolved_rank == 4
    assert spectrum(z.astype(np.float32)).resolved_rank == 3


@given(embeddings(min_dimension=2))
def test_shares_add_up_to_one(z):
    assert spectrum(z).shares.sum() == pytest.approx(1)
