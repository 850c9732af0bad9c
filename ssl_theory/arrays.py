"""The shapes and dtypes every function agrees on, checked once at the public doors."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["check_embeddings", "check_pair", "check_partners", "check_views"]

ROWS = 4096  # examined at a time, so that a memory map never enters memory whole
NAMED = 5  # rows that an error lists before it says how many more there are


def check_pair(z: "Tensor", w: "Tensor") -> "tuple[Tensor, Tensor]":
    """Return two views ``(n, d)`` of the same ``n >= 2`` items, or say what is wrong."""
    for name, view in (("z", z), ("w", w)):
        if not _is_tensor(view):
            raise TypeError(
                f"`{name}` must be a torch.Tensor of embeddings, got {type(view).__name__}. "
                f"Wrap numpy arrays with torch.from_numpy({name})."
            )
        if view.ndim != 2:
            raise ValueError(
                f"`{name}` must have shape (items, dimensions), got {tuple(view.shape)}. "
                f"Flatten extra axes first: {name}.flatten(0, -2)."
            )
        if not view.is_floating_point():
            raise TypeError(
                f"`{name}` must be floating point, got {view.dtype}: the densities here are of "
                f"real numbers. Convert with {name}.double()."
            )
    check_partners(z.shape, w.shape)
    for what, one, other in (("dtype", z.dtype, w.dtype), ("device", z.device, w.device)):
        if one != other:
            raise ValueError(
                f"`z` and `w` must share a {what}, got {one} and {other}. Convert with w.to(z)."
            )
    if len(z) < 2:
        raise ValueError(
            f"`z` must hold at least 2 items, got {len(z)}: an entropy needs a spread."
        )
    return z, w


def check_embeddings(z: Any, name: str = "z", minimum: int = 2) -> NDArray[np.floating]:
    """Return ``(items, dimensions)`` of finite floats, without a copy where none is needed.

    Arrays, memory maps, tensors and lists of rows are welcome. Single and double precision stay as
    they are, half precision becomes float32.

    >>> check_embeddings([[1.0, 2.0], [3.0, 4.0]]).shape
    (2, 2)
    """
    if _is_tensor(z):
        z = z.detach().cpu()
        z = (z.float() if z.is_floating_point() and z.itemsize < 4 else z).numpy()
    elif not isinstance(z, np.ndarray):
        try:
            z = np.asarray(z)
        except ValueError as error:
            raise ValueError(
                f"`{name}` must have shape (items, dimensions), got ragged rows: {error}. "
                "Give every item the same number of dimensions."
            ) from None
    if z.dtype.kind != "f":
        consequence = {
            "i": ": integers are labels or indices more often than embeddings",
            "u": ": integers are labels or indices more often than embeddings",
            "b": ": a mask has no spectrum",
            "c": ": the theory here is of real embeddings",
        }.get(z.dtype.kind, "")
        remedy = (
            "Stack its real and imaginary parts."
            if z.dtype.kind == "c"
            else f"If these numbers are embeddings, convert with {name}.astype(float)."
        )
        raise TypeError(f"`{name}` must be floating point, got {z.dtype}{consequence}. {remedy}")
    if z.ndim != 2:
        raise ValueError(
            f"`{name}` must have shape (items, dimensions), got {z.shape}. "
            f"Flatten extra axes first: {name}.reshape(-1, {name}.shape[-1])."
        )
    if len(z) < minimum or z.shape[1] == 0:
        raise ValueError(
            f"`{name}` must hold at least {minimum} items of at least 1 dimension, "
            f"got shape {z.shape}."
        )
    _check_finite(z, name)
    return z.astype(np.float32) if z.itemsize < 4 else z


def check_views(z: Any, w: Any) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return two views of the same items, each as :func:`check_embeddings` returns it."""
    z, w = check_embeddings(z, "z"), check_embeddings(w, "w")
    check_partners(z.shape, w.shape)
    return z, w


def check_partners(z: Sequence[int], w: Sequence[int]) -> None:
    """Refuse views of these shapes if their rows cannot be partners."""
    if tuple(z) != tuple(w):
        raise ValueError(
            f"`z` and `w` must be two views of the same items, got shapes {tuple(z)} and "
            f"{tuple(w)}: row i of one is the positive of row i of the other. "
            "Drop the items that lack a partner."
        )


def _is_tensor(z: Any) -> bool:
    # Nobody can hold a tensor before torch is loaded, so arrays need not wait for its import.
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(z, torch.Tensor)


def _check_finite(z: NDArray[np.floating], name: str) -> None:
    bad: list[int] = []
    count = 0
    for start in range(0, len(z), ROWS):
        rows = np.flatnonzero(~np.isfinite(z[start : start + ROWS]).all(1))
        count += len(rows)
        bad += (rows[: NAMED - len(bad)] + start).tolist() if len(bad) < NAMED else []
    if count:
        which = ", ".join(map(str, bad)) + (", ..." if count > len(bad) else "")
        raise ValueError(
            f"`{name}` must be finite, got NaN or inf in {count} of {len(z)} items (rows {which}). "
            f"Find out why, or drop them: {name}[np.isfinite({name}).all(1)]."
        )
