"""Embeddings in a file of ``torch.save``: mapped, and never unpickled beyond tensors."""

import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory.embeddings.choosing import Held, chosen
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.tensors import array_in

__all__ = ["open_pt"]


def open_pt(path: str | os.PathLike[str], column: str | None = None) -> NDArray:
    """The tensor in a ``.pt`` or ``.pth`` file, or the one called ``column`` in a dict or list.

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
        tensors = _tensors(_loaded(path))
        held = {
            name: Held(() if t.is_nested else tuple(t.shape), t.is_floating_point())
            for name, t in tensors.items()
        }
        return array_in(path, tensors[chosen(path, held, column)])


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
