"""Whether the chunks of a Zarr array are there and whole, before anything unpacks them.

What is missing would read as zeros, in a shard too. Blosc believes its header, and reads on in
memory behind a chunk that was cut off. Kilobytes of Zstandard may unpack to as many gigabytes.
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
SLACK = 4096  # bytes of headers


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
    packing = [codec for codec in codecs if codec not in CHECKSUMS]
    inner = {"sharding_indexed", "blosc", "zstd"} & set(packing[:-1])
    if inner or packing[-1:] == ["sharding_indexed"]:
        raise ValueError(
            f"`{path}` must have chunks that are packed once, got codecs "
            f"{', '.join(map(repr, codecs))[:120]} for {name!r}. Write it with zstd or blosc alone."
        )
    last = packing[-1] if packing else ""
    checksums = sum(CHECKSUMS.get(codec, 0) for codec in codecs)
    most = 2 * math.prod(array.chunks) * array.dtype.itemsize + SLACK  # some filters double it
    for piece in pieces:
        promised = _promised(piece, last, checksums)
        if promised is None or max(promised, piece.size) > most:
            raise ValueError(
                f"`{path}` must have whole chunks of at most {most:,} bytes, got one of "
                f"{piece.size:,} that promises {'no length' if promised is None else promised}. "
                "Write or copy it again."
            )


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


def _promised(piece: _Piece, codec: str, checksums: int) -> int | None:
    """To how many bytes a chunk says that it unpacks; none if it is not whole, or does not say."""
    with piece.file.open("rb") as file:
        file.seek(piece.start)
        header = file.read(min(18, piece.size))
    if piece.start + piece.size > piece.file.stat().st_size:
        return None
    if codec == "blosc":
        unpacked, _, packed = struct.unpack("<4xIII", header[:16])
        return unpacked if packed == piece.size - checksums else None
    if codec == "zstd":
        return _zstandard(header)
    return 0


def _zstandard(header: bytes) -> int | None:
    """The content size in a frame's header, as RFC 8878 has it."""
    descriptor = header[4]
    single = descriptor >> 5 & 1
    width = (single, 2, 4, 8)[descriptor >> 6]
    start = 6 - single + (0, 1, 2, 4)[descriptor & 3]
    size = int.from_bytes(header[start : start + width], "little") + (256 if width == 2 else 0)
    return size if width else None
