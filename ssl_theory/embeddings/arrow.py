"""Embeddings in an Arrow file or stream, as Feather and Hugging Face datasets write them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from numpy.typing import NDArray

from ssl_theory.embeddings.choosing import EMBEDDINGS, LABELS, Wanted
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.label_columns import label_column, labels
from ssl_theory.embeddings.spooling import ROWS, spooled
from ssl_theory.embeddings.tables import embedding_columns, matrices

__all__ = ["open_arrow", "open_shards"]


def open_arrow(
    path: str | os.PathLike[str], column: str | None = None, wanted: Wanted = EMBEDDINGS
) -> NDArray:
    """The column of lists called ``column``, or the numbered columns that begin with it.

    Raises
    ------
    OSError
        If there is no such file, it cannot be read, or the disk has no room for its numbers.
    ValueError
        If it is damaged, has rows without an embedding, or leaves open which column is meant.

    Examples
    --------
    >>> import tempfile
    >>> from pyarrow import feather
    >>> table = pa.table({"label": [0, 1], "z": [[0.0, 1.0], [2.0, 3.0]]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     feather.write_feather(table, f"{folder}/z.arrow")
    ...     open_arrow(f"{folder}/z.arrow").shape
    (2, 2)
    """
    return open_shards(Path(path), [Path(path)], column, wanted)


def open_shards(path: Path, shards: list[Path], column: str | None, wanted: Wanted) -> NDArray:
    """The same of several files, one below the other, that ``path`` stands for."""
    with reading(path, "Arrow table"):
        with _source(shards[0]) as source:
            schema = _reader(source).schema
        if wanted is LABELS:
            return labels(path, _batches(shards), label_column(path, schema, column))
        columns = embedding_columns(path, schema, column)
        return spooled(matrices(path, _batches(shards), columns), str(path))


def _batches(shards: list[Path]) -> Iterator[pa.RecordBatch]:
    for shard in shards:
        with _source(shard) as source:
            reader = _reader(source)
            if isinstance(reader, pa.ipc.RecordBatchFileReader):
                whole = (reader.get_batch(index) for index in range(reader.num_record_batches))
            else:
                whole = iter(reader)
            for batch in whole:
                for start in range(0, len(batch), ROWS):
                    yield batch.slice(start, ROWS)


def _source(path: Path) -> pa.MemoryMappedFile:
    return pa.memory_map(str(path))


def _reader(source: pa.MemoryMappedFile) -> pa.ipc.RecordBatchStreamReader:
    is_file = source.read(6) == b"ARROW1"
    source.seek(0)
    return pa.ipc.open_file(source) if is_file else pa.ipc.open_stream(source)
