"""How finely embeddings are written."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Precision", "Written", "precision"]

ROWS = 4096  # examined at a time
MANTISSA = np.uint64(2**52 - 1)
BITS = {
    **{"float8_e5m2": 3, "float8_e4m3fn": 4, "bfloat16": 8},
    **{"float16": 11, "float32": 24, "float64": 53},
}


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

    numpy has neither bfloat16 nor eight-bit floats, so embeddings in them reach it as ``float32``;
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
    seen = Written(z.dtype.name)
    for start in range(0, len(z), ROWS):
        seen.add(z[start : start + ROWS])
        if seen.settled:
            break
    return seen.precision


class Written:
    """How finely the numbers that pass are written, of a dtype that may be finer."""

    def __init__(self, dtype: str) -> None:
        self._native = dtype if dtype in BITS else "float64"
        self._used, self._largest, self._last = 1, 0.0, math.inf
        self.settled = BITS[self._native] < BITS["float32"]
        """Whether more numbers can change nothing."""

    def add(self, rows: NDArray) -> None:
        """Take in some rows."""
        if self.settled:
            return
        values = np.asarray(rows, np.float64).ravel()
        self._used = max(self._used, _used_bits(values))
        self.settled = self._used > max(b for b in BITS.values() if b < BITS[self._native])
        self._largest = max(self._largest, float(np.abs(values).max(initial=0.0)))
        self._last = min(self._last, _last_place(values)) if not self.settled else self._last

    @property
    def precision(self) -> Precision:
        """Of everything so far."""
        if self.settled:
            return Precision(self._native)
        coarse = next(name for name, bits in BITS.items() if bits >= self._used)
        grid = math.frexp(self._largest)[1] - BITS[coarse]
        # Small values that are written no more finely than the largest lie on a fixed grid.
        on_a_grid = self._largest == 0 or self._last >= grid
        return Precision(self._native if on_a_grid else coarse)


def _used_bits(values: NDArray[np.float64]) -> int:
    mantissas = int(np.bitwise_or.reduce(values.view(np.uint64) & MANTISSA))
    return 53 - ((mantissas & -mantissas).bit_length() - 1) if mantissas else 1


def _last_place(values: NDArray[np.float64]) -> float:
    """The exponent of the last bit that is used anywhere."""
    values = values[values != 0]
    if not len(values):
        return math.inf
    mantissas, exponents = np.frexp(values)
    whole = np.ldexp(mantissas, 53).astype(np.int64)
    return float((exponents - 54 + np.frexp((whole & -whole).astype(np.float64))[1]).min())
