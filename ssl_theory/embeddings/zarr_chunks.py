"""Whether the chunks of a Zarr array are there and whole, before anything unpacks them.

What is missing would read as zeros, in a shard too; and what Blosc is given, it believes: it reads
on in memory behind a chunk that was cut off.
"""

import itertools
import math
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import zarr

__all__ = ["LARGEST", "check_chunks"]

LARGEST = 2**30  # bytes of a chunk, which is unpacked in memory
ABSENT = 2**64 - 1  # where a shard's index says where a chunk lies
CHECKSUMS = {"crc32c": 4}  # bytes that follow a chunk


class _Piece(NamedTuple):
    """An encoded chunk, which may be a part of a file."""

    file: Path
    start: int
    size: int


def check_chunks(
    path: Path, name: str, array: zarr.Array, metadata: dict[str, Any], files: set[str]
) -> None:
    """Refuse an array of which anything is missing or may be read beyond its end.

    ``files`` are those of the folder ``path``, where the array is called ``name``.
    """
    codecs = _names(metadata)
    shard = next((c for c in metadata.get("codecs") or [] if _name(c) == "sharding_indexed"), None)
    if shard and codecs[-1] == "sharding_indexed":
        pieces = _of_shards(path, name, array, shard["configuration"], files)
        codecs = _names(shard["configuration"])
    else:
        pieces = _of_files(path, name, array, files)
    after = codecs[codecs.index("blosc") + 1 :] if "blosc" in codecs else []
    if "sharding_indexed" in codecs or not set(after) <= set(CHECKSUMS):
        raise ValueError(
            f"`{path}` must have chunks that are packed once, got codecs "
            f"{', '.join(map(repr, codecs))[:120]} for {name!r}. Write it with zstd or blosc alone."
        )
    for piece in pieces:
        if "blosc" in codecs:
            _check_blosc(path, piece, sum(CHECKSUMS[codec] for codec in after))


def _name(codec: Any) -> str:
    name = codec if isinstance(codec, str) else codec.get("id", codec.get("name"))
    return str(name).removeprefix("numcodecs.")


def _names(metadata: dict[str, Any]) -> list[str]:
    """Of the codecs, in the order in which they pack."""
    chain = metadata.get("codecs") or [
        *(metadata.get("filters") or []),
        *filter(None, [metadata.get("compressor")]),
    ]
    return [_name(codec) for codec in chain]


def _of_files(path: Path, name: str, array: zarr.Array, files: set[str]) -> Iterator[_Piece]:
    for _, file in _files(path, name, array, array.shards or array.chunks, files):
        yield _Piece(file, 0, file.stat().st_size)


def _files(
    path: Path, name: str, array: zarr.Array, shape: Sequence[int], files: set[str]
) -> Iterator[tuple[tuple[int, ...], Path]]:
    counts = [-(-n // c) for n, c in zip(array.shape, shape, strict=True)]
    if math.prod(counts) > len(files):
        _refuse_missing(path, name, array)
    for place in itertools.product(*map(range, counts)):
        key = f"{name}/{array.metadata.encode_chunk_key(place)}".removeprefix("/")
        if key not in files:
            _refuse_missing(path, name, array)
        yield place, path / key


def _of_shards(
    path: Path, name: str, array: zarr.Array, made: dict[str, Any], files: set[str]
) -> Iterator[_Piece]:
    shards, chunks = array.shards or (), array.chunks
    inside = [s // c for s, c in zip(shards, chunks, strict=True)]
    size = 16 * math.prod(inside) + sum(
        CHECKSUMS.get(_name(codec), 0) for codec in made["index_codecs"]
    )
    for place, file in _files(path, name, array, shards, files):
        with file.open("rb") as shard:
            if made.get("index_location", "end") == "end":
                shard.seek(-size, 2)
            index = np.frombuffer(shard.read(size)[: 16 * math.prod(inside)], "<u8")
        corners = np.moveaxis(np.indices(inside), 0, -1).reshape(-1, len(inside))
        corners = corners * chunks + np.multiply(place, shards)
        for corner, (start, length) in zip(corners, index.reshape(-1, 2).tolist(), strict=True):
            if (corner < array.shape).all():
                if ABSENT in (start, length):
                    _refuse_missing(path, name, array)
                yield _Piece(file, start, length)


def _refuse_missing(path: Path, name: str, array: zarr.Array) -> None:
    raise ValueError(
        f"`{path}` must have all chunks of {name!r}, got some that are not there, of "
        f"{array.shape}: they would read as {array.fill_value}. Write them, and chunks of zeros by "
        "write_empty_chunks=True."
    )


def _check_blosc(path: Path, piece: _Piece, checksum: int) -> None:
    with piece.file.open("rb") as file:
        file.seek(piece.start)
        header = file.read(min(16, piece.size))
    unpacked, _, packed = struct.unpack("<4xIII", header)
    end = piece.start + piece.size
    if packed != piece.size - checksum or end > piece.file.stat().st_size or unpacked > LARGEST:
        raise ValueError(
            f"`{path}` must have whole chunks, got one of {piece.size:,} bytes that says it has "
            f"{packed:,} and unpacks to {unpacked:,}. Write or copy it again."
        )
