"""How much a statistic differs between two separate samples."""

import numpy as np
from scipy.stats import t as student

from ssl_theory.diagnostics.intervals import Interval

__all__ = ["unpaired_change"]


def unpaired_change(before: Interval, after: Interval) -> Interval:
    r"""The quotient, or the difference if not logarithmic, where nothing is shared and errors add.

    With errors :math:`s_0, s_1` of :math:`B_0, B_1` blocks, the change has the error
    :math:`s = \sqrt{s_0^2 + s_1^2}` and, by Welch's rule, bounds from Student's law of
    :math:`s^4 / \bigl(s_0^4 / (B_0 - 1) + s_1^4 / (B_1 - 1)\bigr)` degrees of freedom.
    [welch1947generalization] For the same items in the same blocks see
    :func:`~ssl_theory.diagnostics.intervals.change`, whose bounds are tighter.

    >>> from ssl_theory.diagnostics.intervals import jackknife
    >>> blocks = [np.array([[1.0]]), np.array([[2.0]]), np.array([[6.0]])]
    >>> one = jackknife(np.mean, blocks, logarithmic=False)
    >>> unpaired_change(one, one).estimate
    0.0
    """
    if (before.logarithmic, before.level) != (after.logarithmic, after.level):
        raise ValueError(
            "`before` and `after` must be of one scale and level, got "
            f"{_kind(before)} and {_kind(after)}. Find both intervals alike."
        )
    scale, back = (np.log, np.exp) if before.logarithmic else (np.asarray, np.asarray)
    degrees = np.array([before.blocks - 1, after.blocks - 1])
    reaches = np.array([float(scale(i.high) - scale(i.low)) / 2 for i in (before, after)])
    squares = np.square(reaches / student.ppf((1 + before.level) / 2, degrees))
    reach = 0.0
    if squares.any():
        joint = squares.sum() ** 2 / np.sum(squares**2 / degrees)
        reach = student.ppf((1 + before.level) / 2, joint) * np.sqrt(squares.sum())
    middle = scale(after.estimate) - scale(before.estimate)
    whole = scale(after.plug_in) - scale(before.plug_in)
    low, estimate, high, plug_in = (
        float(back(x)) for x in (middle - reach, middle, middle + reach, whole)
    )
    return Interval(low, estimate, high, before.level, plug_in, (), (), before.logarithmic)


def _kind(interval: Interval) -> str:
    scale = "logarithmic" if interval.logarithmic else "linear"
    return f"a {scale} one of level {interval.level:g}"
