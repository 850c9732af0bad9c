"""Whether items that were held out are nearest to the mean of their own class."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ssl_theory.diagnostics.classes import classes

__all__ = ["Agreement", "nearest_mean_agreement"]

DRAWS = 999


@dataclass(frozen=True)
class Agreement:
    """How often a label is foretold, and how often labels that mean nothing would be."""

    value: float
    chance: float
    p_value: float
    held_out: int


def nearest_mean_agreement(z: Any, labels: ArrayLike, *, seed: int = 0) -> Agreement:
    r"""The share of one half of the items that are nearest to their class's mean in the other.

    A linear classifier without anything to tune. Halves are drawn within each class. Labels that
    mean nothing could as well be dealt out anew among the items held out: by chance
    :math:`\sum_c p_c q_c` agree, with the shares of the classes in what was foretold and in what
    was so, and the p-value is that of dealing them out. Unchanged by isometries and units.

    >>> z = [[0.0], [0.1], [0.2], [0.3], [7.0], [7.1], [7.2], [7.3]]
    >>> nearest_mean_agreement(z, [0] * 4 + [1] * 4).value
    1.0
    """
    found, generator = classes(z, labels), np.random.default_rng(seed)
    order = generator.permutation(len(found.members))
    order = order[np.argsort(found.members[order], kind="stable")]
    starts = np.repeat(np.cumsum(found.counts) - found.counts, found.counts)
    rank = np.arange(len(order)) - starts  # of each item within its class, at random
    held_out = order[rank < np.repeat(found.counts // 2, found.counts)]
    kept = np.setdiff1d(order, held_out)
    items = found.residuals + found.means[found.members]
    means = classes(items[kept], found.members[kept], fewest=1).means + items[kept].mean(0)
    distances = np.square(means).sum(1) - 2 * items[held_out] @ means.T
    foretold, actual = distances.argmin(1), found.members[held_out]
    value = np.mean(foretold == actual)
    shares = (
        np.bincount(x, minlength=len(found.names)) / len(held_out) for x in (foretold, actual)
    )
    by_chance = [np.mean(foretold == generator.permutation(actual)) for _ in range(DRAWS)]
    beyond = 1 + np.sum(np.array(by_chance) >= value)
    return Agreement(
        float(value),
        float(np.prod(list(shares), axis=0).sum()),
        float(beyond / (1 + DRAWS)),
        len(held_out),
    )
