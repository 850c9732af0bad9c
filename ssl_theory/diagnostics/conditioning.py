"""How far the weakest direction is behind the strongest, and how many are not lost to rounding."""

from typing import Any

import numpy as np

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.spectrum import Spectrum, spectrum
from ssl_theory.moments import Moments

__all__ = ["condition_number", "numerical_rank"]


def condition_number(z: Any, *, convention: str = "full", centred: bool = True) -> float:
    r"""The largest deviation over the smallest, :math:`\sigma_1 / \sigma_d`.

    =================  ==================================  ==================================
    convention         value                               who uses it
    =================  ==================================  ==================================
    full               sigma_1 / sigma_min(n, d), inf if   ``numpy.linalg.cond``
                       that is unresolved
    pseudo             sigma_1 / sigma_r, over resolved    TF-GNN, which divides by 1e-6 if
                       directions only                     sigma_r is less
    inverse            sigma_r / sigma_1                   google-research's graph embedding
    =================  ==================================  ==================================

    The two codes that share a name have it upside down from each other. Through a covariance in
    double precision, numbers above some 1e7 are infinite; items of coarser dtypes less. Unchanged
    by rotation, units and duplicates; by translation if centred. On noise, about
    :math:`(1 + \sqrt\gamma) / (1 - \sqrt\gamma)` at ``d / n`` of :math:`\gamma`.

    >>> condition_number([[4.0, 0.0], [-4.0, 0.0], [0.0, 0.5], [0.0, -0.5]])
    8.0
    """
    if convention not in ("full", "pseudo", "inverse"):
        raise ValueError(
            f'`convention` must be "full", "pseudo" or "inverse", got {convention!r}. '
            'Use "full" if in doubt.'
        )
    found = z if isinstance(z, Spectrum) else spectrum(z, centred=centred)
    if not found.resolved_rank:
        raise ValueError(
            f"`z` must vary by more than rounding, got {found.count} items that coincide: nothing "
            "divided by nothing is undefined. Treat this as rank 0."
        )
    if convention == "full" and found.resolved_rank < found.dimension:
        return np.inf
    ratio = float(np.sqrt(found.resolved[0] / found.resolved[-1]))
    return 1 / ratio if convention == "inverse" else ratio


def numerical_rank(z: Any, *, convention: str = "resolved", centred: bool = True) -> int:
    r"""How many directions exceed a tolerance.

    ===========  ======================================================  ====================
    convention   a direction counts                                      who uses it
    ===========  ======================================================  ====================
    resolved     if rounding could not have produced it: see             this package
                 :func:`~ssl_theory.diagnostics.spectrum.rounding_floor`
    lapack       if sigma_k > max(n, d) eps sigma_1, ``eps`` that of     ``matrix_rank`` of
                 the dtype                                               numpy and torch
    ===========  ======================================================  ====================

    The second knows nothing of the mean: far from the origin, items in single precision that lie
    on a line get the full rank. What TF-GNN calls by this name is the stable rank. Unchanged by
    rotation, units and duplicates, and by translation as long as that costs no digits.

    >>> numerical_rank([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    1
    """
    if convention == "resolved":
        return spectrum(z, centred=centred).resolved_rank
    if convention != "lapack":
        raise ValueError(
            f'`convention` must be "resolved" or "lapack", got {convention!r}. Use "resolved".'
        )
    roundoff = Moments.of(z).roundoff
    z = np.asarray(check_embeddings(z), np.float64)
    sizes = np.linalg.svd(z - z.mean(0) if centred else z, compute_uv=False)
    return int(np.sum(sizes > max(z.shape) * 2 * roundoff * sizes[0]))
