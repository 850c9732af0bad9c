"""Which spectral filter an objective has: decided by its parts, not by its name.

A published objective that is put together from known parts has its filter at once. To teach a
new uniformity term its filter, register a function of the term and the objective that holds it.
"""

import functools
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from ssl_theory.alignment import Canonical, Gaussian
from ssl_theory.latent_distribution_matching import Objective, Uniformity
from ssl_theory.linear_theory import filters
from ssl_theory.linear_theory.pencil import Pencil
from ssl_theory.linear_theory.spectral_filter import SpectralFilter, rho
from ssl_theory.uniformity import (
    ConditionalLogDeterminant,
    FourthMoment,
    GaussianLogDeterminant,
    JointKernelDensity,
    JointLogDeterminant,
    KernelDensity,
    ModelMarginal,
    MovingLogDeterminant,
    QuadraticRenyi,
    SlicedEppsPulley,
    Whitening,
)

__all__ = ["ImpliedMetric", "filter_rule", "implied_metric", "spectral_filter"]


def spectral_filter(objective: Objective | SpectralFilter) -> SpectralFilter:
    """The filter of an objective whose linear optimum is known in closed form.

    Raises ``LookupError`` for the others; :func:`~ssl_theory.linear_theory.optimum` descends.

    >>> from ssl_theory.objectives import gaussian_infomax
    >>> spectral_filter(gaussian_infomax(variance=0.5))([0.5, -1.0 / 3]).round(12).tolist()
    [1.0, 0.375]
    """
    if isinstance(objective, SpectralFilter):
        return objective
    return filter_rule(objective.uniformity, objective)


@functools.singledispatch
def filter_rule(uniformity: Uniformity, objective: Objective) -> SpectralFilter:
    """The rule for one kind of uniformity; :func:`spectral_filter` is the public door."""
    parts = f"{type(objective.model).__name__} with {type(uniformity).__name__}"
    raise LookupError(_unknown(objective, parts))


@filter_rule.register
def _(uniformity: GaussianLogDeterminant, objective: Objective) -> SpectralFilter:
    return filters.log_determinant(_noise(objective), entropies=objective.entropies)


@filter_rule.register
def _(uniformity: JointLogDeterminant, objective: Objective) -> SpectralFilter:
    return filters.joint_log_determinant(_noise(objective))


@filter_rule.register
def _(uniformity: ConditionalLogDeterminant, objective: Objective) -> SpectralFilter:
    return filters.conditional_log_determinant(_noise(objective))


@filter_rule.register
def _(uniformity: MovingLogDeterminant, objective: Objective) -> SpectralFilter:
    if uniformity.covariance is not None:
        raise LookupError(_unknown(objective, "a past that is not isotropic"))
    floor = (uniformity.memory + uniformity.floor) / (1 - uniformity.memory)
    return filters.coding_rate(_noise(objective), floor, entropies=objective.entropies)


@filter_rule.register
def _(uniformity: SlicedEppsPulley, objective: Objective) -> SpectralFilter:
    # Its statistic grows with the batch, so that over infinitely many items it is a constraint.
    return filters.whitening()


@filter_rule.register
def _(uniformity: ModelMarginal, objective: Objective) -> SpectralFilter:
    kernel = _width(uniformity.model, objective)
    return filters.kernel_density(_noise(objective), entropies=objective.entropies, kernel=kernel)


@filter_rule.register
def _(uniformity: KernelDensity, objective: Objective) -> SpectralFilter:
    kernel = _width(uniformity.kernel, objective)
    return filters.kernel_density(_noise(objective), entropies=objective.entropies, kernel=kernel)


@filter_rule.register
def _(uniformity: JointKernelDensity, objective: Objective) -> SpectralFilter:
    if uniformity.kernel != objective.model:
        raise LookupError(_unknown(objective, "a kernel unlike the model"))
    return filters.joint_kernel_density(_noise(objective))


@filter_rule.register
def _(uniformity: FourthMoment, objective: Objective) -> SpectralFilter:
    if _noise(objective) != 0.5:
        raise LookupError(_unknown(objective, "a variance other than 1/2"))
    return filters.spectral_contrastive()


@filter_rule.register
def _(uniformity: Whitening, objective: Objective) -> SpectralFilter:
    return filters.whitening(signed=not isinstance(objective.model, Canonical))


@filter_rule.register
def _(uniformity: QuadraticRenyi, objective: Objective) -> SpectralFilter:
    kernel = _width(uniformity.kernel, objective)
    return filters.quadratic_renyi(_noise(objective), kernel, entropies=objective.entropies)


def _noise(objective: Objective) -> float:
    return _width(objective.model, objective)


def _width(model: object, objective: Objective) -> float:
    if not isinstance(model, Gaussian):
        reason = f"embeddings under {type(model).__name__} are not Gaussian"
        raise LookupError(_unknown(objective, reason))
    return model.variance


def _unknown(objective: Objective, reason: str) -> str:
    return (
        f"the linear optimum of `{objective.name}` has no closed form known here: {reason}. "
        "optimum() finds it numerically."
    )


@dataclass(frozen=True)
class ImpliedMetric:
    r"""``M = S V diag(1 / s(rho)) V' S``: the metric whose MAPCA an objective's optimum is.

    The optimum is feasible, ``W M W' = I``, and its embedding has the variances ``s``, which are
    the ``mu`` of the pencil ``(S, M)``. A filter ``s = 1`` is the metric ``S``; a log
    determinant's is proportional to the covariance of the difference of the views.
    """

    filter: SpectralFilter

    def __call__(self, pencil: Pencil) -> NDArray[np.float64]:
        """The matrix; it exists if every direction is used."""
        strengths = self.filter(pencil.autocorrelations)
        if not strengths.all():
            lost = pencil.autocorrelations[strengths == 0]
            raise ValueError(
                f"`pencil` must have every autocorrelation above {self.filter.least:.4g}, got "
                f"{lost.max():.4g}: `{self.filter.name}` gives such directions no variance, an "
                "infinite length. Use `.inverse`, where that is a zero."
            )
        back = pencil.covariance @ pencil.directions
        return (back / strengths) @ back.T

    def inverse(self, pencil: Pencil) -> NDArray[np.float64]:
        """``V diag(s) V'``, which is ``W' W`` of the optimum that keeps every direction."""
        return (pencil.directions * self.filter(pencil.autocorrelations)) @ pencil.directions.T

    def formula(self) -> sp.Expr:
        """The length ``1 / s`` it gives a canonical direction of unit variance."""
        if self.filter.strength is None:
            return 1 / sp.Function("s")(rho)
        return sp.simplify(1 / self.filter.strength)


def implied_metric(objective: Objective | SpectralFilter) -> ImpliedMetric:
    """The metric for which the objective's linear optimum is metric-aware PCA."""
    return ImpliedMetric(spectral_filter(objective))
