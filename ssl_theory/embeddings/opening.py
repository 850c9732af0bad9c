"""One door for embeddings: a file of any format, an array of any library, or a stream."""

import importlib
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from ssl_theory.embeddings.choosing import EMBEDDINGS, LABELS, Wanted
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.first_bytes import first_bytes
from ssl_theory.embeddings.npy import MAGIC, open_npy
from ssl_theory.embeddings.refusing import START, check_welcome

__all__ = ["from_file", "open_embeddings"]

KNOWN = ".npy, .npz, .pt, .safetensors, .parquet, .arrow, .h5, .zarr or .csv"
ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
BY_BYTES = {
    b"PAR1": "parquet",
    b"ARROW1": "arrow",
    b"\xff\xff\xff\xff": "arrow",
    b"\x89HDF\r\n\x1a\n": "hdf5",
}
BY_CONTENTS = {  # of a folder
    "state.json": "hugging_face",
    "dataset_dict.json": "hugging_face",
    "zarr.json": "zarr",
    ".zarray": "zarr",
    ".zgroup": "zarr",
}
BY_SUFFIX = {
    ".safetensors": "safetensors",
    ".h5": "hdf5",
    ".hdf5": "hdf5",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
}


def open_embeddings(path: Any, column: str | None = None) -> NDArray:
    """The embeddings at ``path``, whatever they are written in, for :func:`diagnose` to take.

    The format is told by the first bytes of the file, and by its suffix only where those say
    nothing. Numbers that lie in the file as they lie in memory are mapped and not read; others are
    unpacked block by block into a temporary file. Nothing in a file is executed: pickles are
    refused, whatever their suffix.

    Parameters
    ----------
    path
        A file or folder, an array that speaks DLPack, or an iterable of batches of rows.
    column
        The array or column that holds the embeddings, where the file leaves it open.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read.
    ModuleNotFoundError
        If the library that reads the format is not installed.
    ValueError
        If it holds no matrix of numbers, is damaged or unsafe, or leaves open which one is meant.

    Examples
    --------
    >>> import numpy as np
    >>> open_embeddings(np.eye(2) for _ in range(3)).shape
    (6, 2)
    """
    if isinstance(path, str | os.PathLike):
        return from_file(Path(path), column)
    if column is not None:
        raise ValueError(
            f"`column` must go with a file, got {column!r} with {type(path).__name__}. Leave it "
            "out, and give the array itself."
        )
    if hasattr(path, "__dlpack__") or isinstance(path, Iterable):
        batches = importlib.import_module("ssl_theory.embeddings.batches")
        return batches.from_memory(path)
    raise TypeError(
        f"`path` must be a file, an array or an iterable of batches, got {type(path).__name__}. "
        "Give the path of a file."
    )


def from_file(path: Path, column: str | None, wanted: Wanted = EMBEDDINGS) -> NDArray:
    """What is ``wanted`` of a file or folder, in whichever format."""
    for name, format in BY_CONTENTS.items():
        if (path / name).is_file():
            return _opened(format, path, column, wanted)
    start = first_bytes(path, START, f"a file of {wanted.noun}")
    if start.startswith(MAGIC):
        if column is not None:
            raise ValueError(
                f"`column` must go with a file of several arrays, got {column!r}: `{path}` is a "
                ".npy file and holds one. Leave it out."
            )
        return open_npy(path)
    format = _format(path, start, f"a file of {wanted.noun}")
    if format == "csv":
        return _opened("label_lines" if wanted is LABELS else "csv", path, column)
    return _opened(format, path, column, wanted)


def _opened(format: str, path: Path, *asked: Any) -> NDArray:
    try:
        room = importlib.import_module(f"ssl_theory.embeddings.{format}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("ssl_theory"):
            raise
        raise ModuleNotFoundError(
            f"`{path}` must be opened with {error.name}, got no such package. Install it: pip "
            "install 'ssl-theory[formats]'.",
            name=error.name,
        ) from None
    return getattr(room, f"open_{format}")(path, *asked)


def _format(path: Path, start: bytes, wanted: str) -> str:
    if int.from_bytes(start[:8], "little") < 2**32 and start[8:9] == b"{":
        return "safetensors"  # first, because the length of its header may look like any magic
    check_welcome(path, start, wanted)
    if start.startswith(ZIPS):
        return _zipped(path, wanted)
    for magic, format in BY_BYTES.items():
        if start.startswith(magic):
            return format
    if start and path.suffix.lower() in BY_SUFFIX:
        return BY_SUFFIX[path.suffix.lower()]
    what = "something else" if start else "an empty file"
    raise ValueError(f"`{path}` must be {wanted}, got {what}. Save it as {KNOWN}.")


def _zipped(path: Path, wanted: str) -> str:
    with reading(path, "zip archive"), zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if any(name.endswith(".npy") for name in names) or not names:
        return "npz"
    if any(name.endswith("/constants.pkl") for name in names):
        raise ValueError(
            f"`{path}` must be {wanted}, got a TorchScript program. Run it where you trust it, and "
            "save its output."
        )
    if any(name.endswith("/data.pkl") for name in names):
        return "pt"
    raise ValueError(
        f"`{path}` must be {wanted}, got a zip archive without an array. Unpack it, and name a "
        "file in it."
    )
