"""Centring and sharpening."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.codes.code import Code

__all__ = ["Softmax"]


@dataclass(frozen=True, eq=False)
class Softmax(Code):
    r"""``exp((s - centre) / temperature)``, normalised.

    A low temperature sharpens: alone, it would let one code win everywhere. A centre that follows
    the mean score takes from each code what all items give it: alone, it would let all codes tie.
    The centre is state: :meth:`updated` returns the next one. [caron2021dino]
    """

    temperature: float = 0.04
    centre: Tensor | None = None

    def __post_init__(self) -> None:
        if not self.temperature > 0:
            raise ValueError(
                f"`temperature` must be positive, got {self.temperature}: at zero the code is all "
                "or nothing. Use Largest() for that."
            )

    @property
    def dimensions(self) -> tuple[int, ...] | None:
        """How many codes its centre has; ``None`` without one."""
        return None if self.centre is None else (len(self.centre),)

    def __call__(self, scores: Tensor) -> Tensor:
        if self.centre is not None:
            scores = scores - self.centre.to(scores)
        return (scores / self.temperature).softmax(-1)

    def updated(self, scores: Tensor, momentum: float = 0.9) -> "Softmax":
        """The same with its centre moved towards the mean of these scores."""
        mean = scores.detach().mean(0)
        before = 0 if self.centre is None else self.centre.to(mean)
        return replace(self, centre=momentum * before + (1 - momentum) * mean)

    def formula(self, row: tuple) -> Callable[[sp.Symbol], sp.Expr]:
        temperature = nt.parameter("temperature", self.temperature)

        def weight(axis: sp.Symbol) -> sp.Expr:
            return sp.exp((row[0][row[1], axis] - self._remembered(axis)) / temperature)

        return lambda axis: weight(axis) / nt.over_axes(weight(nt.b), nt.b)

    def _remembered(self, axis: sp.Symbol) -> sp.Expr:
        if self.centre is None:
            return sp.Integer(0)
        values = self.centre.detach().double().numpy()
        return nt.Entries("c", lambda views: values)[(axis,)]
