"""How much better the best dimension predicts each latent than the second best."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.binned_information import binned, check_several
from ssl_theory.identifiability.columns import correlations, held_out, standardised
from ssl_theory.identifiability.logistic import best_logit
from ssl_theory.identifiability.measure import Measure

__all__ = ["SeparatedAttributePredictability"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class SeparatedAttributePredictability(Measure):
    r"""The mean gap between the two dimensions that predict each latent best: SAP.

    Of a continuous latent, a dimension predicts the squared correlation. With ``discrete``, it
    predicts the values of the latent by logistic regressions on that dimension alone, one a value,
    and scores their accuracy on items that were not fitted to, :math:`(a - 1/K)/(1 - 1/K)` with
    the mean accuracy ``a`` over ``K`` values: neither units nor rare values matter, as they do to
    the linear SVM of the paper. A dimension that is there twice costs everything.
    [kumar2018variational]

    Parts: ``scores`` ``(d, D)``, ``gaps``, ``best`` dimensions.

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> round(SeparatedAttributePredictability()(z, 2 * z).value, 12)
    1.0
    """

    discrete: bool = False
    test_share: float = 0.25
    seed: int = 0

    expected = MappingProxyType({"noise": lambda measure, sizes: 0.0})

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        kinds = (having.at_most_values(20), having.balanced(20)) if self.discrete else ()
        return (having.INDEPENDENT_LATENTS, having.items_per_dimension(20), *kinds)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        check_several(h)
        scores = self._accuracies(z, h) if self.discrete else np.square(correlations(z, h))
        second, first = np.sort(scores, 1)[:, -2:].T
        gaps = first - second
        return float(gaps.mean()), {"scores": scores, "gaps": gaps, "best": scores.argmax(1)}

    def _accuracies(self, z: Matrix, h: Matrix) -> Matrix:
        train, test = held_out(len(z), self.test_share, self.seed)
        codes = standardised(h)
        scores = np.zeros((z.shape[1], h.shape[1]))
        for latent, column in enumerate(z.T):
            members = binned(column, 20)
            values = np.arange(members.max() + 1)
            for dimension, code in enumerate(codes.T[:, :, None]):
                logits = [best_logit(code[train], members[train] == v)(code[test]) for v in values]
                chosen = np.hstack(logits).argmax(1)
                seen = [v for v in values if (members[test] == v).any()]
                right = np.mean([(chosen[members[test] == v] == v).mean() for v in seen])
                scores[latent, dimension] = (right - 1 / len(values)) / (1 - 1 / len(values))
        return scores.clip(min=0)
