"""Labels from a column of Arrow's, every row with one or not at all."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ssl_theory.embeddings.numbered import LONG, listed
from ssl_theory.embeddings.tables import check_present
from ssl_theory.embeddings.words import words

__all__ = ["label_column", "labels"]


def label_column(path: Path, schema: pa.Schema, column: str | None) -> str:
    """The name asked for; without one, the only column, or the only one that may be labels."""
    likely = [field.name for field in schema if _is_label(field.type)]
    names = [column] if column is not None else schema.names if len(schema) == 1 else likely
    if len(names) == 1 and schema.names.count(names[0]) == 1:
        return names[0]
    got = "none" if column is None else repr(column[:LONG])
    raise ValueError(
        f"`column` must say which column of `{path}` holds the labels, got {got} where "
        f"{len(likely)} have whole numbers or text. Name one of {listed(schema.names)}."
    )


def labels(path: Path, batches: Iterable[pa.RecordBatch], name: str) -> NDArray:
    """The labels of all batches; a null among them is an error, and says where."""
    start, parts = 0, []
    for batch in batches:
        array = batch.column(name)
        array.validate(full=True)  # a damaged file may point anywhere
        if isinstance(array, pa.ExtensionArray):
            array = array.storage
        check_present(path, name, array, start, "a label", "their embeddings")
        start += len(batch)
        parts.append(_part(path, name, array))
    return np.concatenate(parts) if parts else np.empty(0, int)


def _part(path: Path, name: str, array: pa.Array) -> NDArray:
    if pa.types.is_dictionary(array.type):
        values = array.dictionary
        check_present(path, name, values, 0, "a label", "their embeddings")
        return _part(path, name, values)[array.indices.to_numpy(zero_copy_only=False)]
    if _is_text(array.type):
        return words(path, [array.to_pylist()])
    if not (_is_whole(array.type) or pa.types.is_floating(array.type)):
        raise ValueError(
            f"`{path}` must hold whole numbers or text, got {array.type} for {name[:LONG]!r}. Name "
            "another column."
        )
    return array.to_numpy(zero_copy_only=False)


def _is_label(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return _is_whole(kind) or _is_text(kind)


def _is_whole(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_boolean(kind)


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    return types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
