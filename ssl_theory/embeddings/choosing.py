"""Which of the arrays in a file are the embeddings, or the labels."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = [
    "EMBEDDINGS",
    "LABELS",
    "Held",
    "Wanted",
    "check_kind",
    "check_shape",
    "chosen",
    "listed",
]

NAMED = 8  # arrays that an error lists
LONG = 60  # characters of a name, which may be anything


class Wanted(NamedTuple):
    """What a file is opened for."""

    noun: str
    contents: str
    kinds: str  # of dtypes, by numpy's letters, that can be it
    likely: str  # and those that are taken for it among other arrays
    axes: int
    remedy: str


EMBEDDINGS = Wanted(
    *("embeddings", "floating-point numbers", "biufc", "f", 2),
    "Save tensor.float().numpy(), or one column.",
)
LABELS = Wanted(
    *("labels", "whole numbers or text of fixed length", "biufSU", "biuSU", 1),
    "Save np.unique(labels, return_inverse=True)[1].",
)


class Held(NamedTuple):
    """What is known of an array before it is read."""

    shape: tuple[int, ...]
    kind: str


def chosen(
    path: Path, arrays: Mapping[str, Held], column: str | None, wanted: Wanted = EMBEDDINGS
) -> str:
    """The name asked for; without one, the only array, or the only one that looks like it.

    >>> arrays = {"y": Held((9,), "i"), "z": Held((9, 4), "f")}
    >>> chosen(Path("a.npz"), arrays, None), chosen(Path("a.npz"), arrays, None, LABELS)
    ('z', 'y')
    """
    if not arrays:
        raise ValueError(f"`{path}` must hold an array of {wanted.noun}, got none. Save one in it.")
    if column is not None:
        if column in arrays:
            return column
        raise ValueError(
            f"`column` must name an array in `{path}`, got {column!r}. Name one of "
            f"{listed(arrays)}."
        )
    names = list(arrays)
    if len(arrays) > 1:
        names = [
            name
            for name, held in arrays.items()
            if held.kind in wanted.likely and len(held.shape) == wanted.axes
        ]
    if len(names) != 1:
        raise ValueError(
            f"`column` must say which array in `{path}` holds the {wanted.noun}, got none where "
            f"there are {len(arrays)}. Name one of {listed(arrays)}."
        )
    return names[0]


def listed(names: Mapping[str, Held]) -> str:
    """The first few names, with shapes."""
    some = [f"{name[:LONG]!r} {held.shape}" for name, held in list(names.items())[:NAMED]]
    return ", ".join(some) + (", ..." if len(names) > NAMED else "")


def check_kind(path: Path, dtype: np.dtype, wanted: Wanted = EMBEDDINGS) -> None:
    """Refuse what must be unpickled, or is not what is wanted as it lies there."""
    if dtype.hasobject:
        raise ValueError(
            f"`{path}` must hold numbers, got pickled Python objects, and unpickling can run any "
            "program. Where you trust it, save np.stack(objects).astype(float) instead."
        )
    if dtype.kind not in wanted.kinds:
        raise ValueError(
            f"`{path}` must hold {wanted.contents}, got {dtype}: raw bytes, text, or a table "
            f"with named columns. {wanted.remedy}"
        )


def check_shape(path: Path, name: str, shape: tuple[int, ...], wanted: Wanted = EMBEDDINGS) -> None:
    """Refuse what has not one row, or one label, for each item."""
    if wanted.axes == 1 and (len(shape) not in (1, 2) or shape[1:] not in ((), (1,))):
        raise ValueError(
            f"`{path}` must have one label for each item, got shape {shape} for {name[:LONG]!r}. "
            "Save labels.argmax(1) of one-hot labels, or name another array."
        )
    if wanted.axes == 2 and len(shape) != 2:
        raise ValueError(
            f"`{path}` must have shape (items, dimensions), got {shape} for {name[:LONG]!r}. "
            "Flatten extra axes, or name another array as `column`."
        )
