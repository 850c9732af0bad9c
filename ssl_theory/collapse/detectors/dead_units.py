"""Dead units: they give the same number for every item."""

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["dead", "dead_units"]

DORMANT = 0.025  # of the layer's spread
RARE = 0.01  # of items that a unit may respond to and still be of use


def dead(units: np.ndarray) -> np.ndarray:
    """Which units hardly vary: by less than 2.5 % of the root mean square spread of the layer.

    As dormant neurons are told, with the spread in place of the mean size, so that a unit stuck
    at any number is dead, and one that fires for a single item of a thousand is not.
    [sokar2023dormant]

    >>> dead(np.array([[0.0, 1.0], [0.0, 3.0]])).tolist()
    [True, False]
    """
    spread = units.std(0)
    # Rounding alone varies a constant by some units in its last place.
    rounding = 1e-14 * np.abs(units).max(0)
    return (spread <= DORMANT * np.sqrt(np.square(spread).mean())) | (spread <= rounding)


def _measure(seen: Observation) -> dict[str, float]:
    assert seen.units is not None  # it is needed
    return {"share of dead units": float(dead(seen.units).mean())}


def _test(seen: Observation, seed: int) -> list[Evidence]:
    """Of units that respond to one item in a hundred, this many dead are as likely, at the most.

    Markov's bound, for units need not be independent.
    """
    assert seen.units is not None  # they are needed
    items, units = seen.units.shape
    number, chance = dead(seen.units).sum(), (1 - RARE) ** items
    p = min(1.0, units * chance / number) if number else 1.0
    null = "units that respond to one item in a hundred"
    found = number / units
    return [Evidence("share of dead units", found, chance, p, null)]


dead_units = Detector(
    Kind.DEAD_UNITS,
    # A plain share: of none dead there are no log odds, and one in twenty means the same anywhere.
    (Channel("share of dead units", "higher", 0.05),),
    _measure,
    sees="the share of hidden units whose spread is below 2.5 % of the layer's",
    blind_to="units that copy each other, and a layer that shrinks as a whole",
    needs=frozenset({"units"}),
    test=_test,
    against=Against.RULE,
)
