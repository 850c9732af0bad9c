"""Whether a representation recovered the latents, and up to what: scores that say what they need.

No score stands alone. Each measure declares what it is :attr:`~Measure.valid_for`, looks whether
that holds on the items it is given, and can be held against :func:`baselines`: on data for which
its assumptions fail, every one of them gives false praise or false blame. [joshi2026guards]
"""

from ssl_theory.identifiability.adjusted_information import (
    adjusted_mutual_information as adjusted_mutual_information,
)
from ssl_theory.identifiability.adjusted_rand import adjusted_rand_index as adjusted_rand_index
from ssl_theory.identifiability.amari import AmariError as AmariError
from ssl_theory.identifiability.baselines import Baseline as Baseline
from ssl_theory.identifiability.baselines import Baselines as Baselines
from ssl_theory.identifiability.baselines import baselines as baselines
from ssl_theory.identifiability.block_r2 import BlockR2 as BlockR2
from ssl_theory.identifiability.disentanglement import Disentanglement as Disentanglement
from ssl_theory.identifiability.dynamics_r2 import DynamicsR2 as DynamicsR2
from ssl_theory.identifiability.dynamics_r2 import matched_eigenvalues as matched_eigenvalues
from ssl_theory.identifiability.explicitness import Explicitness as Explicitness
from ssl_theory.identifiability.graph_distance import (
    structural_hamming_distance as structural_hamming_distance,
)
from ssl_theory.identifiability.lasso import Lasso as Lasso
from ssl_theory.identifiability.linear_r2 import LinearR2 as LinearR2
from ssl_theory.identifiability.matched_accuracy import matched_accuracy as matched_accuracy
from ssl_theory.identifiability.mean_correlation import MeanCorrelation as MeanCorrelation
from ssl_theory.identifiability.measure import Measure as Measure
from ssl_theory.identifiability.modularity import Modularity as Modularity
from ssl_theory.identifiability.mutual_information_gap import (
    MutualInformationGap as MutualInformationGap,
)
from ssl_theory.identifiability.orthogonality import OrthogonalityError as OrthogonalityError
from ssl_theory.identifiability.procrustes_residual import ProcrustesResidual as ProcrustesResidual
from ssl_theory.identifiability.score import Finding as Finding
from ssl_theory.identifiability.score import Score as Score
from ssl_theory.identifiability.separated_attribute_predictability import (
    SeparatedAttributePredictability as SeparatedAttributePredictability,
)
from ssl_theory.identifiability.subspace_angle import SubspaceAngle as SubspaceAngle
from ssl_theory.identifiability.subspace_angle import davis_kahan_bound as davis_kahan_bound
from ssl_theory.identifiability.subspace_angle import principal_angles as principal_angles
from ssl_theory.identifiability.weak_mean_correlation import (
    WeakMeanCorrelation as WeakMeanCorrelation,
)

__all__ = [
    "AmariError",
    "Baseline",
    "Baselines",
    "BlockR2",
    "Disentanglement",
    "DynamicsR2",
    "Explicitness",
    "Finding",
    "Lasso",
    "LinearR2",
    "MeanCorrelation",
    "Measure",
    "Modularity",
    "MutualInformationGap",
    "OrthogonalityError",
    "ProcrustesResidual",
    "Score",
    "SeparatedAttributePredictability",
    "SubspaceAngle",
    "WeakMeanCorrelation",
    "adjusted_mutual_information",
    "adjusted_rand_index",
    "baselines",
    "davis_kahan_bound",
    "matched_accuracy",
    "matched_eigenvalues",
    "principal_angles",
    "structural_hamming_distance",
]
