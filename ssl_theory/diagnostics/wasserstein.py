"""How far the directions are from those of an isotropic Gaussian."""

from typing import Any

import numpy as np

from ssl_theory.diagnostics.spectrum import spectrum
from ssl_theory.diagnostics.unit_rows import unit_rows
from ssl_theory.nulls.marchenko_pastur import expected_sum, uniform_correction

__all__ = ["uniform_wasserstein", "wasserstein_uniformity"]


def wasserstein_uniformity(z: Any) -> float:
    r"""The Wasserstein distance from :math:`N(\bar u, S)` to :math:`N(0, I/d)`.

    With mean :math:`\bar u` and covariance ``S`` (divided by ``n``) of the items at length 1,
    whose squares add up to 1,

    .. math::
        W_2^2 = |\bar u|^2 + 1 + \operatorname{tr} S - \tfrac{2}{\sqrt d} \operatorname{tr} S^{1/2}
        = 2 - \tfrac{2}{\sqrt d} \operatorname{tr} S^{1/2}:

    a sum of singular values, like RankMe. Between 0 and :math:`\sqrt 2`, smaller is more uniform;
    the paper puts a minus before it. Where :func:`uniformity` saturates, it still tells 100
    dimensions from 1000. [fang2024rethinking]

    Unchanged by rotation, the length of each item and duplicates; worsened by dimensions that are
    added empty. Few items look less uniform: see :func:`uniform_wasserstein`.

    >>> wasserstein_uniformity([[1.0, 0.0], [-2.0, 0.0], [0.0, 3.0], [0.0, -4.0]]) < 1e-7
    True
    """
    found = spectrum(unit_rows(z))
    variances = found.resolved * ((found.count - 1) / found.count)
    overlap = 2 / np.sqrt(found.dimension) * np.sqrt(variances).sum()
    return float(np.sqrt(max(0.0, 2 - overlap)))


def uniform_wasserstein(items: int, dimensions: int) -> float:
    r"""About what :func:`wasserstein_uniformity` is of that many uniform directions.

    :math:`\sqrt{2 - 2\,E\operatorname{tr}\sqrt{W} / d}` with the Marchenko-Pastur law of ``W``
    and its corrections, for few items and for lengths that do not vary: 0 in the limit of many
    items.

    >>> round(uniform_wasserstein(2000, 100), 3)
    0.114
    """
    degrees, d = items - 1, dimensions
    roots = expected_sum(np.sqrt, degrees, d) + uniform_correction(np.sqrt, degrees, d)
    roots *= np.sqrt(degrees / items)
    return float(np.sqrt(max(0.0, 2 - 2 * roots / d)))
