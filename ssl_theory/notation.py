"""The symbols of the theory. One formula, two readings: LaTeX, and a number at small n, d.

A formula is a sympy expression of the views ``z[i, a]`` and ``w[i, a]``, the sizes ``n`` and
``d``, and the parameters of its parts. A parameter carries its value in its name, so a formula
needs nothing but two views to become a number.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy as sp
from mpmath import mp
from numpy.typing import NDArray

__all__ = [
    "PARAMETERS", "Closed", "Entries", "covariance", "d", "eigenvalue", "evaluate",
    "hypergeometric", "i", "inner", "j", "latex", "log", "log_det_covariance", "mean", "n",
    "neighbour_distance", "number", "of_directions", "over_axes", "parameter", "read",
    "settings", "spectral_trace", "sq_dist", "still", "w", "z",
]  # fmt: skip

PARAMETERS = {
    "bandwidth": r"\beta",
    "bias": "b",
    "concentration": r"\kappa",
    "covariance_weight": r"\nu",
    "distortion": r"\epsilon^2",
    "exponent": r"\eta",
    "floor": r"\epsilon",
    "length_weight": r"\gamma",
    "log_det_noise": r"\log\det S",
    "memory": r"\theta",
    "neighbours": "k",
    "order": r"\alpha",
    "reach": r"\tau",
    "scale": "s",
    "shape": r"\gamma",
    "sphere_weight": r"\mu",
    "temperature": r"\tau",
    "threshold": r"\beta",
    "variance": r"\sigma^2",
    "variance_weight": r"\mu",
    "weight": r"\lambda",
}

DIGITS = 30  # of the second reading, so that its own rounding never decides a comparison

n, d = sp.symbols("n d", integer=True, positive=True)
i, j, a, b = sp.symbols("i j a b", integer=True, positive=True)
z, w = sp.IndexedBase("z"), sp.IndexedBase("w")
still = sp.IndexedBase(r"\operatorname{sg}z")  # z, where no gradient reaches it
eigenvalue = sp.Symbol("Lambda", nonnegative=True)
log = sp.log

Views = dict[str, NDArray[np.float64]]


def parameter(name: str, value: float) -> sp.Symbol:
    """The symbol of a part's field, with its value; its letter is looked up in ``PARAMETERS``."""
    if name not in PARAMETERS:
        raise KeyError(f"no letter for parameter `{name}`; add one to notation.PARAMETERS.")
    return sp.Symbol(f"{name}={value!r}", positive=bool(value > 0), real=True)


def mean(expression: sp.Expr, index: sp.Symbol) -> sp.Expr:
    """The average over the items."""
    return sp.Sum(expression, (index, 1, n)) / n


def over_axes(expression: sp.Expr, *indices: sp.Symbol) -> sp.Expr:
    """The sum over coordinates."""
    return sp.Sum(expression, *((index, 1, d) for index in indices))


def inner(p: tuple, q: tuple) -> sp.Expr:
    """The inner product of two rows ``(view, index)``."""
    return over_axes(p[0][p[1], a] * q[0][q[1], a], a)


def sq_dist(p: tuple, q: tuple) -> sp.Expr:
    """The squared distance of two rows ``(view, index)``."""
    return over_axes((p[0][p[1], a] - q[0][q[1], a]) ** 2, a)


def of_directions(expression: sp.Expr) -> sp.Expr:
    """The same of rows divided by their lengths."""

    def unit(cell: sp.Indexed) -> sp.Expr:
        return cell / sp.sqrt(over_axes(cell.base[cell.indices[0], b] ** 2, b))

    return expression.replace(lambda e: isinstance(e, sp.Indexed), unit)


class Closed(sp.Function):
    """A quantity that stays one symbol on paper and opens only to be evaluated.

    A subclass says ``letters(*printed_arguments)`` and ``open(views)``.
    """

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        letters = self.letters(*map(printer.doprint, self.args))
        return letters if exp is None else rf"\left({letters}\right)^{{{exp}}}"


