"""Embeddings in a folder that Hugging Face's ``Dataset.save_to_disk`` has written."""

import json
import os
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from ssl_theory.embeddings.arrow import open_shards
from ssl_theory.embeddings.choosing import EMBEDDINGS, Wanted
from ssl_theory.embeddings.damage import reading

__all__ = ["open_hugging_face"]


def open_hugging_face(
    path: str | os.PathLike[str], column: str | None = None, wanted: Wanted = EMBEDDINGS
) -> NDArray:
    """The column of lists called ``column`` of a data set on disk, its shards in their order.

    Only files of the folder itself are opened: neither what links nor what names with ``..`` in
    them point to.

    Raises
    ------
    OSError
        If a shard is missing or cannot be read, or the disk has no room for the numbers.
    ValueError
        If it is damaged, has several splits or rows without an embedding, or leaves open which
        column is meant.
    """
    path = Path(path)
    kind = "data set of Hugging Face"
    with reading(path, kind):
        if (path / "dataset_dict.json").exists():
            splits = list(_read(path / "dataset_dict.json")["splits"])
            if len(splits) != 1:
                raise ValueError(
                    f"`{path}` must be one split of a data set, got {len(splits)}: "
                    f"{', '.join(map(repr, splits))[:120]}. Name the folder of one."
                )
            path = _inside(path, splits[0])
        state = _read(path / "state.json")
        if state.get("_indices_data_files"):
            raise ValueError(
                f"`{path}` must hold its rows in order, got a selection by a file of indices. Save "
                "dataset.flatten_indices() to disk."
            )
        shards = [_inside(path, file["filename"]) for file in state["_data_files"]]
        if not shards:
            raise ValueError(f"`{path}` must hold rows, got a data set of none. Save it again.")
        return open_shards(path, shards, column, wanted)


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    if Path(name).name != name or path.is_symlink():
        raise ValueError(
            f"`{folder}` must hold its own files, got {name[:60]!r}, which leads elsewhere. Save "
            "the data set to disk again."
        )
    return path
