"""How fast the spectrum falls: the exponent of a power law, and how well one fits."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ssl_theory.diagnostics.spectrum import Spectrum, spectrum

__all__ = ["PowerLaw", "power_law"]


@dataclass(frozen=True)
class PowerLaw:
    """A line through the logarithms of variances and their ranks, and where it was laid."""

    exponent: float
    error: float  # standard error, as if residuals were independent: they are smoother
    r_squared: float
    first: int  # ranks from here, counting from 1,
    last: int  # to here, included


def power_law(
    z: Any,
    *,
    first: int = 11,
    last: int = 100,
    weighted: bool = True,
    of: str = "variance",
    centred: bool = True,
) -> PowerLaw:
    r"""The :math:`\alpha` of :math:`\lambda_k \propto k^{-\alpha}`: alpha-ReQ.

    A line is laid through :math:`\log\lambda_k` against :math:`\log k`. No spectrum is a power
    law everywhere, so the range of ranks is part of the number, and :math:`R^2` says whether
    there was a line to see. [agrawal2022alphareq]

    ==================  ===========  ==========  ============================================
    who uses it         of           weighted    ranks
    ==================  ===========  ==========  ============================================
    reptrix             variance     1 / k       11 to 100
    reptrix, before     variance     1 / k       6 to 100 at the first call and one further at
                                                 each call after, its range changed in place
    google-research     deviation    no          against ``k``, not ``log k``: another
                                                 statistic, not offered here
    ==================  ===========  ==========  ============================================

    Unchanged by rotation and units of length; by translation if centred; by duplicates. Isotropic
    items are not at 0 but above, as sampling spreads their variances: compare with
    :func:`~ssl_theory.nulls.isotropic.isotropic_null`.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``, their ``Moments``, or a ``Spectrum`` of them.
    first, last
        The ranks fitted, counting from 1; the last is brought down to the resolved rank.
    weighted
        Whether the strong directions weigh more, by ``1 / k``, as they do on a logarithmic axis.
    of
        ``"variance"`` or ``"deviation"``, which has half the exponent.
    centred
        Whether the mean is taken off first (ignored for a ``Spectrum``).

    Examples
    --------
    >>> z = np.diag(np.arange(1.0, 41) ** -0.75)
    >>> found = power_law(z, centred=False)
    >>> round(found.exponent, 6), round(found.r_squared, 6), found.last
    (1.5, 1.0, 40)
    """
    if of not in ("variance", "deviation"):
        raise ValueError(f'`of` must be "variance" or "deviation", got {of!r}. Say what falls.')
    found = z if isinstance(z, Spectrum) else spectrum(z, centred=centred)
    last = min(last, found.resolved_rank)
    if first < 1 or last - first < 2:
        raise ValueError(
            f"`first` and `last` must enclose at least 3 resolved ranks, got {first} to {last}: "
            f"{found.resolved_rank} directions vary by more than rounding. Start earlier."
        )
    ranks = np.arange(first, last + 1)
    x, y = np.log(ranks), np.log(found.resolved[first - 1 : last])
    weights = 1 / ranks if weighted else np.ones(len(ranks))
    weights = weights / weights.sum()
    x, y = x - weights @ x, y - weights @ y
    spread = weights @ x**2
    slope = (weights @ (x * y)) / spread
    left = weights @ (y - slope * x) ** 2
    total = weights @ y**2
    error = np.sqrt(left / (len(x) - 2) / spread)
    unit = 1.0 if of == "variance" else 0.5
    fitted = 1 - left / total if total > 0 else 1.0
    return PowerLaw(float(-slope * unit), float(error * unit), float(fitted), first, last)