class Entries:
    """An array that stays a letter on paper: ``array[i, a]`` is one closed entry of it.

    It can stand for a view in a row ``(view, index)``, if what it holds is made from a view.
    """

    def __init__(self, letter: str, values: Callable[[Views], NDArray[np.float64]]) -> None:
        class Entry(Closed):
            def letters(self, *indices: str) -> str:
                return f"{{{letter}}}_{{{','.join(indices)}}}"

            def open(self, views: Views) -> sp.Expr:
                return sp.Float(float(values(views)[tuple(int(x) - 1 for x in self.args)]), DIGITS)

        self.entry, self.letter, self.values = Entry, letter, values

    def __getitem__(self, indices: tuple[sp.Expr, ...]) -> sp.Expr:
        return self.entry(*indices)

    def __str__(self) -> str:
        return self.letter


def read(view: object, views: Views) -> NDArray[np.float64]:
    """What stands for a view in a row: one of the views, or entries made from them."""
    return view.values(views) if isinstance(view, Entries) else views[str(view)]


class _Covariance(Closed):
    def letters(self, view: str, row: str, column: str) -> str:
        return rf"\hat\Sigma^{{{view}}}_{{{row}{column}}}"

    def open(self, views: Views) -> sp.Expr:
        view, row, column = self.args
        return sp.Float(_covariance(views[str(view)])[int(row) - 1, int(column) - 1], DIGITS)


class _LogDetCovariance(Closed):
    def letters(self, *names: str) -> str:
        return rf"\log\det\hat\Sigma^{{{','.join(names)}}}"

    def open(self, views: Views) -> sp.Expr:
        side_by_side = np.hstack([views[str(name)] for name in self.args])
        with mp.workdps(DIGITS):
            return sp.Float(mp.log(mp.det(_covariance(side_by_side))), DIGITS)


