"""Embeddings in a ``.npz`` file: mapped where they are stored, unpacked to disk where deflated."""

import math
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ssl_theory.embeddings.choosing import EMBEDDINGS, Held, Wanted, check_kind, chosen
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.mapping import mapped
from ssl_theory.embeddings.spooling import check_room

__all__ = ["open_npz"]

HEADER = 10_000  # characters that a header of numbers never needs


class _Member(NamedTuple):
    """An array in the archive, by what its own header declares."""

    info: zipfile.ZipInfo
    shape: tuple[int, ...]
    order: str
    dtype: np.dtype
    start: int  # of the numbers, within the unpacked member


def open_npz(
    path: str | os.PathLike[str], column: str | None = None, wanted: Wanted = EMBEDDINGS
) -> NDArray:
    """One array of a ``.npz`` file; ``column`` names it where there are several matrices.

    Nothing is allocated on the word of a header: a zip of a megabyte may declare terabytes.

    Raises
    ------
    OSError
        If there is no such file, it cannot be read, or it unpacks to more than the disk holds.
    ValueError
        If it is not a ``.npz`` file of numbers, is damaged, or leaves open which array is meant.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.savez_compressed(f"{folder}/z.npz", z=np.eye(3), labels=np.arange(3))
    ...     open_npz(f"{folder}/z.npz").shape
    (3, 3)
    """
    path = Path(path)
    with reading(path, ".npz file"), zipfile.ZipFile(path) as archive:
        members = {
            info.filename.removesuffix(".npy"): _member(archive, info)
            for info in archive.infolist()
            if info.filename.endswith(".npy")
        }
        held = {name: Held(m.shape, m.dtype.kind) for name, m in members.items()}
        member = members[chosen(path, held, column, wanted)]
        check_kind(path, member.dtype, wanted)
        declared = member.start + math.prod(member.shape) * member.dtype.itemsize
        if declared != member.info.file_size:
            raise ValueError(
                f"`{path}` must be a whole .npz file, got an array of {declared:,} bytes in a "
                f"member of {member.info.file_size:,}. Write or copy it again."
            )
        if member.info.compress_type == zipfile.ZIP_STORED:
            start = _start_in_archive(path, member.info) + member.start
            return mapped(path, member.dtype, member.shape, start=start, order=member.order)
        check_room(str(path), member.info.file_size)
        with archive.open(member.info) as packed, tempfile.TemporaryFile() as unpacked:
            packed.read(member.start)
            shutil.copyfileobj(packed, unpacked, 2**18)
            unpacked.flush()
            return mapped(unpacked, member.dtype, member.shape, order=member.order)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Member:
    with archive.open(info) as file:
        version = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0
        if version != (1, 0):  # 3.0 differs in the names of fields, which numbers have not
            read = np.lib.format.read_array_header_2_0
        shape, by_columns, dtype = read(file, max_header_size=HEADER)
        if any(length < 0 for length in shape):
            raise ValueError(f"a shape of {shape}")
        return _Member(info, shape, "F" if by_columns else "C", dtype, file.tell())


def _start_in_archive(path: Path, info: zipfile.ZipInfo) -> int:
    """Where the bytes of a member begin: behind a header that ends in a name and extra fields."""
    with path.open("rb") as file:
        file.seek(info.header_offset)
        header = file.read(30)
    lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return info.header_offset + len(header) + lengths
