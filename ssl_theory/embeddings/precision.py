"""How finely embeddings are written."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Precision", "precision"]

ROWS = 4096  # examined at a time
MANTISSA = np.uint64(2**52 - 1)
BITS = {"bfloat16": 8, "float16": 11, "float32": 24, "float64": 53}


@dataclass(frozen=True)
class Precision:
    """The coarsest format that holds every value unchanged."""

    format: str

    @property
    def bits(self) -> int:
        """Significant bits, the leading one included."""
        return BITS[self.format]

    @property
    def roundoff(self) -> float:
        """The relative error of writing a number: half the gap from 1 to the next one."""
        return 2.0**-self.bits


def precision(z: ArrayLike) -> Precision:
    r"""What rounding the values of ``z`` have been through, whatever dtype they have now.

    numpy has no bfloat16, so the embeddings of a model trained in it reach a file as ``float32``;
    a detour through pandas or a list makes them ``float64``. The zeros at the end of every mantissa
    tell. They do not tell for numbers on a *fixed* grid, such as counts or one-hot rows, which are
    exact: those keep the precision of their dtype.

    Examples
    --------
    >>> z = np.random.default_rng(0).normal(size=(100, 8))
    >>> precision(z).format, precision(z.astype("float32").astype("float64")).format
    ('float64', 'float32')
    >>> precision(np.eye(5)).format
    'float64'
    """
    z = np.asanyarray(z)
    if z.dtype == np.float16:
        return Precision("float16")
    native = "float32" if z.dtype == np.float32 else "float64"
    finest = max(bits for bits in BITS.values() if bits < BITS[native])
    used, largest = 1, 0.0
    for block in _blocks(z):
        used = max(used, _used_bits(block))
        largest = max(largest, float(np.abs(block).max(initial=0.0)))
        if used > finest:
            return Precision(native)
    coarse = next(name for name, bits in BITS.items() if bits >= used)
    if largest == 0 or _on_a_grid(z, math.ldexp(1.0, math.frexp(largest)[1] - BITS[coarse])):
        return Precision(native)
    return Precision(coarse)


def _blocks(z: NDArray) -> Iterator[NDArray[np.float64]]:
    return (z[start : start + ROWS].astype(np.float64) for start in range(0, len(z), ROWS))


def _used_bits(block: NDArray[np.float64]) -> int:
    mantissas = int(np.bitwise_or.reduce(block.view(np.uint64) & MANTISSA, axis=None))
    return 53 - ((mantissas & -mantissas).bit_length() - 1) if mantissas else 1


def _on_a_grid(z: NDArray, step: float) -> bool:
    """Whether small values are written no more finely than the largest."""
    return all(not np.fmod(block, step).any() for block in _blocks(z))
