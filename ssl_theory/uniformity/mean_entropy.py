"""The entropy of the codes that a batch uses."""

from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.codes import Directions
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry

__all__ = ["MeanEntropy"]


@dataclass(frozen=True)
class MeanEntropy(Uniformity):
    r"""``H[k]`` of the mean prediction: a code for an item drawn from the batch.

    Predictions are the softmax of the scores ``z / temperature``, or of those that ``prototypes``
    give ``z``. By concavity the estimate never
    has more entropy, on average, than the law it is of. Maximising it makes codes equally used
    without saying how sure any one prediction should be. [assran2022msn]
    """

    temperature: float = 0.1
    prototypes: Directions | None = None

    def __post_init__(self) -> None:
        if not self.temperature > 0:
            raise ValueError(
                f"`temperature` must be positive, got {self.temperature}: the code of the largest "
                "score must be the likeliest. Use the one of the predictions."
            )

    @property
    def space(self) -> None:
        return None

    @property
    def relation(self) -> Relation:
        return Relation.ESTIMATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        # In logarithms, where a code that nobody uses is very negative and not a zero.
        scores = given if self.prototypes is None else self.prototypes(given)
        log_predictions = (scores / self.temperature).log_softmax(-1)
        log_mean = log_predictions.logsumexp(0).log_softmax(-1)
        return -(log_mean.exp() * log_mean).sum()

    def formula(self) -> sp.Expr:
        temperature, learned = nt.parameter("temperature", self.temperature), self.prototypes
        scores = nt.z if learned is None else learned.entries("z")
        weight = lambda axis: sp.exp(scores[nt.i, axis] / temperature)  # noqa: E731
        share = nt.mean(weight(nt.a) / nt.over_axes(weight(nt.b), nt.b), nt.i)
        entropy = -nt.over_axes(share * sp.log(share), nt.a)
        return entropy if learned is None else entropy.subs(nt.d, len(learned.weight))
