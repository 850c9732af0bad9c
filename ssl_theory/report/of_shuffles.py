"""What a measurement would be if items had nothing to do with what they are compared with."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ssl_theory.nulls.isotropic import p_value
from ssl_theory.nulls.shuffled import shuffled_null
from ssl_theory.report.value import Expectation

__all__ = ["FEWEST", "of_shuffles"]

FEWEST = 19  # shuffles that a p-value takes


def of_shuffles(
    statistic: Callable[[Any, Any], float],
    items: Any,
    others: Any,
    *,
    of: str,
    value: float,
    affordable: float,
) -> Expectation:
    """The mean over as many shuffles as are affordable, up to 19, and with 19 how often so small.

    >>> apart = lambda x, y: float(np.square(np.subtract(x, y)).sum())
    >>> found = of_shuffles(apart, [0, 9], np.array([0, 9]), of="others", value=0.0, affordable=30)
    >>> found.p_value > 0.05 and 0 < found.value < 162
    True
    """
    draws = int(np.clip(affordable, 1, FEWEST))
    shuffled = shuffled_null(statistic, items, others, draws=draws)
    chance = p_value(value, shuffled, larger=False) if draws == FEWEST else None
    return Expectation(of, float(shuffled.mean()), chance)
