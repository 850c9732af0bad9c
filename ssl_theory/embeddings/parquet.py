"""Embeddings in a Parquet table, a few thousand rows at a time."""

import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from numpy.typing import NDArray

from ssl_theory.embeddings.choosing import EMBEDDINGS, LABELS, Wanted
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.label_columns import label_column, labels
from ssl_theory.embeddings.spooling import ROWS, check_room, spooled
from ssl_theory.embeddings.tables import embedding_columns, matrices

__all__ = ["open_parquet"]


def open_parquet(
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
    >>> import tempfile, pyarrow as pa
    >>> table = pa.table({"label": [0, 1], "z": [[0.0, 1.0], [2.0, 3.0]]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pq.write_table(table, f"{folder}/z.parquet")
    ...     open_parquet(f"{folder}/z.parquet").shape
    (2, 2)
    """
    path = Path(path)
    with (
        reading(path, "Parquet table"),
        pq.ParquetFile(path, page_checksum_verification=True) as file,
    ):
        if wanted is LABELS:
            name = label_column(path, file.schema_arrow, column)
            return labels(path, file.iter_batches(batch_size=ROWS, columns=[name]), name)
        columns = embedding_columns(path, file.schema_arrow, column)
        batches = file.iter_batches(batch_size=ROWS, columns=columns)
        blocks = _within(path, matrices(path, batches, columns), file)
        return spooled(blocks, str(path), file.metadata.num_rows)


def _within(path: Path, blocks: Iterator[NDArray], file: pq.ParquetFile) -> Iterator[NDArray]:
    for index, block in enumerate(blocks):
        if not index:
            check_room(str(path), file.metadata.num_rows * block[:1].nbytes)
        yield block
