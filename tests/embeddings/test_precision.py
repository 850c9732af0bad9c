"""How finely numbers are written shows in their bits, and copies in their rows."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.embeddings import distinct_rows, precision

Z = np.random.default_rng(0).standard_normal((5000, 8))


@pytest.mark.parametrize("dtype", ["bfloat16", "float16", "float32", "float64"])
@pytest.mark.parametrize("scale", [1.0, 1e-3, 300.0])
def test_a_detour_through_a_finer_dtype_leaves_its_trace(dtype, scale):
    rounded = torch.from_numpy(scale * Z).to(getattr(torch, dtype))
    found = precision(rounded.double().numpy())
    assert found.format == dtype
    assert found.roundoff == torch.finfo(rounded.dtype).eps / 2


@pytest.mark.parametrize(
    ("bits", "format"),
    [(8, "bfloat16"), (9, "float16"), (11, "float16"), (12, "float32"), (24, "float32")],
)
def test_one_bit_too_many_asks_for_the_next_format(bits, format):
    mantissas, exponents = np.frexp(Z)
    assert precision(np.ldexp(np.round(mantissas * 2**bits), exponents - bits)).format == format


@pytest.mark.parametrize(
    "exact", [np.eye(6), np.arange(12.0).reshape(4, 3), np.zeros((3, 2)), 0.25 * np.eye(3)]
)
def test_numbers_on_a_fixed_grid_are_exact(exact):
    assert precision(exact).format == "float64"
    assert precision(exact.astype(np.float32)).format == "float32"


def test_one_fine_value_shows_that_all_are_fine():
    z = Z.astype(np.float32).astype(np.float64)
    z[-1, -1] = np.pi
    assert precision(z).format == "float64"


def test_half_precision_is_what_it_says():
    assert precision(Z.astype(np.float16)).format == "float16"


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_distinct_rows_are_counted_like_a_set(distinct, copies, seed):
    generator = np.random.default_rng(seed)
    rows = generator.standard_normal((distinct, 3))
    z = generator.permutation(np.repeat(rows, copies, axis=0))
    assert distinct_rows(z) == distinct


def test_zero_has_no_sign():
    assert distinct_rows([[0.0, 1.0], [-0.0, 1.0]]) == 1


def test_copies_are_found_across_blocks():
    z = np.arange(10_000.0)[:, None]
    assert distinct_rows(np.vstack([z, z])) == 10_000
