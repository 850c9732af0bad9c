"""Local collapse: near every item few directions are left."""

from collections.abc import Iterator

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twin import NEAREST
from ssl_theory.collapse.twins import beside_twins

__all__ = ["local", "log_local_dimension"]

MOST = 1000.0  # dimensions; ten neighbours tell no more of them


def log_local_dimension(nearest: np.ndarray) -> float:
    r"""The mean logarithm of the local dimension, Hill's estimate from distances in rising order.

    Around copies, whose distances are all the least there is, it counts as 1; where neighbours
    are all equally far, as a thousand. [huang2024ldreg]

    >>> round(log_local_dimension(np.array([[1.0, np.e, np.e]])), 6)
    0.693147
    """
    slopes = np.log(nearest[:, -1:] / nearest[:, :-1]).mean(1)
    slopes = np.maximum(slopes, 1 / MOST)
    return float(-np.log(np.where(nearest[:, -1] <= NEAREST, 1.0, slopes)).mean())


def _measure(seen: Observation) -> dict[str, float]:
    own, twin = _of(seen), _of(seen.twin)
    return {name: own[name] - twin[name] for name in own}


def _of(seen: Observation) -> dict[str, float]:
    return {"log local dimension": log_local_dimension(seen.nearest)}


def _test(seen: Observation, seed: int) -> Iterator[Evidence]:
    return beside_twins(_of, seen, seed)


local = Detector(
    Kind.LOCAL,
    (Channel("log local dimension", "lower", 0.1),),
    _measure,
    sees="the mean logarithm of the dimension in which ten neighbours spread, less that of "
    "Gaussian items of the same covariance",
    blind_to="the loss of directions everywhere at once, which the covariance shows; and beyond "
    "some twenty local dimensions, to most of what happens",
    test=_test,
    against=Against.ISOTROPY,
)
