"""Embeddings in a ``.safetensors`` file, mapped, whatever their precision."""

import os
from pathlib import Path

from numpy.typing import NDArray
from safetensors import safe_open

from ssl_theory.embeddings.choosing import EMBEDDINGS, Held, Wanted, chosen
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.tensors import array_in

__all__ = ["open_safetensors"]


def open_safetensors(
    path: str | os.PathLike[str], column: str | None = None, wanted: Wanted = EMBEDDINGS
) -> NDArray:
    """The tensor called ``column`` in a ``.safetensors`` file, or the only matrix there is.

    Through torch, because numpy lacks bfloat16.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read.
    ValueError
        If it is damaged, holds no matrix, or leaves open which one is meant.

    Examples
    --------
    >>> import tempfile, torch, safetensors.torch
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     safetensors.torch.save_file({"z": torch.eye(3)}, f"{folder}/z.safetensors")
    ...     open_safetensors(f"{folder}/z.safetensors").shape
    (3, 3)
    """
    path = Path(path)
    with reading(path, ".safetensors file"), safe_open(path, framework="pt") as file:
        slices = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118
        held = {
            name: Held(tuple(part.get_shape()), _kind(part.get_dtype()))
            for name, part in slices.items()
        }
        return array_in(path, file.get_tensor(chosen(path, held, column, wanted)))


def _kind(dtype: str) -> str:
    """
    >>> [_kind(dtype) for dtype in ("F32", "BF16", "F8_E4M3", "I64", "U8", "BOOL")]
    ['f', 'f', 'f', 'i', 'u', 'b']
    """
    return "f" if "F" in dtype else dtype[0].lower()
