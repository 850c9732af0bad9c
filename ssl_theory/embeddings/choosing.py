"""Which of the arrays in a file are the embeddings."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["Held", "check_matrix", "check_numbers", "chosen", "listed"]

NAMED = 8  # arrays that an error lists
LONG = 60  # characters of a name, which may be anything


class Held(NamedTuple):
    """What is known of an array before it is read."""

    shape: tuple[int, ...]
    floating: bool


def chosen(path: Path, arrays: Mapping[str, Held], column: str | None) -> str:
    """The name asked for; without one, the only array, or the only floating matrix among them.

    >>> chosen(Path("a.npz"), {"y": Held((9,), False), "z": Held((9, 4), True)}, None)
    'z'
    """
    if not arrays:
        raise ValueError(f"`{path}` must hold an array of embeddings, got none. Save one in it.")
    if column is not None:
        if column in arrays:
            return column
        raise ValueError(
            f"`column` must name an array in `{path}`, got {column!r}. Name one of "
            f"{listed(arrays)}."
        )
    matrices = [name for name, held in arrays.items() if held.floating and len(held.shape) == 2]
    names = list(arrays) if len(arrays) == 1 else matrices
    if len(names) != 1:
        raise ValueError(
            f"`column` must say which array in `{path}` holds the embeddings, got none where there "
            f"are {len(arrays)}. Name one of {listed(arrays)}."
        )
    return names[0]


def listed(names: Mapping[str, Held]) -> str:
    """The first few names, with shapes."""
    some = [f"{name[:LONG]!r} {held.shape}" for name, held in list(names.items())[:NAMED]]
    return ", ".join(some) + (", ..." if len(names) > NAMED else "")


def check_numbers(path: Path, dtype: np.dtype) -> None:
    """Refuse what must be unpickled, or is no number as it lies there."""
    if dtype.hasobject:
        raise ValueError(
            f"`{path}` must hold numbers, got pickled Python objects, and unpickling can run any "
            "program. Where you trust it, save np.stack(objects).astype(float) instead."
        )
    if dtype.kind not in "biufc":
        raise ValueError(
            f"`{path}` must hold floating-point numbers, got {dtype}: raw bytes, text, or a table "
            "with named columns. Save tensor.float().numpy(), or one column."
        )


def check_matrix(path: Path, name: str, shape: tuple[int, ...]) -> None:
    """Refuse what has not one row for each item."""
    if len(shape) != 2:
        raise ValueError(
            f"`{path}` must have shape (items, dimensions), got {shape} for {name[:LONG]!r}. "
            "Flatten extra axes, or name another array as `column`."
        )