class _SpectralTrace(Closed):
    def letters(self, function: str, entry: str) -> str:
        matrix = rf"\left[{entry}\right]"
        return rf"\operatorname{{tr}}\left({function.replace(sp.latex(eigenvalue), matrix)}\right)"

    def open(self, views: Views) -> sp.Expr:
        function, entry = self.args
        width = views["z"].shape[1]
        cells = [
            _opened(
                entry, views, {a: sp.Integer(1 + cell // width), b: sp.Integer(1 + cell % width)}
            )
            for cell in range(width**2)
        ]
        with mp.workdps(DIGITS):
            matrix = mp.matrix(width, width)
            for cell, value in enumerate(cells):
                matrix[cell // width, cell % width] = mp.mpf(str(value.evalf(DIGITS)))
            spectrum = [sp.Float(v, DIGITS) for v in mp.eigsy(matrix, eigvals_only=True)]
        return sp.Add(*(_opened(function, views, {eigenvalue: v}) for v in spectrum))


class _Hypergeometric(Closed):
    def letters(self, above: str, below: str, x: str) -> str:
        return rf"F\left({above};{below};{x}\right)"

    def open(self, views: Views) -> sp.Expr:
        number = lambda x: mp.mpf(str(_opened(x, views, {}).evalf(DIGITS)))  # noqa: E731
        above, below, x = self.args
        with mp.workdps(DIGITS):
            value = mp.hyper([number(p) for p in above], [number(q) for q in below], number(x))
        return sp.Float(value, DIGITS)


class _NeighbourDistance(Closed):
    def letters(self, view: str, row: str, k: str) -> str:
        return rf"r_{{{k}}}({view}_{{{row}}})"

    def open(self, views: Views) -> sp.Expr:
        view, row, k = views[str(self.args[0])], int(self.args[1]) - 1, self.args[2]
        others = [
            mp.sqrt(
                sum((mp.mpf(p) - mp.mpf(q)) ** 2 for p, q in zip(view[row], other, strict=True))
            )
            for index, other in enumerate(view)
            if index != row
        ]
        return sp.Float(sorted(others)[int(_value(k)) - 1], DIGITS)


def covariance(view: sp.IndexedBase, row: sp.Symbol, column: sp.Symbol) -> sp.Expr:
    """An entry of the maximum-likelihood covariance of a view."""
    return _Covariance(view.label, row, column)


def log_det_covariance(*views: sp.IndexedBase) -> sp.Expr:
    """``log det`` of the maximum-likelihood covariance of a view, or of views side by side."""
    return _LogDetCovariance(*(view.label for view in views))


def hypergeometric(above: tuple, below: tuple, x: sp.Expr) -> sp.Expr:
    """The generalised hypergeometric function, of its parameters above and below."""
    return _Hypergeometric(sp.Tuple(*above), sp.Tuple(*below), x)


def spectral_trace(function: sp.Expr, entry: sp.Expr) -> sp.Expr:
    """The trace of a function of a symmetric matrix, given its entry in row ``a``, column ``b``.

    The function is an expression of the ``eigenvalue``.
    """
    return _SpectralTrace(function, entry)


def neighbour_distance(view: sp.IndexedBase, row: sp.Symbol, k: sp.Expr) -> sp.Expr:
    """The distance of an item to its ``k``-th nearest neighbour in the same view."""
    return _NeighbourDistance(view.label, row, k)


def _covariance(view: NDArray[np.float64]) -> "mp.matrix":
    with mp.workdps(DIGITS):
        rows = mp.matrix(view.tolist())
        items = rows.rows
        centre = mp.matrix([[mp.fsum(rows[:, c]) / items for c in range(rows.cols)]])
        centred = mp.matrix(items, rows.cols)
        for r in range(items):
            centred[r, :] = rows[r, :] - centre
        return centred.T * centred / items


def _value(symbol: sp.Expr) -> float:
    return float(symbol.name.partition("=")[2]) if isinstance(symbol, sp.Symbol) else float(symbol)


def _parameters(*formulas: sp.Expr) -> list[sp.Symbol]:
    symbols = set().union(*(sp.sympify(formula).free_symbols for formula in formulas))
    return sorted((s for s in symbols if "=" in str(s)), key=str)


def latex(formula: sp.Expr, *, among: tuple[sp.Expr, ...] = ()) -> str:
    r"""The formula as a paper would print it. Equal letters of unequal value get primes.

    Formulas that are printed side by side share their letters ``among`` all of them.

    >>> latex(parameter("concentration", 2.0) * z[i, a])
    '\\kappa {z}_{i,a}'
    """
    return sp.latex(formula, symbol_names=_letters(*(among or (formula,))))


def settings(*formulas: sp.Expr) -> dict[str, float]:
    r"""The letters of the formulas' parameters, with their values.

    >>> settings(parameter("concentration", 2.0) * z[i, a])
    {'\\kappa': 2.0}
    """
    return {letter: _value(symbol) for symbol, letter in _letters(*formulas).items()}


def _letters(*formulas: sp.Expr) -> dict[sp.Symbol, str]:
    letters: dict[sp.Symbol, str] = {}
    seen: dict[str, int] = {}
    for symbol in _parameters(*formulas):
        name = symbol.name.partition("=")[0]
        letters[symbol] = PARAMETERS[name] + "'" * seen.get(name, 0)
        seen[name] = seen.get(name, 0) + 1
    return letters


def number(formula: sp.Expr | float, items: int, dimensions: int) -> float:
    """The value of a formula that speaks of sizes and parameters only.

    >>> number(log(n), 8, 2) == float(np.log(8))
    True
    """
    return evaluate(sp.sympify(formula), np.empty((items, dimensions)), np.empty((0, dimensions)))


def evaluate(formula: sp.Expr, z_value: np.ndarray, w_value: np.ndarray) -> float:
    """The number the formula stands for on one small batch of two views."""
    items, dims = z_value.shape
    sizes = {n: sp.Integer(items), d: sp.Integer(dims)}
    views = {"z": z_value, "w": w_value, str(still): z_value}
    return float(_opened(formula, views, sizes).evalf(DIGITS))


def _opened(formula: sp.Expr, views: Views, at: dict[sp.Symbol, sp.Integer]) -> sp.Expr:
    # From the outside in, one index at a time, so that what meets in a sum are numbers and not
    # expressions: sympy's own expansion of a sum simplifies every term, many times slower.
    if isinstance(formula, Closed):
        return formula.xreplace(at).open(views)
    if isinstance(formula, sp.Indexed):
        row, column = (int(index.xreplace(at)) - 1 for index in formula.indices)
        return sp.Float(float(views[str(formula.base)][row, column]), DIGITS)
    if isinstance(formula, sp.Symbol):
        return at[formula] if formula in at else sp.Float(_value(formula), DIGITS)
    if isinstance(formula, sp.Sum):
        *inner, (index, low, high) = formula.limits
        rest = sp.Sum(formula.function, *inner) if inner else formula.function
        each = range(int(low.xreplace(at)), int(high.xreplace(at)) + 1)
        return sp.Add(*(_opened(rest, views, at | {index: sp.Integer(k)}) for k in each))
    args = (_opened(argument, views, at) for argument in formula.args)
    return formula.func(*args) if formula.args else formula
