"""Whether the variance is the same in all directions, and how sure one can be that it is not."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import digamma
from scipy.stats import norm

from ssl_theory.diagnostics.spectrum import Spectrum, spectrum

__all__ = ["Sphericity", "isotropic_gap", "johns_test", "sphericity_gap"]


@dataclass(frozen=True)
class Sphericity:
    """John's statistic, how many standard errors that is above chance, and the chance of it."""

    u: float
    score: float
    p_value: float


def johns_test(z: Any) -> Sphericity:
    r"""John's :math:`U = \tfrac1d \operatorname{tr}(S / \bar\lambda - I)^2` against isotropy.

    :math:`U = d / r_2 - 1` with the participation ratio :math:`r_2`: the squared coefficient of
    variation of the variances. For Gaussian items, with :math:`n'` degrees of freedom,
    :math:`(n' U - d - 1) / 2` is standard normal in the limit of many items and dimensions,
    whichever there are more of. Heavy tails look like anisotropy to it. [ledoit2002some]

    Unchanged by rotation, translation and units of length; changed by duplicates, which count as
    evidence.

    Examples
    --------
    Two equal axes; chance alone would not have made them so equal:

    >>> johns_test([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]).u
    0.0
    """
    found = _varied(z)
    degrees, d = found.count - 1, found.dimension
    values = found.eigenvalues
    u = float(max(0.0, d * np.square(values / values.sum()).sum() - 1))
    score = (degrees * u - d - 1) / 2
    return Sphericity(u, score, float(norm.sf(score)))


def sphericity_gap(z: Any) -> float:
    r"""The logarithm of the mean variance less the mean of the logarithms.

    0 if all are equal, infinite once a direction is lost: it watches the weak end of the
    spectrum, where the participation ratio watches the strong one. Times ``n d / 2`` it is the
    logarithm of the likelihood ratio of any covariance to an isotropic one. Compare with
    :func:`isotropic_gap`. Unchanged by rotation, translation, units and duplicates.

    >>> round(sphericity_gap([[4.0, 0.0], [-4.0, 0.0], [0.0, 1.0], [0.0, -1.0]]), 6)
    0.753772
    """
    found = _varied(z)
    if found.resolved_rank < found.dimension:
        return np.inf
    return float(np.log(found.resolved.mean()) - np.log(found.resolved).mean())


def isotropic_gap(items: int, dimensions: int) -> float:
    r"""The expected :func:`sphericity_gap` of isotropic Gaussian items, exactly.

    :math:`\psi(n'd/2) - \log d - \tfrac1d \sum_{i<d} \psi((n' - i)/2)`, from Bartlett's
    decomposition into independent chi-squares.

    >>> isotropic_gap(20, 1)
    0.0
    """
    degrees, d = items - 1, dimensions
    if degrees < d:
        return np.inf
    logs = digamma((degrees - np.arange(d)) / 2)
    return float(digamma(degrees * d / 2) - np.log(d) - logs.mean())


def _varied(z: Any) -> Spectrum:
    found = z if isinstance(z, Spectrum) else spectrum(z)
    if not found.resolved_rank:
        raise ValueError(
            f"`z` must vary by more than rounding, got {found.count} items that coincide: no "
            "variance is equal in all directions or not. Treat this as rank 0."
        )
    return found
