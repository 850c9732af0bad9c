"""Codes that the batch must use equally."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.codes.code import Code

__all__ = ["Sinkhorn"]


@dataclass(frozen=True)
class Sinkhorn(Code):
    r"""The assignment with the greatest ``<q, s> + temperature H[q]`` that uses all codes equally.

    It is ``exp(s / temperature)`` with a factor for each code and one for each item, found by
    normalising over the items and over the codes in turn. After the last turn each item's
    probabilities sum to one; the codes are only equally used in the limit of many
    ``iterations``, where the entropy of the mean code is ``log d``. [caron2020swav]
    """

    temperature: float = 0.05
    iterations: int = 3

    def __post_init__(self) -> None:
        if not self.temperature > 0:
            raise ValueError(
                f"`temperature` must be positive, got {self.temperature}: at zero this is a linear "
                "programme. Use a small one."
            )
        if self.iterations < 1:
            raise ValueError(
                f"`iterations` must be at least 1, got {self.iterations}: without one nothing is "
                "shared out. Use 3, as its paper does."
            )

    def __call__(self, scores: Tensor) -> Tensor:
        # In logarithms: at the usual temperature, scores of a few dozen overflow float32.
        log_codes = scores / self.temperature
        for _ in range(self.iterations):
            log_codes = log_codes.log_softmax(-2)
            log_codes = log_codes.log_softmax(-1)
        return log_codes.exp()

    def formula(self, row: tuple) -> Callable[[sp.Symbol], sp.Expr]:
        codes = nt.Entries(
            rf"q\left({row[0]}\right)", lambda views: self._shared_out(nt.read(row[0], views))
        )
        return lambda axis: codes[row[1], axis]

    def _shared_out(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """The second reading: masses that are scaled, as the algorithm is printed."""
        items, codes = scores.shape
        mass = np.exp(scores / self.temperature)
        for _ in range(self.iterations):
            mass /= codes * mass.sum(0, keepdims=True)
            mass /= items * mass.sum(1, keepdims=True)
        return items * mass
