"""What representations score that know nothing of the latents, or everything but their axes."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability.matching import best_matching, matched

__all__ = [
    "noise_mean_correlation",
    "random_rotation",
    "rotated_mean_correlation",
]

DRAWS = 1000


def random_rotation(d: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """An orthogonal matrix, uniform over all of them.

    >>> q = random_rotation(3, np.random.default_rng(0))
    >>> bool(np.allclose(q @ q.T, np.eye(3)))
    True
    """
    q, r = np.linalg.qr(generator.standard_normal((d, d)))
    return q * np.sign(np.diag(r))


@cache
def rotated_mean_correlation(d: int) -> float:
    r"""The mean correlation of ``d`` uncorrelated latents with a uniform rotation of them.

    The mean over rotations :math:`Q` of :math:`\max_\pi \sum_j |Q_{j\pi(j)}| / d`, which is
    :math:`2\sqrt2/\pi` of two latents; of more, the mean of 1,000 rotations, whose standard error
    is below .003.

    >>> [round(rotated_mean_correlation(d), 3) for d in (1, 2)]
    [1.0, 0.9]
    """
    if d == 2:
        return float(2 * np.sqrt(2) / np.pi)
    generator = np.random.default_rng(0)
    sizes = (np.abs(random_rotation(d, generator)) for _ in range(DRAWS))
    return float(np.mean([matched(x, best_matching(x)).mean() for x in sizes]))


def noise_mean_correlation(items: int, d: int, dimensions: int) -> float:
    r"""The mean correlation of ``d`` latents with independent noise in so many ``dimensions``.

    Correlations by chance are normal with variance ``1 / (items - 1)``, and those matched are
    the largest: more dimensions to choose from, more correlation. :math:`\sqrt{2/\pi(n-1)}` of
    one with one; of more, the mean of 1,000 draws.

    >>> round(noise_mean_correlation(1001, 1, 1) * 31.623, 3)
    0.798
    """
    return _largest_normals(d, dimensions) / float(np.sqrt(items - 1))


@cache
def _largest_normals(d: int, dimensions: int) -> float:
    if d == dimensions == 1:
        return float(np.sqrt(2 / np.pi))
    generator = np.random.default_rng(0)
    sizes = (np.abs(generator.standard_normal((d, dimensions))) for _ in range(DRAWS))
    return float(np.mean([matched(x, best_matching(x)).mean() for x in sizes]))
