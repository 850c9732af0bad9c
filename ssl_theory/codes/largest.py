"""The code of the largest score, and no other."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import sympy as sp
import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.codes.code import Code

__all__ = ["Largest"]


@dataclass(frozen=True)
class Largest(Code):
    """One for the code with the largest score: the assignment of k-means, or a label.

    With ``-|x - c|^2 / 2`` for scores it is the nearest centroid; a row of a one-hot matrix
    stands for a label. It has no slope anywhere.
    """

    def __call__(self, scores: Tensor) -> Tensor:
        winner = scores.argmax(-1, keepdim=True)
        return torch.zeros_like(scores).scatter(-1, winner, 1.0)

    def formula(self, row: tuple) -> Callable[[sp.Symbol], sp.Expr]:
        def chosen(views: nt.Views) -> NDArray[np.float64]:
            scores = nt.read(row[0], views)
            return np.equal(scores, scores.max(1, keepdims=True)).astype(float)

        entries = nt.Entries(rf"q\left({row[0]}\right)", chosen)
        return lambda axis: entries[row[1], axis]
