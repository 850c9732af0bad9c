"""A statistic where it is defined."""

from collections.abc import Callable

import numpy as np

__all__ = ["number", "unit_of"]


def number(statistic: Callable[[], float]) -> float | None:
    """Its value, or none if that is infinite or its arguments have none.

    >>> number(lambda: 2.0), number(lambda: np.log(0.0)), number(lambda: int("two"))
    (2.0, None, None)
    """
    with np.errstate(all="ignore"):
        try:
            value = float(statistic())
        except ValueError:
            return None
    return value if np.isfinite(value) else None


def unit_of(rows: np.ndarray) -> float:
    """The power of two below the largest size: what is divided by it keeps all its bits.

    >>> unit_of(np.array([[-5.0, 3.0]])), unit_of(np.zeros((1, 1)))
    (4.0, 1.0)
    """
    return float(np.exp2(np.floor(np.log2(max(rows.max(), -rows.min()) or 1.0))))
