"""A tensor that lies in a file, as an array that lies there too."""

from pathlib import Path

import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory.embeddings.batches import array_of
from ssl_theory.embeddings.spooling import ROWS, check_room, spooled

__all__ = ["array_in"]

WIDENED = (torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2)


def array_in(path: Path, tensor: Tensor) -> NDArray:
    """The numbers of a mapped tensor; those that numpy lacks become float32, block by block.

    Raises
    ------
    ValueError
        If its numbers do not all lie in the file.
    """
    if tensor.layout != torch.strided or tensor.is_nested or tensor.is_quantized:
        kind = "nested" if tensor.is_nested else str(tensor.dtype).removeprefix("torch.")
        kind = kind if tensor.layout == torch.strided else str(tensor.layout).removeprefix("torch.")
        raise ValueError(
            f"`{path}` must hold a dense tensor, got one that is {kind}. Save tensor.to_dense(), "
            "tensor.dequantize() or a padded one."
        )
    if tensor.device.type != "cpu":
        raise ValueError(
            f"`{path}` must hold numbers, got a tensor on {tensor.device.type!r}, which has none. "
            "Save the one with the numbers."
        )
    size = tensor.numel() * tensor.itemsize
    if size > tensor.untyped_storage().nbytes():
        raise ValueError(
            f"`{path}` must hold all its numbers, got a tensor of {size:,} bytes that repeats the "
            f"{tensor.untyped_storage().nbytes():,} it stores. Save tensor.contiguous()."
        )
    if tensor.is_floating_point() and tensor.itemsize < 2 and tensor.dtype not in WIDENED:
        raise ValueError(
            f"`{path}` must hold numbers of at least 8 bits, got "
            f"{str(tensor.dtype).removeprefix('torch.')}. Save tensor.float()."
        )
    if tensor.dtype in WIDENED and tensor.ndim == 2:
        check_room(str(path), 4 * tensor.numel())
        starts = range(0, max(len(tensor), 1), ROWS)
        return spooled((array_of(tensor[at : at + ROWS]) for at in starts), str(path), len(tensor))
    return array_of(tensor)
