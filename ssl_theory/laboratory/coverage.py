"""Whether a predictor reaches far enough for what it predicts to be named."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAST", "Coverage", "coverage"]

Matrix = NDArray[np.float64]

LEAST = 0.2  # of the noise: predictions that vary by less along a direction do not cover it


class Coverage(NamedTuple):
    """How far predictions reach, direction by direction, in units of the predictor's noise."""

    singular_values: Matrix

    @property
    def rank(self) -> int:
        """How many directions predictions vary along."""
        return int((self.singular_values > LEAST).sum())

    @property
    def complete(self) -> bool:
        """Whether the theorem applies."""
        return self.rank == len(self.singular_values)

    def __str__(self) -> str:
        sizes = ", ".join(f"{s:.3g}" for s in self.singular_values)
        covered = f"predictions cover {self.rank} of {len(self.singular_values)} directions"
        kept = "the hypothesis of the theorem holds"
        failed = "THE HYPOTHESIS OF THE THEOREM FAILS: no affine map is promised"
        return f"{covered} (singular values {sizes}): {kept if self.complete else failed}"


def coverage(predicted: Matrix) -> Coverage:
    """Of predictions whose noise has unit variance: the deviations along their principal axes.

    >>> flat = np.array([[1.0, 0.0], [-1.0, 0.0]])
    >>> print(coverage(flat))
    predictions cover 1 of 2 directions (singular values 1, 0): \
THE HYPOTHESIS OF THE THEOREM FAILS: no affine map is promised
    """
    centred = predicted - predicted.mean(0)
    return Coverage(np.linalg.svd(centred, compute_uv=False) / np.sqrt(len(predicted)))
