"""Entropies of the embeddings, and what objectives use in their place."""

from ssl_theory.uniformity.gaussian_log_determinant import (
    GaussianLogDeterminant as GaussianLogDeterminant,
)
from ssl_theory.uniformity.hinge import Hinge as Hinge
from ssl_theory.uniformity.kozachenko_leonenko import KozachenkoLeonenko as KozachenkoLeonenko
from ssl_theory.uniformity.model_marginal import ModelMarginal as ModelMarginal
from ssl_theory.uniformity.quadratic_renyi import QuadraticRenyi as QuadraticRenyi

__all__ = [
    "GaussianLogDeterminant", "Hinge", "KozachenkoLeonenko", "ModelMarginal", "QuadraticRenyi",
]  # fmt: skip
