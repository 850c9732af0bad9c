"""How many nats it takes to write an item down to a given precision."""

from typing import Any

import numpy as np

from ssl_theory.diagnostics.spectrum import spectrum

__all__ = ["coding_rate"]


def coding_rate(z: Any, *, distortion: float = 0.5, centred: bool = False) -> float:
    r""":math:`\tfrac12 \log\det(I + \tfrac{d}{\epsilon^2} M)`, ``M`` the second moment.

    What a Gaussian of that covariance costs per item, in nats, if it may come back a squared
    distance :math:`\epsilon^2` away; a log determinant that does not fall to minus infinity when
    a direction is lost. [ma2007segmentation] [yu2020mcr2]

    The papers keep the mean and put items on the unit sphere, and some of their codes take the
    logarithm to base 2. Changed by units of length, which it is about; unchanged by rotation and
    duplicates, and by translation if centred (by the maximum likelihood covariance, then).

    >>> round(float(coding_rate([[1.0, 0.0], [0.0, 1.0]], distortion=1.0)), 6)  # log 2
    0.693147
    """
    if not distortion > 0:
        raise ValueError(
            f"`distortion` must be positive, got {distortion}: exact reals take infinitely many "
            "nats. Use 0.5."
        )
    found = spectrum(z, centred=centred)
    moments = found.eigenvalues * ((found.count - 1) / found.count if centred else 1)
    return float(np.log1p(found.dimension / distortion**2 * moments).sum() / 2)
