"""Embeddings that are in memory already, or come in batches."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.dlpack import from_dlpack

from ssl_theory.embeddings.spooling import spooled

__all__ = ["array_of", "from_memory"]


def from_memory(source: Any) -> NDArray:
    """An array from any library that speaks DLPack, or the batches of an iterable below each other.

    >>> from_memory(iter([torch.ones(2, 3), np.zeros((1, 3), np.float32)])).tolist()
    [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]
    """
    if hasattr(source, "__dlpack__") or isinstance(source, np.ndarray):
        return array_of(source)
    return spooled((array_of(batch) for batch in source), "batches")


def array_of(source: Any) -> NDArray:
    """The same numbers for numpy, which has neither bfloat16 nor eight-bit floats: as float32.

    Shared memory is handed out read-only.
    """
    if isinstance(source, np.ndarray):
        return source
    if isinstance(source, list | tuple) or not hasattr(source, "__dlpack__"):
        return _from_rows(source)
    try:
        tensor = source if isinstance(source, torch.Tensor) else from_dlpack(source)
    except (AttributeError, BufferError, RuntimeError, TypeError) as error:
        raise ValueError(
            f"`path` must be an array that DLPack can hand over, got {type(source).__name__}: "
            f"{' '.join(str(error).split())[:120]}. Convert it to numpy first."
        ) from None
    tensor = tensor.detach().resolve_conj().resolve_neg().cpu()
    if tensor.is_floating_point() and tensor.dtype not in _KNOWN_TO_NUMPY:
        tensor = tensor.float()
    array = tensor.numpy().view()
    array.flags.writeable = False
    return array


_KNOWN_TO_NUMPY = {torch.float16, torch.float32, torch.float64}


def _from_rows(rows: Iterable[Any]) -> NDArray:
    try:
        return np.asarray(rows)
    except ValueError as error:
        raise ValueError(
            f"`batches` must hold arrays of shape (items, dimensions), got ragged rows: {error}. "
            "Give every item the same number of dimensions."
        ) from None
