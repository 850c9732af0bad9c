"""RankMe, which is several numbers, as each of its implementations computes it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ssl_theory.diagnostics.spectrum import Spectrum, spectrum

__all__ = ["RANK_ME", "RankMeConvention", "rank_me"]


@dataclass(frozen=True)
class RankMeConvention:
    """What decides the number: the matrix, its values, and what is added to their shares."""

    centred: bool
    of: str  # "deviation" for singular values, "variance" for their squares
    epsilon: float


RANK_ME = {
    "paper": RankMeConvention(centred=False, of="deviation", epsilon=1e-7),
    "exact": RankMeConvention(centred=False, of="deviation", epsilon=0.0),
    "stable-pretraining": RankMeConvention(centred=False, of="deviation", epsilon=1e-5),
    "graph embedding": RankMeConvention(centred=False, of="deviation", epsilon=1e-12),
    "reptrix": RankMeConvention(centred=True, of="variance", epsilon=0.0),
}


def rank_me(z: Any, convention: str | RankMeConvention = "paper") -> float:
    r""":math:`\exp(-\sum_k p_k \log p_k)` with :math:`p_k = \sigma_k / \|\sigma\|_1 + \epsilon`.

    The name is of one paper and the number of many codes, which differ by more than the models
    they compare:

    ====================  =======  =================  ========  ==============================
    convention            centred  values             epsilon   who uses it
    ====================  =======  =================  ========  ==============================
    paper                 no       singular values    1e-7      [garrido2023rankme]
    exact                 no       singular values    none      the paper's, less an artefact;
                                                                :func:`effective_rank`
                                                                ``of="deviation"``
    stable-pretraining    no       singular values    1e-5      its queue callback
    graph embedding       no       singular values    1e-12     google-research's metrics
    reptrix               yes      variances          none      its ``get_rankme``
    ====================  =======  =================  ========  ==============================

    A positive epsilon makes shares that sum to more than 1: an isometry then counts more
    directions than it has, and a line more than one. Unresolved values, which rounding alone
    can produce, enter as zeros here, so that only epsilon speaks for them. Unchanged by rotation
    and units of length; by translation only where centred.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``, or their moments.
    convention
        A row of the table, or one of your own.

    Examples
    --------
    An isometry of 100 dimensions has more than 100 directions for who adds 1e-5:

    >>> [round(rank_me(np.eye(100), name), 2) for name in ("exact", "stable-pretraining")]
    [100.0, 100.36]
    """
    if isinstance(convention, str):
        if convention not in RANK_ME:
            raise ValueError(
                f"`convention` must be one of {', '.join(RANK_ME)}, got {convention!r}. "
                "Or pass a RankMeConvention of your own."
            )
        convention = RANK_ME[convention]
    found: Spectrum = spectrum(z, centred=convention.centred)
    if not found.resolved_rank:
        raise ValueError(
            f"`z` must vary by more than rounding, got {found.count} items that coincide: shares "
            "of nothing are undefined. Treat this as rank 0."
        )
    sizes = np.zeros(min(found.count, found.dimension))
    resolved = found.resolved
    sizes[: len(resolved)] = resolved if convention.of == "variance" else np.sqrt(resolved)
    shares = sizes / sizes.sum() + convention.epsilon
    shares = shares[shares > 0]
    return float(np.exp(-np.sum(shares * np.log(shares))))
