"""The shapes and dtypes every function agrees on, checked once at the public doors."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

__all__ = [
    "NonFinite",
    "as_matrix",
    "check_embeddings",
    "check_pair",
    "check_partners",
    "check_views",
    "largest_sizes",
    "rows_of",
]

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
    z = rows_of(as_matrix(z, name, minimum))
    found = NonFinite(name)
    for start in range(0, len(z), ROWS):
        found.add(start, largest_sizes(z[start : start + ROWS]))
    found.refuse(len(z))
    return z


def as_matrix(z: Any, name: str = "z", minimum: int = 2) -> Any:
    """Return an array or tensor ``(items, dimensions)`` of floats, of which no value is read."""
    if not _is_tensor(z) and not isinstance(z, np.ndarray):
        try:
            z = np.asarray(z)
        except ValueError as error:
            raise ValueError(
                f"`{name}` must have shape (items, dimensions), got ragged rows: {error}. "
                "Give every item the same number of dimensions."
            ) from None
    dtype = str(z.dtype).removeprefix("torch.")
    if not (z.is_floating_point() if _is_tensor(z) else z.dtype.kind == "f"):
        kind = z.dtype.kind if isinstance(z, np.ndarray) else dtype[0]
        consequence = {
            "i": ": integers are labels or indices more often than embeddings",
            "u": ": integers are labels or indices more often than embeddings",
            "b": ": a mask has no spectrum",
            "c": ": the theory here is of real embeddings",
        }.get(kind, "")
        remedy = (
            "Stack its real and imaginary parts."
            if kind == "c"
            else f"If these numbers are embeddings, convert with {name}.astype(float)."
        )
        raise TypeError(f"`{name}` must be floating point, got {dtype}{consequence}. {remedy}")
    if z.ndim != 2:
        raise ValueError(
            f"`{name}` must have shape (items, dimensions), got {tuple(z.shape)}. "
            f"Flatten extra axes first: {name}.reshape(-1, {name}.shape[-1])."
        )
    if len(z) < minimum or z.shape[1] == 0:
        raise ValueError(
            f"`{name}` must hold at least {minimum} items of at least 1 dimension, "
            f"got shape {tuple(z.shape)}."
        )
    return z


def rows_of(z: Any) -> NDArray[np.floating]:
    """The rows of an array or tensor for numpy: half precision and less become float32."""
    if _is_tensor(z):
        z = z.detach().cpu()
        return (z.float() if z.itemsize < 4 else z).numpy()
    return z.astype(np.float32) if z.itemsize < 4 else z


def largest_sizes(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """The largest absolute value in each row, without a copy; NaN if there is one."""
    return np.maximum(rows.max(1), -rows.min(1))


class NonFinite:
    """Rows with NaN or inf, counted as they pass, the first few remembered."""

    def __init__(self, name: str) -> None:
        self.count = 0
        self._name = name
        self._first: list[int] = []

    def add(self, start: int, largest: NDArray) -> None:
        """Look at rows from number ``start`` on: at the largest size in each, which is NaN or inf
        if any of its numbers is."""
        bad = np.flatnonzero(~np.isfinite(largest))
        self.count += len(bad)
        self._first += (bad[: NAMED - len(self._first)] + start).tolist()

    def refuse(self, items: int) -> None:
        """Raise if there was one."""
        if not self.count:
            return
        which = ", ".join(map(str, self._first)) + (", ..." if self.count > NAMED else "")
        raise ValueError(
            f"`{self._name}` must be finite, got NaN or inf in {self.count} of {items} items "
            f"(rows {which}). Find out why, or drop them: "
            f"{self._name}[np.isfinite({self._name}).all(1)]."
        )


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
