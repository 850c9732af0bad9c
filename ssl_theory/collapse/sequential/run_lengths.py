"""How long a rule runs before its alarm, found by running it on many streams at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.collapse.sequential.burn_in import Reference, learn
from ssl_theory.collapse.sequential.cusum import cusum
from ssl_theory.collapse.sequential.e_detector import (
    RATES,
    cusum_detector,
    e_values,
    shiryaev_roberts,
    wealth,
)

__all__ = [
    "RULES",
    "Rule",
    "average_run_length",
    "first_alarms",
    "gathered",
    "mean_delay",
    "watched",
]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Rule:
    """A state that is updated by each number, larger being worse, and alarms at a threshold.

    States and e-values have an axis of rates, over which they are averaged.
    """

    name: str
    threshold: float
    update: Callable[[Any, Any], Array]
    start: float = 0.0

    def alarms(self, x: ArrayLike) -> NDArray[np.intp]:
        """The :func:`first_alarms` of streams ``(..., n)``."""
        return first_alarms(self.run(x), self.threshold)

    def run(self, x: ArrayLike) -> Array:
        """The state after each of ``(..., n)`` numbers."""
        x = np.asarray(x, np.float64)
        state = np.full((*x.shape[:-1], 1), self.start)
        states = np.empty(x.shape)
        for t in range(x.shape[-1]):
            state = self.update(state, x[..., t])
            states[..., t] = state.mean(-1)
        return states


def first_alarms(states: ArrayLike, threshold: float) -> NDArray[np.intp]:
    """The step, from 0, at which each of ``(..., n)`` first passes the threshold; ``n`` if none."""
    passed = np.asarray(states) >= threshold
    return np.where(passed.any(-1), passed.argmax(-1), passed.shape[-1])


def watched(values: ArrayLike, burn_in: int, tolerance: float = 0.0, channels: int = 1) -> Array:
    """The evidence against streams ``(..., n)`` after the burn-in that they begin with, as a
    monitor gathers it of one of so many channels, which it averages over; see
    :func:`~ssl_theory.collapse.sequential.burn_in.threshold`."""
    y = np.asarray(values, np.float64)
    return gathered(learn(y[..., :burn_in], channels), y[..., burn_in - 1 :], tolerance)


def gathered(reference: Reference, values: ArrayLike, tolerance: float = 0.0) -> Array:
    """The evidence at each number of streams ``(..., n)`` but the first, of known reference."""
    y = np.asarray(values, np.float64)
    state = np.zeros((*y.shape[:-1], len(RATES)))
    found = np.empty((*y.shape[:-1], y.shape[-1] - 1))
    for t in range(1, y.shape[-1]):
        x = reference.increment(y[..., t], y[..., t - 1], tolerance)
        state = shiryaev_roberts(state, e_values(x))
        found[..., t - 1] = state.mean(-1)
    return found


def average_run_length(first: ArrayLike, length: int) -> tuple[float, float]:
    """Steps for each alarm, and the standard error, from :func:`first_alarms` of streams that were
    watched for ``length`` steps or up to their alarm."""
    first = np.asarray(first)
    alarms = int((first < length).sum())
    exposure = float(np.minimum(first + 1, length).sum())
    return (exposure / alarms, exposure / alarms**1.5) if alarms else (np.inf, np.inf)


def mean_delay(first: ArrayLike, change: int) -> tuple[float, float]:
    """Steps from a change to the alarm, counting that of the change, and the standard error; of
    streams without an alarm before."""
    first = np.asarray(first)
    delays = first[first >= change] - change + 1
    return float(delays.mean()), float(delays.std(ddof=1) / np.sqrt(len(delays)))


def _evidence(step: Callable[[Any, Any], Array]) -> Callable[[Any, Any], Array]:
    return lambda state, x: step(state, e_values(x, RATES))


def _sum(state: Any, x: Any) -> Array:
    return cusum(state, np.asarray(x)[..., None])


def _latest(state: Any, x: Any) -> Array:
    return np.asarray(x)[..., None] + 0 * state


RULES = (
    Rule("z > 3.29", 3.29, _latest),
    Rule("CUSUM k=.5 h=5", 5.0, _sum),
    Rule("CUSUM k=.5 h=6.8", 6.8, _sum),
    Rule("Shiryaev-Roberts 1000", 1000.0, _evidence(shiryaev_roberts)),
    Rule("CUSUM e-detector 1000", 1000.0, _evidence(cusum_detector)),
    Rule("e-process .01", 100.0, _evidence(wealth), start=1.0),
)
