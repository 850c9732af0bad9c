"""What others follow, and when they would call it collapse."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ssl_theory.collapse.observation import Observation
from ssl_theory.diagnostics.collapse_level import collapse_level
from ssl_theory.diagnostics.lidar import lidar
from ssl_theory.diagnostics.rank_me import rank_me
from ssl_theory.diagnostics.sphere import coordinate_deviation
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["BURN_IN", "RULES", "followed"]

Series = NDArray[np.floating]

BURN_IN = 40  # probes
ALLOWANCE, LIMIT = 0.5, 6.8


def followed(seen: Observation) -> dict[str, float]:
    """Of the items that are numbers: no rule of these says what to do with the others."""
    seen = seen.sound
    if seen.views is None or len(seen.z) < 3:
        return {}
    return {
        "collapse level": collapse_level(seen.z),
        "RankMe": rank_me(seen.z),
        "LiDAR": lidar([seen.z, seen.views]),
        "std": coordinate_deviation(unit_rows(seen.z), ddof=1),
    }


def below(share: float) -> Callable[[Series], NDArray[np.bool_]]:
    """Less than a share of the largest so far."""
    return lambda x: x < share * np.fmax.accumulate(x)


def cusum(x: Series) -> NDArray[np.bool_]:
    """The cumulative sum of falls, in standard deviations of the burn-in.

    Of independent Gaussian numbers it passes its limit once in 5,500 probes.
    """
    learnt = np.log(x[BURN_IN // 3 : BURN_IN])
    falls = (learnt.mean() - np.log(x)) / max(learnt.std(ddof=1), 1e-9)
    alarms, total = np.zeros(len(x), bool), 0.0
    for t in range(BURN_IN, len(x)):
        total = max(0.0, total + falls[t] - ALLOWANCE)
        alarms[t] = total > LIMIT
    return alarms


RULES: dict[str, tuple[str, Callable[[Series], NDArray[np.bool_]]]] = {
    "collapse level > 0.5": ("collapse level", lambda x: x > 0.5),
    "RankMe < 0.5 max": ("RankMe", below(0.5)),
    "RankMe < 0.9 max": ("RankMe", below(0.9)),
    "LiDAR < 0.5 max": ("LiDAR", below(0.5)),
    "std < 0.9 max": ("std", below(0.9)),
    "CUSUM of log RankMe": ("RankMe", cusum),
}
"""By name, what is followed and the probes at which it raises an alarm."""
