"""Entropies of the embeddings, and what objectives use in their place."""

from ssl_theory.uniformity.additive_coupling import AdditiveCoupling as AdditiveCoupling
from ssl_theory.uniformity.bernoulli_pairs import BernoulliPairs as BernoulliPairs
from ssl_theory.uniformity.bhep import BHEP as BHEP
from ssl_theory.uniformity.candidate_marginal import CandidateMarginal as CandidateMarginal
from ssl_theory.uniformity.centroid_spectrum import CentroidSpectrum as CentroidSpectrum
from ssl_theory.uniformity.change_of_variables import ChangeOfVariables as ChangeOfVariables
from ssl_theory.uniformity.coding_rate import CodingRate as CodingRate
from ssl_theory.uniformity.conditional_log_determinant import (
    ConditionalLogDeterminant as ConditionalLogDeterminant,
)
from ssl_theory.uniformity.cross_correlation import CrossCorrelation as CrossCorrelation
from ssl_theory.uniformity.fourth_moment import FourthMoment as FourthMoment
from ssl_theory.uniformity.gaussian_log_determinant import (
    GaussianLogDeterminant as GaussianLogDeterminant,
)
from ssl_theory.uniformity.hinge import Hinge as Hinge
from ssl_theory.uniformity.joint_kernel_density import JointKernelDensity as JointKernelDensity
from ssl_theory.uniformity.joint_log_determinant import JointLogDeterminant as JointLogDeterminant
from ssl_theory.uniformity.kernel_density import KernelDensity as KernelDensity
from ssl_theory.uniformity.koleo import KoLeo as KoLeo
from ssl_theory.uniformity.kozachenko_leonenko import KozachenkoLeonenko as KozachenkoLeonenko
from ssl_theory.uniformity.matrix_cross_entropy import MatrixCrossEntropy as MatrixCrossEntropy
from ssl_theory.uniformity.matrix_renyi import MatrixRenyi as MatrixRenyi
from ssl_theory.uniformity.mean_entropy import MeanEntropy as MeanEntropy
from ssl_theory.uniformity.minimum_spanning_tree import MinimumSpanningTree as MinimumSpanningTree
from ssl_theory.uniformity.model_marginal import ModelMarginal as ModelMarginal
from ssl_theory.uniformity.moving_log_determinant import (
    MovingLogDeterminant as MovingLogDeterminant,
)
from ssl_theory.uniformity.moving_second_moment import MovingSecondMoment as MovingSecondMoment
from ssl_theory.uniformity.observed import Observed as Observed
from ssl_theory.uniformity.pooled_coding_rate import PooledCodingRate as PooledCodingRate
from ssl_theory.uniformity.pooled_marginal import PooledMarginal as PooledMarginal
from ssl_theory.uniformity.quadratic_renyi import QuadraticRenyi as QuadraticRenyi
from ssl_theory.uniformity.second_order_log_determinant import (
    SecondOrderLogDeterminant as SecondOrderLogDeterminant,
)
from ssl_theory.uniformity.sliced_epps_pulley import SlicedEppsPulley as SlicedEppsPulley
from ssl_theory.uniformity.sliced_wasserstein import SlicedWasserstein as SlicedWasserstein
from ssl_theory.uniformity.stop_gradient import StopGradient as StopGradient
from ssl_theory.uniformity.whitening import Whitening as Whitening

__all__ = [
    "BHEP", "AdditiveCoupling", "BernoulliPairs", "CandidateMarginal", "CentroidSpectrum",
    "ChangeOfVariables", "CodingRate", "ConditionalLogDeterminant", "CrossCorrelation",
    "FourthMoment", "GaussianLogDeterminant", "Hinge", "JointKernelDensity", "JointLogDeterminant",
    "KernelDensity", "KoLeo", "KozachenkoLeonenko", "MatrixCrossEntropy", "MatrixRenyi",
    "MeanEntropy", "MinimumSpanningTree", "ModelMarginal", "MovingLogDeterminant",
    "MovingSecondMoment", "Observed", "PooledCodingRate", "PooledMarginal", "QuadraticRenyi",
    "SecondOrderLogDeterminant", "SlicedEppsPulley", "SlicedWasserstein", "StopGradient",
    "Whitening",
]  # fmt: skip
