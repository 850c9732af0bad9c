"""How much the embeddings vary, direction by direction, and how much of that is rounding."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.moments import Moments

__all__ = ["Spectrum", "rounding_floor", "spectrum"]

# Mean squared errors of BLAS inner products of 64 to 16,384 terms, in unit roundoffs squared of
# the result, were measured between 5 and 30.
COMPUTED = 64.0
SINGLE = 2.0**-22  # of the largest variance, of squares summed in float32 by some thousand


@dataclass(frozen=True, eq=False)
class Spectrum:
    """The eigenvalues of a covariance, largest first, and the floor under which they are noise."""

    eigenvalues: NDArray[np.float64]  # (min(n - 1, d),) centred, (min(n, d),) if not
    count: int
    dimension: int
    centred: bool
    floor: float  # of an eigenvalue that rounding alone can produce

    @property
    def resolved_rank(self) -> int:
        """How many directions vary by more than rounding."""
        return int(np.sum(self.eigenvalues > self.floor))

    @property
    def resolved(self) -> NDArray[np.float64]:
        """The eigenvalues above the floor."""
        return self.eigenvalues[: self.resolved_rank]

    @property
    def shares(self) -> NDArray[np.float64]:
        """The resolved eigenvalues as shares of their sum."""
        return self.resolved / self.resolved.sum()


def spectrum(z: Any, *, centred: bool = True) -> Spectrum:
    """The principal variances of embeddings, or of their second moment about the origin.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``, or their :class:`~ssl_theory.moments.Moments`.
    centred
        Whether the mean is taken off first. Without, a mean far from the origin is one more
        direction, usually the strongest.

    Examples
    --------
    Three directions of a cross-polytope with axes 1, 1 and 0.1:

    >>> z = np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 0.1], [0, 0, -0.1]])
    >>> spectrum(z).eigenvalues.round(6).tolist()
    [0.4, 0.4, 0.004]
    """
    moments = z if isinstance(z, Moments) else Moments.of(z)
    eigenvalues = moments.eigenvalues(centred=centred)
    size = float(moments.mean_squares.max())
    floor = rounding_floor(moments, float(eigenvalues[0]), size)
    return Spectrum(eigenvalues, moments.count, moments.dimension, centred, floor)


def rounding_floor(moments: Moments, strongest: float, size: float) -> float:
    r"""What arithmetic alone would show: the most it adds to an eigenvalue.

    An entry rounded to unit roundoff :math:`u` errs, in mean square, by :math:`u^2/3` of its square
    at most; one computed as a long inner product in precision :math:`v` (the dtype's own, or
    float32 for shorter ones) by some :math:`30\,v^2`, of which twice as much is allowed. Such
    errors have the spectrum of noise, whose edge is at :math:`(1+\sqrt{d/n})^2` times their
    variance. Forming the covariance in float64 adds :math:`(d+\sqrt n)\,\varepsilon\,\lambda_1`,
    and in blocks of float32 some :math:`10^{-7}\,\lambda_1`, of which twice as much is allowed.

    Parameters
    ----------
    moments
        Their count, dimension and unit roundoff are used.
    strongest
        The largest eigenvalue :math:`\lambda_1`.
    size
        Mean square of the coordinates, or of the largest of them.
    """
    n, d = moments.count, moments.dimension
    rounding = moments.roundoff**2 / 3 + COMPUTED * min(moments.roundoff, 2.0**-24) ** 2
    noise = rounding * size * (1 + np.sqrt(d / n)) ** 2
    ours = (d + np.sqrt(n)) * np.finfo(np.float64).eps * strongest
    return float(noise + ours + (SINGLE * strongest if moments.single else 0.0))
