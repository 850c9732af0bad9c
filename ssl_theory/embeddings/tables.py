"""Rows of embeddings from Arrow's columns, whole or not at all."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ssl_theory.embeddings.numbered import chosen_columns

__all__ = ["check_present", "embedding_columns", "matrices"]

NAMED = 5  # rows that an error lists


def embedding_columns(path: Path, schema: pa.Schema, column: str | None) -> list[str]:
    """The columns that hold the embeddings, by their types, their names and ``column``."""
    types = pa.types
    lists = [f.name for f in schema if _is_list(f.type) and types.is_floating(f.type.value_type)]
    floating = [field.name for field in schema if types.is_floating(field.type)]
    return chosen_columns(path, column, schema.names, lists=lists, floating=floating)


def matrices(
    path: Path, batches: Iterable[pa.RecordBatch], columns: list[str]
) -> Iterator[NDArray]:
    """The rows of every batch as a matrix; a null anywhere is an error, and says where."""
    start = 0
    for batch in batches:
        batch = batch.select(columns)
        batch.validate(full=True)  # a damaged file may point anywhere
        parts = [_part(path, name, batch.column(name), start) for name in columns]
        yield parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
        start += len(batch)


def _part(path: Path, name: str, array: pa.Array, start: int) -> NDArray:
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    check_present(path, name, array, start, "an embedding", "their labels")
    if not _is_list(array.type):
        return _numbers(path, name, array).reshape(-1, 1)
    if pa.types.is_fixed_size_list(array.type):
        width = array.type.list_size
    else:
        lengths = array.value_lengths().to_numpy(zero_copy_only=False)
        width = int(lengths[0]) if len(lengths) else 0
        if (lengths != width).any():
            raise ValueError(
                f"`{path}` must hold lists of one length, got {width} numbers for {name!r} in row "
                f"{start} and others in rows {_some(np.flatnonzero(lengths != width) + start)}. "
                "Give every item the same number of dimensions."
            )
    flat = array.flatten()  # unlike .values, it minds where a slice starts
    if flat.null_count:
        holes = np.flatnonzero(flat.is_null().to_numpy(zero_copy_only=False)) // max(width, 1)
        raise ValueError(
            f"`{path}` must hold numbers only, got null among those of {name!r} in rows "
            f"{_some(np.unique(holes) + start)}. Drop these rows, and their labels with them."
        )
    return _numbers(path, name, flat).reshape(len(array), width)


def check_present(
    path: Path, name: str, array: pa.Array, start: int, what: str, partners: str
) -> None:
    """Refuse nulls, whose rows would shift all that follow if they were dropped alone."""
    if array.null_count:
        rows = np.flatnonzero(array.is_null().to_numpy(zero_copy_only=False)) + start
        raise ValueError(
            f"`{path}` must hold {what} in every row, got null for {name!r} in rows {_some(rows)}: "
            "without them row i is no longer that of label i. Drop these rows, and "
            f"{partners} with them."
        )


def _numbers(path: Path, name: str, array: pa.Array) -> NDArray:
    if not (pa.types.is_floating(array.type) or pa.types.is_integer(array.type)):
        raise ValueError(
            f"`{path}` must hold numbers, got {array.type} for {name!r}. Flatten nested lists, or "
            "name another column."
        )
    return array.to_numpy(zero_copy_only=False)


def _is_list(kind: pa.DataType) -> bool:
    types = pa.types
    return types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)


def _some(rows: NDArray) -> str:
    return ", ".join(map(str, rows[:NAMED])) + (", ..." if len(rows) > NAMED else "")
