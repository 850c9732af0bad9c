r"""Mutual information of latents and dimensions, counted in bins and corrected for counting.

Of ``n`` items in a table with :math:`K_{xy}` occupied cells, :math:`K_x` rows and :math:`K_y`
columns, the plug-in estimate is too large by about

.. math:: \frac{K_{xy} - K_x - K_y + 1}{2n},

which is :math:`(K_x - 1)(K_y - 1)/2n` where nothing is shared and :math:`-(K - 1)/2n` where one
tells the other exactly. [miller1955note]
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

from ssl_theory.identifiability.columns import ranked

__all__ = ["BinnedInformation", "binned", "binned_information", "check_several"]

Matrix = NDArray[np.float64]
BY_CHANCE = 1e-3  # how often a dimension that tells nothing counts as telling something


class BinnedInformation(NamedTuple):
    """In nats: of each latent with each dimension ``(d, D)``, and the entropy of each latent."""

    information: Matrix
    entropy: NDArray[np.float64]
    beyond_chance: NDArray[np.bool_]  # (d, D): whether there is any, by the G test


def binned(column: NDArray[np.float64], bins: int) -> NDArray[np.intp]:
    """Numbers as classes: their values if there are at most ``bins``, else bins of equal counts.

    So increasing maps change nothing. Equal numbers stay together.

    >>> binned(np.array([0.1, 9.0, 0.2, 1e3]), 2).tolist()
    [0, 1, 0, 1]
    """
    values, members = np.unique(column, return_inverse=True)
    if len(values) <= bins:
        return members
    places = (ranked(column[:, None])[:, 0] - 0.5) / len(column) * bins
    return np.unique(places.astype(np.intp), return_inverse=True)[1]


def binned_information(
    z: Matrix, h: Matrix, bins: int, *, corrected: bool = True
) -> BinnedInformation:
    """Between every latent and every dimension; corrected ones are not let below 0.

    >>> z = np.array([[0.0], [1.0]] * 50)
    >>> found = binned_information(z, np.hstack([z, 1 - z]), 2, corrected=False)
    >>> (found.information / np.log(2)).round(12).tolist()
    [[1.0, 1.0]]
    """
    if bins < 2:
        raise ValueError(f"`bins` must be at least 2, got {bins}: one bin tells nothing. Use 20.")
    latents, dimensions = ([binned(column, bins) for column in x.T] for x in (z, h))
    information = np.empty((len(latents), len(dimensions)))
    beyond_chance = np.empty(information.shape, bool)
    for i, x in enumerate(latents):
        for j, y in enumerate(dimensions):
            cells = np.bincount(x * (y.max() + 1) + y)
            plug_in = _entropy(np.bincount(x)) + _entropy(np.bincount(y)) - _entropy(cells)
            freedom = int(x.max() * y.max())
            limit = chdtri(freedom, BY_CHANCE / information.size) / (2 * len(x)) if freedom else 0
            beyond_chance[i, j] = plug_in > limit
            occupied = np.count_nonzero(cells) - (x.max() + 1) - (y.max() + 1) + 1
            bias = occupied / (2 * len(x)) if corrected else 0
            information[i, j] = max(0.0, plug_in - bias)
    values = np.array([x.max() + 1 for x in latents])
    entropy = np.array([_entropy(np.bincount(x)) for x in latents])
    if corrected:
        entropy = entropy + (values - 1) / (2 * len(z))
    return BinnedInformation(information, entropy, beyond_chance)


def check_several(h: Matrix) -> None:
    """Refuse one dimension where the second best is asked for."""
    if h.shape[1] < 2:
        raise ValueError(
            "`representation` must have at least 2 dimensions, got 1: the gap is to the second "
            "best. Use MeanCorrelation."
        )


def _entropy(counts: NDArray[np.intp]) -> float:
    shares = counts[counts > 0] / counts.sum()
    return float(-np.sum(shares * np.log(shares)))
