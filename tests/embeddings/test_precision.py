"""How finely numbers are written shows in their bits, and copies in their rows."""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.diagnostics.conditioning import numerical_rank
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.embeddings import distinct_rows, open_embeddings, precision
from ssl_theory.report import diagnose

Z = np.random.default_rng(0).standard_normal((5000, 8))


@pytest.mark.parametrize(
    ("dtype", "scale"),
    [
        *itertools.product(["bfloat16", "float16", "float32", "float64"], [1.0, 1e-3, 300.0]),
        *itertools.product(["float8_e4m3fn", "float8_e5m2"], [0.1, 1.0, 30.0]),
    ],
)
def test_a_detour_through_a_finer_dtype_leaves_its_trace(dtype, scale):
    rounded = torch.from_numpy(scale * Z).to(getattr(torch, dtype))
    found = precision(rounded.double().numpy())
    assert found.format == dtype
    assert found.roundoff == torch.finfo(rounded.dtype).eps / 2


@pytest.mark.parametrize(
    ("bits", "format"),
    [
        *[(3, "float8_e5m2"), (4, "float8_e4m3fn"), (5, "bfloat16")],
        *[(8, "bfloat16"), (9, "float16"), (11, "float16"), (12, "float32"), (24, "float32")],
    ],
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


EIGHT_BITS = [torch.float8_e4m3fn, torch.float8_e5m2]


@pytest.mark.parametrize("dtype", EIGHT_BITS)
@pytest.mark.parametrize("mean", [0.0, 3.0])
def test_eight_bits_are_widened_before_anything_is_taken_off_them(dtype, mean):
    tensor = torch.from_numpy(Z[:300] + mean).to(dtype)
    exact = tensor.double()
    found = diagnose(tensor)
    assert found["total variance"].value == pytest.approx(
        (exact - exact.mean(0)).square().sum().item() / (len(tensor) - 1), rel=1e-12
    )
    assert found.format == str(dtype).removeprefix("torch.")
    opened = diagnose(open_embeddings(tensor))
    assert (
        opened.format == f"float32 with the {2 - int(np.log2(torch.finfo(dtype).eps)) - 1} bits"
        f" of {found.format}"
    )
    assert opened["total variance"] == found["total variance"]


@pytest.mark.parametrize("dtype", EIGHT_BITS)
@pytest.mark.parametrize("rank", [2, 5])
def test_a_rank_written_in_eight_bits_is_still_that_rank(dtype, rank):
    generator = np.random.default_rng(rank)
    z = generator.standard_normal((3000, rank)) @ generator.standard_normal((rank, 200))
    tensor = torch.from_numpy(z / np.sqrt(rank)).to(dtype)
    assert np.linalg.matrix_rank(tensor.double().numpy()) == 200  # the trap
    assert numerical_rank(tensor) == rank
    some = tensor[:300, :40]
    assert diagnose(some)["resolved rank"].value == rank
    assert diagnose(some.float())["resolved rank"].value == rank
    full = torch.from_numpy(generator.standard_normal((3000, 200))).to(dtype)
    assert numerical_rank(full) == 200
    assert diagnose(full[:300, :40])["resolved rank"].value == 40


@pytest.mark.parametrize("dtype", EIGHT_BITS)
def test_a_single_direction_written_in_eight_bits_brings_along_what_is_periodic_in_its_rounding(
    dtype,
):
    """Errors of products depend on a sum of logarithms; each harmonic of that has rank 2."""
    generator = np.random.default_rng(0)
    z = generator.standard_normal((3000, 1)) @ generator.standard_normal((1, 200))
    tensor = torch.from_numpy(z).to(dtype)
    assert numerical_rank(tensor) in (1, 3, 5)
    error = torch.finfo(dtype).eps / 2 / np.sqrt(3)  # relative to the norm, at most
    assert 1 < effective_rank(tensor, order=2) < ((1 + error) / (1 - error)) ** 4


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_rows_that_differ_in_any_one_number_are_different(dtype, d):
    z = np.vstack([np.zeros(d), np.eye(d), -np.zeros(d)]).astype(dtype)
    assert distinct_rows(z) == d + 1
