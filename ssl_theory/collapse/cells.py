"""Items divided into cells around centroids, and how much of their spread is left within."""

import numpy as np
from numpy.typing import NDArray

from ssl_theory.collapse.grouping import centred

__all__ = ["cells", "log_spread_within", "squares_in_cells"]

CELLS = 16
ROUNDS = 12
FLOOR = 1e-12  # of the spread, within or between: nearer to nothing than arithmetic tells


def cells(z: NDArray, centres: NDArray, rounds: int) -> tuple[NDArray, NDArray[np.intp]]:
    """Centroids after that many rounds of Lloyd's algorithm, and the cell that each item is in.

    >>> centres, which = cells(np.array([[0.0], [1.0], [9.0]]), np.array([[0.0], [5.0]]), 3)
    >>> centres.ravel().tolist(), which.tolist()
    ([0.5, 9.0], [0, 0, 1])
    """
    which = np.full(len(z), -1)
    for _ in range(rounds):
        nearest = (np.square(centres).sum(1) - 2 * z @ centres.T).argmin(1)
        if np.array_equal(nearest, which):  # so would every further round be
            break
        which = nearest
        members = np.zeros((len(centres), len(z)))
        members[which, np.arange(len(z))] = 1
        counts = members.sum(1)[:, None]
        centres = np.where(counts > 0, members @ z / np.maximum(counts, 1), centres)
    return centres, which


def squares_in_cells(z: NDArray) -> NDArray[np.float64]:
    """Squared distances from each item to its centroid, and from that to the mean, ``(2, items)``.

    The 16 cells start from items evenly spaced in their order, the same ones each time:
    embeddings that change little change them little.
    """
    z = centred(z)
    starts = np.linspace(0, len(z) - 1, min(CELLS, len(z))).astype(np.intp)
    centres, which = cells(z, z[starts], ROUNDS)
    return np.stack([np.square(z - centres[which]).sum(1), np.square(centres).sum(1)[which]])


def log_spread_within(squares: NDArray[np.float64]) -> float:
    """Log odds of the share of the variance that is within cells; 0 of items that coincide.

    >>> tight = np.repeat(np.eye(16), 2, axis=0) + 0.01 * np.resize([-1.0, 1.0], (32, 1))
    >>> round(log_spread_within(squares_in_cells(tight)), 2)
    -6.37
    """
    within, between = squares.sum(1)
    least = FLOOR * (within + between)
    return float(np.log(max(within, least) / max(between, least))) if least else 0.0
