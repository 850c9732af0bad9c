"""How much trajectories of embeddings turn at every step."""

from typing import Any

import numpy as np

from ssl_theory.arrays import check_embeddings

__all__ = ["curvature"]


def curvature(trajectory: Any) -> float:
    r"""The mean angle between one step of a trajectory and the next, in radians.

    0 along a straight line and :math:`\pi` for a point that goes back and forth. Steps of a random
    walk turn by :math:`\pi / 2`; *independent items in any order* by more, because two steps
    share the item between them with opposite signs: in high dimension by :math:`2\pi/3`.
    [hosseini2023straight]

    Rotations, units and translations change nothing; the order of the items is what it is about.

    Parameters
    ----------
    trajectory
        Embeddings ``(times, dimensions)`` in the order of time, 3 or more, none equal to the next.

    Examples
    --------
    Around a square, a right angle at every corner:

    >>> curvature([[0.0, 0], [1, 0], [1, 1], [0, 1]]) / np.pi
    0.5
    """
    z = np.asarray(check_embeddings(trajectory, "trajectory", minimum=3), np.float64)
    steps = np.diff(z, axis=0)
    lengths = np.linalg.norm(steps, axis=1, keepdims=True)
    if not lengths.all():
        where = int(np.flatnonzero(lengths[:, 0] == 0)[0])
        raise ValueError(
            f"`trajectory` must move at every step, got equal items {where} and {where + 1}: no "
            "step has no direction. Drop repeated items."
        )
    one, other = (steps / lengths)[:-1], (steps / lengths)[1:]
    # From sums and differences, since an arc cosine has no digits near a straight line.
    angles = 2 * np.arctan2(
        np.linalg.norm(one - other, axis=1), np.linalg.norm(one + other, axis=1)
    )
    return float(angles.mean())
