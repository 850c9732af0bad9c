r"""The loss of a linear encoder over infinitely many Gaussian pairs.

Everything such a loss can depend on is the covariance ``S`` of one embedded view and the
covariance ``G`` across the two. Each part of an objective that has its expectation in closed form
is known here by its type.
"""

import functools
import math
from collections.abc import Callable

import torch
from torch import Tensor

from ssl_theory.alignment import Gaussian, MeanSquare, Restricted
from ssl_theory.batch_spaces import Standardised, Whitened
from ssl_theory.latent_distribution_matching import LatentModel, Objective, Uniformity, Value
from ssl_theory.spaces import Space
from ssl_theory.uniformity import (
    CodingRate,
    ConditionalLogDeterminant,
    CrossCorrelation,
    FourthMoment,
    GaussianLogDeterminant,
    Hinge,
    JointKernelDensity,
    JointLogDeterminant,
    KernelDensity,
    ModelMarginal,
    MovingLogDeterminant,
    QuadraticRenyi,
    Whitening,
)

__all__ = ["alignment", "entropy", "noise", "population_value"]


def population_value(objective: Objective) -> Callable[[Tensor, Tensor], Value]:
    """Both halves of an objective, as functions of the embeddings' ``S`` and ``G``.

    >>> from ssl_theory.objectives import gaussian_infomax
    >>> one = torch.eye(1, dtype=torch.float64)
    >>> value = population_value(gaussian_infomax(variance=0.1))
    >>> far, near = (value(one, rho * one).alignment for rho in (0.9, 1.0))
    >>> round(float(far - near), 12)  # (1 - rho) / variance
    1.0
    """

    def value(covariance: Tensor, cross: Tensor) -> Value:
        moments = _projected(objective.model.space, covariance, cross)
        spread = entropy(objective.uniformity, *moments)
        return Value(alignment(objective.model, *moments), -objective.entropies * spread)

    # Asked once with something harmless, so that a missing entry is reported before optimising.
    one = torch.eye(1, dtype=torch.float64)
    value(one, one / 2)
    return value


def _projected(space: Space, covariance: Tensor, cross: Tensor) -> tuple[Tensor, Tensor]:
    """The moments of embeddings that their space has made what it asks for."""
    if isinstance(space, Standardised):
        deviations = covariance.diagonal().sqrt()
        scale = torch.outer(deviations, deviations)
        return covariance / scale, cross / scale
    if isinstance(space, Whitened):
        triangle = torch.linalg.cholesky(covariance)
        half = torch.linalg.solve_triangular(triangle, cross, upper=False)
        return torch.eye(len(covariance)).to(cross), torch.linalg.solve_triangular(
            triangle, half.T, upper=False
        )
    return covariance, cross


def noise(model: LatentModel, dimensions: int) -> float:
    """The variance of ``w`` given ``z`` in every direction, if the model is isotropic Gaussian."""
    if isinstance(model, Gaussian):
        return model.variance
    if isinstance(model, MeanSquare):
        return dimensions / (2 * model.weight)
    if isinstance(model, Restricted):
        return noise(model.model, dimensions)
    raise LookupError(_unknown(model))


def alignment(model: LatentModel, covariance: Tensor, cross: Tensor) -> Tensor:
    """``-E log p(w | z)`` of a Gaussian pair."""
    d = len(covariance)
    variance = noise(model, d)
    distance = 2 * (covariance - cross).trace()
    return distance / (2 * variance) + d / 2 * math.log(2 * math.pi * variance)


@functools.singledispatch
def entropy(uniformity: Uniformity, covariance: Tensor, cross: Tensor) -> Tensor:
    """What the uniformity term tends to on a Gaussian pair."""
    raise LookupError(_unknown(uniformity))


def _unknown(part: object) -> str:
    return (
        f"`{type(part).__name__}` has no closed form over Gaussian pairs. Register one in "
        "ssl_theory.linear_theory.population, or use optimum_on_pairs."
    )


@entropy.register
def _(uniformity: GaussianLogDeterminant, covariance: Tensor, cross: Tensor) -> Tensor:
    return covariance.logdet() / 2 + len(covariance) / 2 * math.log(2 * math.pi * math.e)


