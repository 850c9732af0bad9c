"""What every code answers."""

import abc
from collections.abc import Callable

import sympy as sp
from torch import Tensor

__all__ = ["Code"]


class Code(abc.ABC):
    """A probability of each of ``d`` codes for each item, from its ``d`` scores.

    An item's scores are its inner products with the prototypes of the codes, the last linear
    layer of an encoder. What keeps all items from sharing one code is the code's own business:
    it may see the whole batch, and a centre that remembers earlier ones.
    """

    @abc.abstractmethod
    def __call__(self, scores: Tensor) -> Tensor:
        """The probabilities over the last axis; items are the axis before it."""

    @abc.abstractmethod
    def formula(self, row: tuple) -> Callable[[sp.Symbol], sp.Expr]:
        """The probability of code ``a`` for a row ``(view, index)``, as a function of ``a``."""
