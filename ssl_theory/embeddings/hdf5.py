"""Embeddings in an HDF5 file: mapped where they lie in one piece, unpacked to disk where not."""

import math
import os
from collections.abc import Iterator
from pathlib import Path

import h5py
from numpy.typing import NDArray

from ssl_theory.embeddings.choosing import EMBEDDINGS, Held, Wanted, check_shape, chosen
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.mapping import mapped
from ssl_theory.embeddings.spooling import ROWS, check_room, spooled
from ssl_theory.embeddings.words import words

__all__ = ["open_hdf5"]

LARGEST = 2**30  # bytes of a chunk, which is unpacked in memory
SLACK = 4096  # bytes that packing may add to a chunk


def open_hdf5(
    path: str | os.PathLike[str], column: str | None = None, wanted: Wanted = EMBEDDINGS
) -> NDArray:
    """The data set called ``column``, or the only matrix of floats in an HDF5 file.

    Nothing but the file itself is read: external storage, virtual data sets and links, which could
    show any file of the reader's, are refused. So are rows that were never written, which HDF5
    would pass off as zeros.

    Raises
    ------
    OSError
        If there is no such file, it cannot be read, or the disk has no room for its numbers.
    ValueError
        If it is damaged, unsafe, holds no whole matrix, or leaves open which one is meant.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with h5py.File(f"{folder}/z.h5", "w") as file:
    ...         file["layer4/z"] = np.eye(3)
    ...     open_hdf5(f"{folder}/z.h5").shape
    (3, 3)
    """
    path = Path(path)
    with reading(path, "HDF5 file"), h5py.File(path, "r") as file:
        column = None if column is None else column.strip("/")
        if column is not None:
            _check_links(path, file, column)
        held = _held(file)
        name = chosen(path, held, column, wanted)
        data = file[name]
        _check_own(path, name, data)
        if held[name].kind not in wanted.kinds:
            raise ValueError(
                f"`{path}` must hold {wanted.contents}, got {data.dtype} for {name!r}. Name "
                f"another data set as `column`. {wanted.remedy}"
            )
        check_shape(path, name, held[name].shape, wanted)
        if _in_one_piece(data):
            return mapped(path, data.dtype, data.shape, start=data.id.get_offset())
        return _unpacked(path, name, data)


def _held(file: h5py.File) -> dict[str, Held]:
    found = {}

    def visit(name: str, item: object) -> None:  # hard links alone are followed
        if isinstance(item, h5py.Dataset):
            here = item.id.get_create_plist().get_layout() != h5py.h5d.VIRTUAL
            shape = item.shape if here else None
            found[name] = Held(shape or (), item.dtype.kind)

    file.visititems(visit)
    return found


def _check_links(path: Path, file: h5py.File, column: str) -> None:
    group = file
    for part in column.split("/"):
        link = group.get(part, getlink=True) if isinstance(group, h5py.Group) else None
        if isinstance(link, h5py.SoftLink | h5py.ExternalLink):
            raise ValueError(
                f"`{path}` must hold its own numbers, got a link for {column!r}. Open what it "
                "points to, where you trust it."
            )
        if link is None:
            return  # and `chosen` will say what there is
        group = group[part]


def _check_own(path: Path, name: str, data: h5py.Dataset) -> None:
    made = data.id.get_create_plist()
    if made.get_layout() == h5py.h5d.VIRTUAL or made.get_external_count():
        raise ValueError(
            f"`{path}` must hold its own numbers, got {name!r} stored in other files. Copy it into "
            "one file, where you trust it."
        )
    size = math.prod(data.shape or (0,))
    if data.chunks:
        _check_packed(path, name, data)
        pieces = math.prod(-(-n // c) for n, c in zip(data.shape, data.chunks, strict=True))
        missing = data.id.get_num_chunks() < pieces
    else:
        missing = data.id.get_storage_size() < size * data.id.get_type().get_size()
    if missing:
        raise ValueError(
            f"`{path}` must have all rows of {name!r} written, got some that are not, of "
            f"{data.shape}: they would read as zeros. Write them, or resize the data set."
        )


def _check_packed(path: Path, name: str, data: h5py.Dataset) -> None:
    most = 2 * math.prod(data.chunks) * data.dtype.itemsize + SLACK
    packed = 0

    def visit(chunk: h5py.h5d.StoreInfo) -> None:
        nonlocal packed
        packed = max(packed, chunk.size)

    data.id.chunk_iter(visit)
    if packed > most:
        raise ValueError(
            f"`{path}` must have chunks of at most {most:,} bytes for {name!r}, got one of "
            f"{packed:,}: it would unpack to more than it may hold. Write it again."
        )


def _in_one_piece(data: h5py.Dataset) -> bool:
    plain = h5py.h5t.py_create(data.dtype) == data.id.get_type()
    return plain and data.size > 0 and data.id.get_offset() is not None


def _unpacked(path: Path, name: str, data: h5py.Dataset) -> NDArray:
    rows = data.chunks[0] if data.chunks else ROWS
    rows *= max(1, ROWS // rows)
    width = math.prod(data.shape[1:])
    size = min(rows, len(data)) * width * data.dtype.itemsize
    if size > LARGEST:
        raise ValueError(
            f"`{path}` must have chunks of at most {LARGEST:,} bytes, got {size:,} for a piece of "
            f"{name!r}. Write it in smaller chunks."
        )
    if data.dtype.kind == "S":
        return words(path, _blocks(data, rows))
    check_room(str(path), data.nbytes)
    return spooled(_blocks(data, rows), str(path), len(data))


def _blocks(data: h5py.Dataset, rows: int) -> Iterator[NDArray]:
    width = math.prod(data.shape[1:])
    for start in range(0, max(len(data), 1), rows):
        yield data[start : start + rows].reshape(-1, width)