@entropy.register
def _(uniformity: Whitening, covariance: Tensor, cross: Tensor) -> Tensor:
    return entropy(GaussianLogDeterminant(), covariance, cross)


@entropy.register
def _(uniformity: JointLogDeterminant, covariance: Tensor, cross: Tensor) -> Tensor:
    rows = torch.cat([covariance, cross], 1), torch.cat([cross.T, covariance], 1)
    return torch.cat(rows).logdet() / 2 + len(covariance) * math.log(2 * math.pi * math.e)


@entropy.register
def _(uniformity: ConditionalLogDeterminant, covariance: Tensor, cross: Tensor) -> Tensor:
    joint = entropy(JointLogDeterminant(), covariance, cross)
    return joint - entropy(GaussianLogDeterminant(), covariance, cross)


@entropy.register
def _(uniformity: MovingLogDeterminant, covariance: Tensor, cross: Tensor) -> Tensor:
    eye = torch.eye(len(covariance), dtype=covariance.dtype)
    past = eye if uniformity.covariance is None else uniformity.covariance.to(covariance)
    average = uniformity.memory * past + (1 - uniformity.memory) * covariance
    return (average + uniformity.floor * eye).logdet() / 2


@entropy.register
def _(uniformity: ModelMarginal, covariance: Tensor, cross: Tensor) -> Tensor:
    return _kernel_entropy(noise(uniformity.model, len(covariance)), covariance)


@entropy.register
def _(uniformity: KernelDensity, covariance: Tensor, cross: Tensor) -> Tensor:
    return _kernel_entropy(noise(uniformity.kernel, len(covariance)), covariance)


@entropy.register
def _(uniformity: JointKernelDensity, covariance: Tensor, cross: Tensor) -> Tensor:
    rows = torch.cat([covariance, cross], 1), torch.cat([cross.T, covariance], 1)
    return _kernel_entropy(noise(uniformity.kernel, len(covariance)), torch.cat(rows))


def _kernel_entropy(variance: float, covariance: Tensor) -> Tensor:
    """``-E log E' N(z; z', variance I)`` of independent Gaussian ``z`` and ``z'``."""
    eye = torch.eye(len(covariance), dtype=covariance.dtype)
    widened = eye + covariance / variance
    return (
        widened.logdet() + (eye - torch.linalg.inv(widened)).trace()
        + len(covariance) * math.log(2 * math.pi * variance)
    ) / 2  # fmt: skip


@entropy.register
def _(uniformity: QuadraticRenyi, covariance: Tensor, cross: Tensor) -> Tensor:
    variance = noise(uniformity.kernel, len(covariance))
    eye = torch.eye(len(covariance), dtype=covariance.dtype)
    widened = (eye + 2 * covariance / variance).logdet()
    return (widened + len(covariance) * math.log(2 * math.pi * variance)) / 2


@entropy.register
def _(uniformity: Hinge, covariance: Tensor, cross: Tensor) -> Tensor:
    variances = covariance.diagonal()
    shortfall = torch.relu(1 - (variances + uniformity.floor).sqrt()).mean()
    off_diagonal = (covariance.square().sum() - variances.square().sum()) / len(covariance)
    return -uniformity.variance_weight * shortfall - uniformity.covariance_weight * off_diagonal


@entropy.register
def _(uniformity: CodingRate, covariance: Tensor, cross: Tensor) -> Tensor:
    d = len(covariance)
    eye = torch.eye(d, dtype=covariance.dtype)
    return (eye + d / uniformity.distortion * covariance).logdet() / 2


@entropy.register
def _(uniformity: FourthMoment, covariance: Tensor, cross: Tensor) -> Tensor:
    return covariance.trace() - covariance.square().sum() / 2


@entropy.register
def _(uniformity: CrossCorrelation, covariance: Tensor, cross: Tensor) -> Tensor:
    own, every = cross.diagonal().square().sum(), cross.square().sum()
    return len(cross) - own - uniformity.weight * (every - own)
