"""Embeddings in a Zarr folder, of either version, unpacked to disk."""

import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import numpy as np
import zarr
from numpy.typing import NDArray
from zarr.storage import LocalStore

from ssl_theory.embeddings.choosing import EMBEDDINGS, Held, Wanted, check_shape, chosen
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.spooling import ROWS, check_room, spooled
from ssl_theory.embeddings.words import words
from ssl_theory.embeddings.zarr_chunks import LARGEST, check_chunks

__all__ = ["open_zarr"]

HARMLESS = {  # codecs that turn bytes into numbers; one that numcodecs has runs programs: pickle
    *("bytes", "transpose", "sharding_indexed", "crc32c", "crc32", "adler32", "fletcher32"),
    *("blosc", "zstd", "gzip", "zlib", "lz4", "bz2", "lzma"),
    *("shuffle", "delta", "bitround", "fixedscaleoffset", "quantize"),
}
TEXT = {"string": "O", "fixed_length_utf32": "U", "null_terminated_bytes": "S"}


def open_zarr(
    path: str | os.PathLike[str], column: str | None = None, wanted: Wanted = EMBEDDINGS
) -> NDArray:
    """The array called ``column``, or the only matrix of floats below a Zarr folder.

    Only files of the folder itself are read, and only by codecs that run nothing. Chunks that are
    not there are refused: Zarr would pass them off as zeros.

    Raises
    ------
    OSError
        If the disk has no room for the numbers, or they cannot be read.
    ValueError
        If it is damaged, unsafe, holds no whole matrix, or leaves open which one is meant.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = zarr.create_array(f"{folder}/z.zarr", data=np.eye(3))
    ...     open_zarr(f"{folder}/z.zarr").shape
    (3, 3)
    """
    path = Path(path)
    with reading(path, "Zarr folder"):
        files = _files(path)
        found = dict(_arrays(path, files))
        held = {name: _held(metadata) for name, (_, metadata) in found.items()}
        name = chosen(path, held, None if column is None else column.strip("/"), wanted)
        version, metadata = found[name]
        if held[name].kind not in wanted.kinds:
            kind = str(metadata.get("dtype", metadata.get("data_type")))[:60]
            raise ValueError(
                f"`{path}` must hold {wanted.contents}, got {kind} for {name!r}. Name another "
                f"array as `column`. {wanted.remedy}"
            )
        unknown = sorted(set(_codecs(metadata)) - HARMLESS)
        if unknown:
            raise ValueError(
                f"`{path}` must be unpacked by codecs that run nothing, got "
                f"{', '.join(map(repr, unknown))[:120]}. Write it with zstd or blosc."
            )
        array = zarr.open_array(
            LocalStore(path / name, read_only=True), mode="r", zarr_format=version
        )
        check_shape(path, name, array.shape, wanted)
        check_chunks(path, name, array, metadata, files)
        return _unpacked(path, name, array)


def _files(path: Path) -> set[str]:
    """Of the folder and those below it, by their paths from there."""
    files: set[str] = set()
    for folder, folders, names in os.walk(path):
        for name in [*folders, *names]:
            if (Path(folder) / name).is_symlink():
                raise ValueError(
                    f"`{path}` must hold its own files, got a link, {name[:60]!r}. Copy what it "
                    "points to, where you trust it."
                )
        here = Path(folder).relative_to(path)
        files.update((here / name).as_posix() for name in names)
    return files


def _arrays(path: Path, files: set[str]) -> Iterator[tuple[str, tuple[Literal[2, 3], Any]]]:
    for file in sorted(files):
        folder, _, name = file.rpartition("/")
        if name in (".zarray", "zarr.json"):
            metadata = json.loads((path / file).read_bytes())
            version: Literal[2, 3] = 2 if name == ".zarray" else 3
            if version == 2 or metadata["node_type"] == "array":
                yield folder, (version, metadata)


def _held(metadata: Any) -> Held:
    if "dtype" in metadata:
        kind = str(metadata["dtype"]).lstrip("<>|")[:1]
        return Held(tuple(metadata["shape"]), kind)
    kind = metadata["data_type"]
    kind = str(kind["name"] if isinstance(kind, dict) else kind)
    return Held(tuple(metadata["shape"]), TEXT.get(kind, kind[:1]))


def _codecs(metadata: Any) -> Iterator[str]:
    for key in ("compressor", "filters", "codecs", "index_codecs"):
        value = metadata.get(key) or []
        for codec in value if isinstance(value, list) else [value]:
            if isinstance(codec, str):
                yield codec
                continue
            names = [codec[word] for word in ("id", "name") if word in codec]
            yield from (str(name).removeprefix("numcodecs.") for name in names)
            yield from _codecs(codec.get("configuration") or {})


def _unpacked(path: Path, name: str, array: zarr.Array) -> NDArray:
    chunks = array.shards or array.chunks
    rows = chunks[0] * max(1, ROWS // chunks[0])
    width = math.prod(array.shape[1:])
    size = min(rows, array.shape[0]) * width * array.dtype.itemsize
    if max(size, math.prod(chunks) * array.dtype.itemsize) > LARGEST:
        raise ValueError(
            f"`{path}` must have chunks of at most {LARGEST:,} bytes, got {size:,} for a piece of "
            f"{name!r}. Write it in smaller chunks."
        )
    starts = range(0, max(array.shape[0], 1), rows)
    blocks = (np.asarray(array[at : at + rows]).reshape(-1, width) for at in starts)
    if array.dtype.kind in "SU":
        return words(path, blocks)
    check_room(str(path), array.nbytes)
    return spooled(blocks, str(path), array.shape[0])
