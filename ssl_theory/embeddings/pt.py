"""Embeddings in a file of ``torch.save``: mapped, and never unpickled beyond tensors."""

import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory.embeddings.choosing import EMBEDDINGS, LABELS, Held, Wanted, chosen
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.tensors import array_in
from ssl_theory.embeddings.words import words

__all__ = ["open_pt"]


def open_pt(
    path: str | os.PathLike[str], column: str | None = None, wanted: Wanted = EMBEDDINGS
) -> NDArray:
    """The tensor in a ``.pt`` or ``.pth`` file, or the one called ``column`` in a dict or list.

    Labels may also be a list.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read.
    ValueError
        If it holds no dense tensor, is damaged, or would have to run a program to be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     torch.save({"z": torch.eye(3), "labels": torch.arange(3)}, f"{folder}/z.pt")
    ...     open_pt(f"{folder}/z.pt").shape
    (3, 3)
    """
    path = Path(path)
    with reading(path, "file of torch.save"):
        loaded = _loaded(path)
        tensors = _tensors(loaded)
        lists = _lists(path, loaded) if wanted is LABELS else {}
        held = {name: _held(tensor) for name, tensor in tensors.items()}
        held |= {name: Held(array.shape, array.dtype.kind) for name, array in lists.items()}
        name = chosen(path, held, column, wanted)
        return lists[name] if name in lists else array_in(path, tensors[name])


def _loaded(path: Path) -> Any:
    try:
        return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except pickle.UnpicklingError:
        unsafe = sorted(torch.serialization.get_unsafe_globals_in_checkpoint(path))
        if not unsafe:
            raise
        raise ValueError(
            f"`{path}` must hold tensors alone, got also {', '.join(unsafe)[:120]!r}, and "
            "unpickling can run any program. Where you trust it, save "
            "torch.as_tensor(embeddings) instead."
        ) from None


def _tensors(content: Any) -> dict[str, Tensor]:
    if isinstance(content, Tensor):
        return {"": content}
    if isinstance(content, list | tuple):
        content = dict(enumerate(content))
    if isinstance(content, Mapping):
        return {str(name): item for name, item in content.items() if isinstance(item, Tensor)}
    return {}


def _held(tensor: Tensor) -> Held:
    kinds = {torch.bool: "b", torch.uint8: "u"}
    kind = "f" if tensor.is_floating_point() else "c" if tensor.is_complex() else "i"
    return Held(() if tensor.is_nested else tuple(tensor.shape), kinds.get(tensor.dtype, kind))


def _lists(path: Path, content: Any) -> dict[str, NDArray]:
    """The lists of whole numbers or of text."""
    named = content if isinstance(content, Mapping) else {"": content}
    found: dict[str, NDArray] = {}
    for name, items in named.items():
        if isinstance(items, list | tuple) and items:
            if all(isinstance(item, str) for item in items):
                found[str(name)] = words(path, [items])
            elif all(isinstance(item, int) for item in items):
                found[str(name)] = np.asarray(items)
    return found
