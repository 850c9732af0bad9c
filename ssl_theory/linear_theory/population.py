r"""The loss of a linear encoder over infinitely many Gaussian pairs.

Everything such a loss can depend on is the covariance ``S`` of one embedded view and the
covariance ``G`` across the two. Each part of an objective that has its expectation in closed form
is one entry of a table here, keyed by its type.
"""

import functools
import math
from collections.abc import Callable

import torch
from torch import Tensor

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import LatentModel, Objective, Uniformity
from ssl_theory.uniformity import GaussianLogDeterminant, Hinge, ModelMarginal, QuadraticRenyi

__all__ = ["alignment", "entropy", "population_loss"]


def population_loss(objective: Objective) -> Callable[[Tensor, Tensor], Tensor]:
    """The total of an objective, as a function of the embeddings' ``S`` and ``G``.

    >>> from ssl_theory.objectives import gaussian_infomax
    >>> one = torch.eye(1, dtype=torch.float64)
    >>> loss = population_loss(gaussian_infomax(variance=0.1))
    >>> round(float(loss(one, 0.9 * one) - loss(one, one)), 12)  # (1 - rho) / variance
    1.0
    """
    # Asked once with something harmless, so that a missing entry is reported before optimising.
    one = torch.eye(1, dtype=torch.float64)
    alignment(objective.model, one, one / 2)
    entropy(objective.uniformity, one, one / 2)

    def loss(covariance: Tensor, cross: Tensor) -> Tensor:
        spread = entropy(objective.uniformity, covariance, cross)
        return alignment(objective.model, covariance, cross) - objective.entropies * spread

    return loss


@functools.singledispatch
def alignment(model: LatentModel, covariance: Tensor, cross: Tensor) -> Tensor:
    """``-E log p(w | z)`` of a Gaussian pair."""
    raise LookupError(_unknown(model))


@functools.singledispatch
def entropy(uniformity: Uniformity, covariance: Tensor, cross: Tensor) -> Tensor:
    """What the uniformity term tends to on a Gaussian pair."""
    raise LookupError(_unknown(uniformity))


def _unknown(part: object) -> str:
    return (
        f"`{type(part).__name__}` has no closed form over Gaussian pairs. Register one in "
        "ssl_theory.linear_theory.population, or use optimum_on_pairs."
    )


@alignment.register
def _(model: Gaussian, covariance: Tensor, cross: Tensor) -> Tensor:
    d = len(covariance)
    distance = 2 * (covariance - cross).trace()
    return distance / (2 * model.variance) + d / 2 * math.log(2 * math.pi * model.variance)


@entropy.register
def _(uniformity: GaussianLogDeterminant, covariance: Tensor, cross: Tensor) -> Tensor:
    return covariance.logdet() / 2 + len(covariance) / 2 * math.log(2 * math.pi * math.e)


@entropy.register
def _(uniformity: ModelMarginal, covariance: Tensor, cross: Tensor) -> Tensor:
    variance = _gaussian_width(uniformity.model)
    eye = torch.eye(len(covariance), dtype=covariance.dtype)
    widened = eye + covariance / variance
    return (
        widened.logdet() + (eye - torch.linalg.inv(widened)).trace()
        + len(covariance) * math.log(2 * math.pi * variance)
    ) / 2  # fmt: skip


@entropy.register
def _(uniformity: QuadraticRenyi, covariance: Tensor, cross: Tensor) -> Tensor:
    variance = _gaussian_width(uniformity.kernel)
    eye = torch.eye(len(covariance), dtype=covariance.dtype)
    widened = (eye + 2 * covariance / variance).logdet()
    return (widened + len(covariance) * math.log(2 * math.pi * variance)) / 2


@entropy.register
def _(uniformity: Hinge, covariance: Tensor, cross: Tensor) -> Tensor:
    variances = covariance.diagonal()
    shortfall = torch.relu(1 - (variances + uniformity.floor).sqrt()).mean()
    off_diagonal = (covariance.square().sum() - variances.square().sum()) / len(covariance)
    return -uniformity.variance_weight * shortfall - uniformity.covariance_weight * off_diagonal


def _gaussian_width(model: LatentModel) -> float:
    if not isinstance(model, Gaussian):
        raise LookupError(_unknown(model))
    return model.variance
