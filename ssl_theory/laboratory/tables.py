"""Rows as files that other programs read."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["as_csv", "as_parquet"]

Row = Mapping[str, Any]


def as_csv(rows: Sequence[Row]) -> str:
    """With every column that any row has, in the order they are first met.

    >>> as_csv([{"encoder": "none", "R2": 0.5}, {"encoder": "trained", "loss": 1.25}])
    'encoder,R2,loss\\nnone,0.5,\\ntrained,,1.25\\n'
    """
    written = io.StringIO()
    writer = csv.DictWriter(written, _columns(rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def as_parquet(rows: Sequence[Row]) -> bytes:
    """The same, with types."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "writing parquet needs pyarrow, which is not installed. "
            "Install it: pip install 'ssl-theory[formats]'."
        ) from None
    columns = {name: [row.get(name) for row in rows] for name in _columns(rows)}
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.table(columns), sink)
    return sink.getvalue().to_pybytes()


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))
