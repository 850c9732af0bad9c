r"""What an objective does to each canonical direction of a pair of views.

For a linear encoder of a Gaussian pair, minus the population loss of many objectives is at most
a sum over canonical directions, ``sum_i gain(s_i, rho_i)``, with equality if the encoder keeps
to those directions. The optimum is then

.. math::
    W = Q \operatorname{diag}(\sqrt{s_i})\, V^\top,
    \qquad s_i = s(\rho_i) = \arg\max_s g(s, \rho_i),

on the directions ``V`` of most worth ``g(s(rho), rho)``, up to a rotation ``Q``: objectives
differ only by ``s``, their spectral filter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from ssl_theory import notation as nt
from ssl_theory.typesetting import text

__all__ = ["SpectralFilter", "numbers", "rho", "s"]

s = sp.Symbol("s", positive=True)
rho = sp.Symbol("rho", real=True)


@dataclass(frozen=True)
class SpectralFilter:
    """The variance ``s(rho)`` an optimal encoder gives a canonical direction.

    ``strength`` is its formula; ``None`` says that ``s`` is the root of ``d gain / d s``, found
    by bisection. ``threshold`` is the ``rho`` above which a direction is used at all: below it
    the embedding loses the dimension.
    """

    name: str
    gain: sp.Expr
    strength: sp.Expr | None
    threshold: sp.Expr = sp.S.NegativeOne
    constrained: bool = False  # s is imposed, instead of being the best
    of_cross_covariance: bool = False  # of the eigenvectors and eigenvalues of G, not of the pencil

    def __call__(self, autocorrelations: ArrayLike) -> NDArray[np.float64]:
        """``s`` of each ``rho``, zero where the direction is not used."""
        values = np.asarray(autocorrelations, dtype=np.float64)
        used = values > self.least
        strengths = np.zeros_like(values)
        if self.strength is None:
            strengths[used] = [self._root(r) for r in values[used]]
        else:
            with np.errstate(divide="ignore"):  # views that agree exactly: stretched without limit
                strengths[used] = self._strength(values[used])
        return strengths

    def worth(self, autocorrelations: ArrayLike) -> NDArray[np.float64]:
        """The gain of each direction at its best strength; the largest are kept."""
        values = np.asarray(autocorrelations, dtype=np.float64)
        return np.broadcast_to(self._gain(self(values), values), values.shape).astype(np.float64)

    @property
    def least(self) -> float:
        """The threshold as a number."""
        return nt.number(self.threshold, 1, 1)

    def stationarity(self) -> sp.Expr:
        """``d gain / d s`` at the filter: zero, identically in ``rho`` and the parameters."""
        if self.strength is None:
            raise ValueError(f"the filter of `{self.name}` has no formula to put into its gain.")
        return sp.simplify(sp.diff(self.gain, s).subs(s, self.strength))

    def lines(self) -> list[str]:
        """The formula, its parameters and its threshold, for a terminal."""
        letters = {text(letter): value for letter, value in nt.settings(self.gain).items()}
        formula = "the root of a scalar equation"
        if self.strength is not None:
            formula = text(nt.latex(self.strength, among=(self.gain,)))
        used = "always" if self.least <= -1 else f"if ρ > {self.least:.4g}"
        values = "".join(f",  {letter} = {value:g}" for letter, value in letters.items())
        return [f"  s(ρ) = {formula},  used {used}{values}"]

    def _repr_latex_(self) -> str:
        formula = sp.Function("s")(rho) if self.strength is None else self.strength
        return f"$$s(\\rho) = {nt.latex(formula)}$$"

    @cached_property
    def _strength(self) -> Callable:
        return sp.lambdify(rho, numbers(self.strength) + 0 * rho, "numpy")

    @cached_property
    def _gain(self) -> Callable:
        # A direction of zero strength has the gain of the limit, not of the formula's logarithm.
        function = sp.lambdify((s, rho), numbers(self.gain), "numpy")

        def gain(strengths: NDArray, values: NDArray) -> NDArray:
            return function(np.maximum(strengths, 1e-300), values)

        return gain

    @cached_property
    def _slope(self) -> Callable:
        return sp.lambdify((s, rho), numbers(sp.diff(self.gain, s)), "math")

    def _root(self, value: float) -> float:
        low, high = 1e-12, 1.0
        while self._slope(high, value) > 0:
            high *= 4
        return float(brentq(self._slope, low, high, args=(value,), xtol=1e-15, rtol=1e-14))


def numbers(expression: sp.Expr) -> sp.Expr:
    """The same with a number for each parameter, so that only ``s`` and ``rho`` are left."""
    values = {x: nt.number(x, 1, 1) for x in expression.free_symbols if "=" in str(x)}
    return expression.subs(values)
