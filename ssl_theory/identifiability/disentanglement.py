"""Whether each dimension matters for one latent, and each latent needs one dimension."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.columns import held_out
from ssl_theory.identifiability.lasso import Lasso
from ssl_theory.identifiability.least_squares import r_squared
from ssl_theory.identifiability.measure import Measure

__all__ = ["Disentanglement", "Importance"]

Matrix = NDArray[np.float64]


class Importance(Protocol):
    """A way to say how much each dimension matters for each latent."""

    @property
    def valid_for(self) -> tuple[having.Condition, ...]: ...

    def fit(self, h: Matrix, z: Matrix) -> tuple[Matrix, Callable[[Matrix], Matrix]]: ...


@dataclass(frozen=True)
class Disentanglement(Measure):
    r"""Disentanglement, with completeness and informativeness beside it: DCI.

    From importances ``R`` ``(D, d)`` of dimensions for latents,

    .. math:: D_i = 1 + \sum_j P_{ij} \log_d P_{ij}, \quad P_{ij} = R_{ij} / \textstyle\sum_j R_{ij}

    says whether dimension ``i`` matters for one latent (1) or for all alike (0); the value is the
    mean of :math:`D_i` weighted by the importance of ``i``. *Completeness* is the same of the
    columns: whether a latent needs one dimension or all. *Informativeness* is the share of the
    variance of latents that is predicted on other items; where it is low, importances are of
    nothing. [eastwood2018framework]

    The estimator of importances is part of the measure: rotations of five latents have .12 by the
    lasso and .31 by a random forest, and of dimensions that are there twice the completeness is 1
    and .7. It is pinned here, seed and depth included, and shown with the score.

    Parts: ``importances``, ``disentanglement`` ``(D,)`` with ``weights``, ``completeness`` (the
    mean) and ``of_latents`` ``(d,)``, ``informativeness``.

    Parameters
    ----------
    importance
        :class:`~ssl_theory.identifiability.lasso.Lasso`, or
        :class:`~ssl_theory.identifiability.forest.Forest`, which needs scikit-learn.
    test_share, seed
        Of the split for the informativeness.

    Examples
    --------
    >>> z = np.random.default_rng(0).uniform(size=(400, 2))
    >>> score = Disentanglement()(z, z[:, ::-1] * [2, -1])
    >>> score.value > 0.99, score.parts["completeness"] > 0.99
    (True, True)
    """

    importance: Importance = field(default_factory=Lasso)
    test_share: float = 0.25
    seed: int = 0

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        independent = having.INDEPENDENT_LATENTS, having.items_per_dimension(20)
        return (*independent, *self.importance.valid_for)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        train, test = held_out(len(z), self.test_share, self.seed)
        importances, predict = self.importance.fit(h[train], z[train])
        total = importances.sum()
        weights = importances.sum(1) / total if total else np.zeros(h.shape[1])
        of_dimensions, of_latents = _certainty(importances), _certainty(importances.T)
        return float(weights @ of_dimensions), {
            "importances": importances,
            "disentanglement": of_dimensions,
            "weights": weights,
            "completeness": float(of_latents.mean()),
            "of_latents": of_latents,
            "informativeness": float(r_squared(z[test], predict(h[test])).mean()),
        }


def _certainty(importances: Matrix) -> NDArray[np.float64]:
    """One less the entropy of each row in units of its maximum; 0 for a row of zeros."""
    totals = importances.sum(1)
    shares = importances / np.where(totals > 0, totals, 1)[:, None]
    entropy = -np.sum(shares * np.log(np.where(shares > 0, shares, 1)), 1)
    return np.where(totals > 0, 1 - entropy / np.log(max(2, importances.shape[1])), 0.0)
