"""The differential entropy that distances to neighbours tell."""

from typing import Any

import numpy as np
from scipy.special import digamma, gammaln

from ssl_theory.diagnostics.neighbours import Duplicates, distinct_rows, nearest_neighbours

__all__ = ["neighbour_entropy"]


def neighbour_entropy(z: Any, *, neighbours: int = 3, duplicates: Duplicates = "refuse") -> float:
    r"""``psi(n) - psi(k) + log V_d + d mean_i log r_k(i)``, in nats.

    The number by which :class:`~ssl_theory.uniformity.KozachenkoLeonenko` spreads embeddings, at
    any number of items. Read it as a trend beyond a dozen dimensions: in 32 it is some 3 nats too
    high for a Gaussian. A collapse onto fewer dimensions than there are coordinates lowers it
    without bound as items increase. [kozachenko1987entropy]

    >>> z = 0.5 * np.arange(10.0)[:, None]  # every neighbour is 0.5 away, on either side
    >>> round(neighbour_entropy(z, neighbours=1), 12) == round(float(digamma(10) - digamma(1)), 12)
    True
    """
    z = distinct_rows(z, duplicates)
    n, d = z.shape
    log_distance = np.log(nearest_neighbours(z, neighbours)[0][:, -1]).mean()
    log_ball = d / 2 * np.log(np.pi) - gammaln(d / 2 + 1)
    return float(digamma(n) - digamma(neighbours) + log_ball + d * log_distance)
