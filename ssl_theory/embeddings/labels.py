"""Labels, or groups, of the items: one whole number or word for each row of embeddings."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ssl_theory.embeddings.choosing import LABELS, check_kind, check_shape
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.opening import from_file
from ssl_theory.embeddings.words import words

__all__ = ["open_labels"]

NAMED = 5  # items that an error lists


def open_labels(path: str | os.PathLike[str], column: str | None = None) -> NDArray:
    """The labels at ``path``, one for each item: a vector of whole numbers or of text.

    Any format that :func:`open_embeddings` opens will do, and a text file of one label to a line.
    Floats are welcome where they are whole. Missing labels are refused, because without them label
    ``i`` is no longer that of row ``i``.

    Parameters
    ----------
    path
        A file or folder.
    column
        The array or column that holds the labels, where the file leaves it open.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read.
    ModuleNotFoundError
        If the library that reads the format is not installed.
    ValueError
        If it holds no vector of labels, lacks some, is damaged or unsafe, or leaves open which one
        is meant.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.savez(f"{folder}/z.npz", z=np.eye(3), classes=[0.0, 2.0, 0.0])
    ...     _ = Path(f"{folder}/groups.txt").write_text("cat\\ndog\\ncat\\n")
    ...     open_labels(f"{folder}/z.npz", "classes"), open_labels(f"{folder}/groups.txt")
    (array([0, 2, 0]), array(['cat', 'dog', 'cat'], dtype='<U3'))
    """
    path = Path(path)
    labels = from_file(path, column, LABELS)
    with reading(path, "file of labels"):
        check_kind(path, labels.dtype, LABELS)
        check_shape(path, column or path.stem, labels.shape, LABELS)
        labels = np.asarray(labels).reshape(-1)
        if labels.dtype.kind == "f":
            return _whole(path, labels)
        return words(path, [labels]) if labels.dtype.kind in "SU" else labels


def _whole(path: Path, labels: NDArray) -> NDArray[np.int64]:
    largest = 2.0 ** (np.finfo(labels.dtype).nmant + 1)
    for bad, what, remedy in (
        (~np.isfinite(labels), "missing ones", "Drop these items, and their embeddings with them."),
        (labels != np.floor(labels), "fractions", "Cut them into classes, or name another column."),
        (np.abs(labels) >= largest, f"some that {labels.dtype} has rounded", "Save integers."),
    ):
        if bad.any():
            items = np.flatnonzero(bad)
            which = ", ".join(f"{labels[i]!s} in row {i}" for i in items[:NAMED])
            more = ", ..." if len(items) > NAMED else ""
            raise ValueError(
                f"`{path}` must hold whole numbers or text, got {what}: {which}{more}. {remedy}"
            )
    return labels.astype(np.int64)
