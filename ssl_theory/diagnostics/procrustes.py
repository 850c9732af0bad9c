"""How near one representation is to a rotation of another."""

from typing import Any

import numpy as np

from ssl_theory.diagnostics.same_items import centred_representations

__all__ = ["procrustes_distance"]


def procrustes_distance(z: Any, w: Any) -> float:
    r"""What is left between two representations after the best shift, scale and rotation.

    .. math:: 1 - \frac{|Z^\top W|_*}{|Z|_F\,|W|_F}

    of centred representations: 0 if they agree, 1 if no direction of one correlates with any of
    the other. Half the least squared distance between the two at unit norm; the residual of
    least squares with a free scale, as a share, is :math:`1 - (1 - p)^2` of this ``p``.
    Independent representations come closer to 0 the more dimensions they have: compare with
    shuffled items. Unchanged by rotation, translation and units of either, not by other linear
    maps. [schonemann1966procrustes] [williams2021shape]

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> round(procrustes_distance(z, 3 * z[:, ::-1] + 1), 12)
    0.0
    """
    z, w = centred_representations(z, w)
    overlap = np.linalg.svd(z.T @ w, compute_uv=False).sum()
    return float(max(0.0, 1 - overlap / (np.linalg.norm(z) * np.linalg.norm(w))))
