"""Which coordinates say nothing, or say it rarely."""

import numpy as np
from numpy.typing import NDArray

from ssl_theory.report.value import Measurement

__all__ = ["of_units"]

GROUP = "Coordinates"


def of_units(rows: NDArray[np.float64]) -> list[Measurement]:
    """Coordinates that are constant or zero, as the units of a rectified layer are when dead.

    Parameters
    ----------
    rows
        Items ``(n, d)`` in float64. Of a sample: a unit that is dead in it may be alive elsewhere.
    """
    n, d = rows.shape
    zero = rows == 0
    rarely = f"A unit that is alive for {min(1.0, 3 / n):.2g} of all items shows at 95 %"
    return [
        Measurement(
            "constant coordinates",
            int(np.sum(np.ptp(rows, axis=0) == 0)),
            f"of {d:,}",
            "coordinates of which all items have the same value, to the last bit",
            "they tell nothing about any item",
            group=GROUP,
        ),
        Measurement(
            "dead units",
            int(np.sum(zero.all(0))),
            f"of {d:,}",
            "coordinates that are zero for all items",
            "units that a rectifier has cut off",
            rarely,
            group=GROUP,
        ),
        Measurement(
            "share of zeros",
            float(zero.mean()),
            "of 1",
            "coordinates of items that are exactly zero",
            "0 without a rectifier; near 1, items are sparse codes",
            group=GROUP,
        ),
    ]
