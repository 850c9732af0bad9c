"""Bad input is named at the door: what was wanted, what came, and what to do."""

import numpy as np
import pytest
import torch

from ssl_theory.arrays import check_embeddings, check_pair, check_views

GOOD = np.arange(12.0).reshape(4, 3)


@pytest.mark.parametrize(
    ("z", "kind", "message"),
    [
        (
            np.ones(3),
            ValueError,
            r"`z` must have shape \(items, dimensions\), got \(3,\)\. Flatten",
        ),
        (np.ones((2, 2, 2)), ValueError, r"got \(2, 2, 2\)\. Flatten extra axes first"),
        (
            np.ones((0, 3)),
            ValueError,
            r"at least 2 items of at least 1 dimension, got shape \(0, 3",
        ),
        (np.ones((1, 3)), ValueError, r"got shape \(1, 3\)"),
        (np.ones((3, 0)), ValueError, r"got shape \(3, 0\)"),
        (np.ones((3, 2), int), TypeError, r"got int64: integers are labels .* z\.astype\(float\)"),
        (np.ones((3, 2), np.uint8), TypeError, "got uint8: integers are labels"),
        (np.ones((3, 2), bool), TypeError, "got bool: a mask has no spectrum"),
        (np.ones((3, 2), complex), TypeError, "got complex128.*Stack its real and imaginary"),
        (np.array([["a", "b"]] * 3), TypeError, "must be floating point, got <U1"),
        (np.array([[1.0, None]] * 3), TypeError, "must be floating point, got object"),
        ([[1.0, 2.0], [3.0]], ValueError, "got ragged rows.*same number of dimensions"),
        ("embeddings.npy", TypeError, "must be floating point, got <U14"),
        (torch.ones(3, 2, dtype=torch.long), TypeError, "got int64: integers are labels"),
    ],
)
def test_what_is_not_embeddings_is_refused_with_a_remedy(z, kind, message):
    with pytest.raises(kind, match=message):
        check_embeddings(z)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_non_finite_rows_are_counted_and_named(bad):
    z = np.zeros((10_000, 3))
    z[[2, 4100, 9999], [0, 1, 2]] = bad
    message = r"`z` must be finite, got NaN or inf in 3 of 10000 items \(rows 2, 4100, 9999\)"
    with pytest.raises(ValueError, match=message):
        check_embeddings(z)


def test_many_non_finite_rows_are_not_all_listed():
    z = np.full((100, 2), np.nan)
    with pytest.raises(ValueError, match=r"in 100 of 100 items \(rows 0, 1, 2, 3, 4, \.\.\.\)"):
        check_embeddings(z)


def test_the_name_of_the_argument_is_the_callers():
    with pytest.raises(ValueError, match="`reference` must have shape"):
        check_embeddings(np.ones(3), "reference")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_single_and_double_precision_pass_through_untouched(dtype):
    z = GOOD.astype(dtype)
    assert check_embeddings(z) is z


def test_half_precision_becomes_single_without_a_change_of_value():
    half = GOOD.astype(np.float16)
    brain = torch.from_numpy(GOOD).bfloat16().requires_grad_()
    for z in (half, brain):
        checked = check_embeddings(z)
        assert checked.dtype == np.float32
        np.testing.assert_array_equal(checked, GOOD)


def test_a_memory_map_stays_one(tmp_path):
    np.save(tmp_path / "z.npy", GOOD)
    z = np.load(tmp_path / "z.npy", mmap_mode="r")
    assert check_embeddings(z) is z


def test_lists_of_rows_are_welcome():
    np.testing.assert_array_equal(check_embeddings(GOOD.tolist()), GOOD)


def test_views_must_have_the_same_items():
    assert all(view is GOOD for view in check_views(GOOD, GOOD))
    with pytest.raises(
        ValueError, match=r"two views of the same items, got shapes \(4, 3\) and \("
    ):
        check_views(GOOD, GOOD[:3])
    with pytest.raises(ValueError, match="`w` must have shape"):
        check_views(GOOD, np.ones(4))


Z = torch.ones(4, 3)


@pytest.mark.parametrize(
    ("z", "w", "kind", "message"),
    [
        (GOOD, Z, TypeError, r"`z` must be a torch\.Tensor .* got ndarray.*from_numpy\(z\)"),
        (Z, [[1.0]], TypeError, r"`w` must be a torch\.Tensor of embeddings, got list"),
        (Z, torch.ones(3), ValueError, r"`w` must have shape .*got \(3,\).*w\.flatten\(0, -2\)"),
        (
            Z.long(),
            Z,
            TypeError,
            r"got torch\.int64: the densities here are of real.*z\.double\(\)",
        ),
        (Z.cfloat(), Z, TypeError, r"`z` must be floating point, got torch\.complex64"),
        (Z, Z[:3], ValueError, r"got shapes \(4, 3\) and \(3, 3\): row i of one is the positive"),
        (Z, Z.double(), ValueError, r"share a dtype, got torch\.float32 and torch\.float64.*w\.to"),
        (Z, Z.to("meta"), ValueError, "share a device, got cpu and meta"),
        (Z[:1], Z[:1], ValueError, "must hold at least 2 items, got 1: an entropy needs a spread"),
    ],
)
def test_what_is_not_a_pair_is_refused_with_a_remedy(z, w, kind, message):
    with pytest.raises(kind, match=message):
        check_pair(z, w)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_a_pair_of_any_precision_passes_through(dtype):
    z = Z.to(dtype)
    first, second = check_pair(z, z)
    assert first is z
    assert second is z
