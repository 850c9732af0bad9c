"""Measurements of embeddings. They measure; judging and wording is done elsewhere."""

from ssl_theory.diagnostics.angle_dimension import angle_dimensions as angle_dimensions
from ssl_theory.diagnostics.autocorrelations import autocorrelation_edge as autocorrelation_edge
from ssl_theory.diagnostics.autocorrelations import (
    canonical_autocorrelations as canonical_autocorrelations,
)
from ssl_theory.diagnostics.canonical import canonical_correlations as canonical_correlations
from ssl_theory.diagnostics.canonical import projection_weighted_cca as projection_weighted_cca
from ssl_theory.diagnostics.canonical import svcca as svcca
from ssl_theory.diagnostics.cka import biased_cka_of_independent as biased_cka_of_independent
from ssl_theory.diagnostics.cka import cka as cka
from ssl_theory.diagnostics.clid import clid as clid
from ssl_theory.diagnostics.clid import cluster_learnability as cluster_learnability
from ssl_theory.diagnostics.closeness import alignment as alignment
from ssl_theory.diagnostics.closeness import uniformity as uniformity
from ssl_theory.diagnostics.coding_rate import coding_rate as coding_rate
from ssl_theory.diagnostics.coherence import coherence as coherence
from ssl_theory.diagnostics.collapse_level import collapse_level as collapse_level
from ssl_theory.diagnostics.conditioning import condition_number as condition_number
from ssl_theory.diagnostics.conditioning import numerical_rank as numerical_rank
from ssl_theory.diagnostics.correlations import cross_correlations as cross_correlations
from ssl_theory.diagnostics.correlations import (
    off_diagonal_correlations as off_diagonal_correlations,
)
from ssl_theory.diagnostics.curvature import curvature as curvature
from ssl_theory.diagnostics.danco import danco as danco
from ssl_theory.diagnostics.decay import power_law as power_law
from ssl_theory.diagnostics.dense_structure import dense_structure as dense_structure
from ssl_theory.diagnostics.diff_erank import diff_erank as diff_erank
from ssl_theory.diagnostics.diff_erank import direction_rank as direction_rank
from ssl_theory.diagnostics.dime import dime as dime
from ssl_theory.diagnostics.entropy import matrix_entropy as matrix_entropy
from ssl_theory.diagnostics.explained_variance import directions_for as directions_for
from ssl_theory.diagnostics.explained_variance import (
    explained_variance_area as explained_variance_area,
)
from ssl_theory.diagnostics.gaussian_discrepancy import bhep as bhep
from ssl_theory.diagnostics.gaussian_discrepancy import gaussian_bhep as gaussian_bhep
from ssl_theory.diagnostics.gaussian_discrepancy import gaussian_mmd as gaussian_mmd
from ssl_theory.diagnostics.gaussian_discrepancy import (
    gaussian_mmd_deviation as gaussian_mmd_deviation,
)
from ssl_theory.diagnostics.gride import gride as gride
from ssl_theory.diagnostics.gride import gride_scales as gride_scales
from ssl_theory.diagnostics.hubness import hubness as hubness
from ssl_theory.diagnostics.isoscore_star import isoscore_star as isoscore_star
from ssl_theory.diagnostics.isoscore_star import isotropic_isoscore_star as isotropic_isoscore_star
from ssl_theory.diagnostics.lengths import gaussian_lengths as gaussian_lengths
from ssl_theory.diagnostics.lengths import lengths as lengths
from ssl_theory.diagnostics.lidar import corrected_lidar as corrected_lidar
from ssl_theory.diagnostics.lidar import discriminant_ratios as discriminant_ratios
from ssl_theory.diagnostics.lidar import lidar as lidar
from ssl_theory.diagnostics.local_dimension import intrinsic_dimension as intrinsic_dimension
from ssl_theory.diagnostics.local_dimension import local_dimensions as local_dimensions
from ssl_theory.diagnostics.local_pca import local_pca_dimensions as local_pca_dimensions
from ssl_theory.diagnostics.magnitude import magnitude as magnitude
from ssl_theory.diagnostics.magnitude import magnitude_dimension as magnitude_dimension
from ssl_theory.diagnostics.moment_dimension import moment_dimensions as moment_dimensions
from ssl_theory.diagnostics.nearest_mean import nearest_mean_agreement as nearest_mean_agreement
from ssl_theory.diagnostics.neighbour_entropy import neighbour_entropy as neighbour_entropy
from ssl_theory.diagnostics.neural_collapse import (
    class_distance_normalised_variance as class_distance_normalised_variance,
)
from ssl_theory.diagnostics.neural_collapse import equal_angles as equal_angles
from ssl_theory.diagnostics.neural_collapse import equal_norms as equal_norms
from ssl_theory.diagnostics.neural_collapse import (
    nearest_mean_disagreement as nearest_mean_disagreement,
)
from ssl_theory.diagnostics.neural_collapse import self_duality as self_duality
from ssl_theory.diagnostics.neural_collapse import (
    within_class_variability as within_class_variability,
)
from ssl_theory.diagnostics.normality import sliced_normality as sliced_normality
from ssl_theory.diagnostics.participation import isoscore as isoscore
from ssl_theory.diagnostics.participation import participation_ratio as participation_ratio
from ssl_theory.diagnostics.persistence import total_persistence as total_persistence
from ssl_theory.diagnostics.procrustes import procrustes_distance as procrustes_distance
from ssl_theory.diagnostics.rank import effective_rank as effective_rank
from ssl_theory.diagnostics.rank import isotropic_rank as isotropic_rank
from ssl_theory.diagnostics.rank_me import rank_me as rank_me
from ssl_theory.diagnostics.rsa import representational_similarity as representational_similarity
from ssl_theory.diagnostics.significant import directions_worth_keeping as directions_worth_keeping
from ssl_theory.diagnostics.significant import significant_directions as significant_directions
from ssl_theory.diagnostics.simplex_dimension import expected_skewness as expected_skewness
from ssl_theory.diagnostics.simplex_dimension import simplex_dimensions as simplex_dimensions
from ssl_theory.diagnostics.sliced_wasserstein import (
    gaussian_sliced_wasserstein as gaussian_sliced_wasserstein,
)
from ssl_theory.diagnostics.sliced_wasserstein import sliced_wasserstein as sliced_wasserstein
from ssl_theory.diagnostics.spectrum import Spectrum as Spectrum
from ssl_theory.diagnostics.spectrum import spectrum as spectrum
from ssl_theory.diagnostics.sphere import coordinate_deviation as coordinate_deviation
from ssl_theory.diagnostics.sphere import mean_cosine as mean_cosine
from ssl_theory.diagnostics.sphere import self_cluster as self_cluster
from ssl_theory.diagnostics.sphere import sphere_tests as sphere_tests
from ssl_theory.diagnostics.sphericity import isotropic_gap as isotropic_gap
from ssl_theory.diagnostics.sphericity import johns_test as johns_test
from ssl_theory.diagnostics.sphericity import sphericity_gap as sphericity_gap
from ssl_theory.diagnostics.tight_dimension import tight_dimensions as tight_dimensions
from ssl_theory.diagnostics.tolerance import tolerance as tolerance
from ssl_theory.diagnostics.tree_dimension import tree_dimension as tree_dimension
from ssl_theory.diagnostics.tree_dimension import tree_lengths as tree_lengths
from ssl_theory.diagnostics.two_nn import two_nn as two_nn
from ssl_theory.diagnostics.vendi import rke_score as rke_score
from ssl_theory.diagnostics.vendi import uniform_rke as uniform_rke
from ssl_theory.diagnostics.vendi import vendi_score as vendi_score
from ssl_theory.diagnostics.wasserstein import uniform_wasserstein as uniform_wasserstein
from ssl_theory.diagnostics.wasserstein import wasserstein_uniformity as wasserstein_uniformity
from ssl_theory.diagnostics.werank import gaussian_werank as gaussian_werank
from ssl_theory.diagnostics.werank import werank as werank

__all__ = [
    "Spectrum", "alignment", "angle_dimensions", "autocorrelation_edge", "bhep",
    "biased_cka_of_independent", "canonical_autocorrelations", "canonical_correlations", "cka",
    "class_distance_normalised_variance", "clid", "cluster_learnability", "coding_rate",
    "coherence", "collapse_level", "condition_number", "coordinate_deviation",
    "corrected_lidar", "cross_correlations", "curvature", "danco", "dense_structure",
    "diff_erank", "dime", "direction_rank", "directions_for", "directions_worth_keeping",
    "discriminant_ratios", "effective_rank", "equal_angles", "equal_norms", "expected_skewness",
    "explained_variance_area", "gaussian_bhep", "gaussian_lengths", "gaussian_mmd",
    "gaussian_mmd_deviation", "gaussian_sliced_wasserstein", "gaussian_werank", "gride",
    "gride_scales", "hubness", "intrinsic_dimension", "isoscore", "isoscore_star",
    "isotropic_gap", "isotropic_isoscore_star", "isotropic_rank", "johns_test", "lengths",
    "lidar", "local_dimensions", "local_pca_dimensions", "magnitude", "magnitude_dimension",
    "matrix_entropy", "mean_cosine", "moment_dimensions", "nearest_mean_agreement",
    "nearest_mean_disagreement", "neighbour_entropy", "numerical_rank",
    "off_diagonal_correlations", "participation_ratio", "power_law", "procrustes_distance",
    "projection_weighted_cca", "rank_me", "representational_similarity", "rke_score",
    "self_cluster", "self_duality", "significant_directions", "simplex_dimensions",
    "sliced_normality", "sliced_wasserstein", "spectrum", "sphere_tests", "sphericity_gap",
    "svcca", "tight_dimensions", "tolerance", "total_persistence", "tree_dimension",
    "tree_lengths", "two_nn", "uniform_rke", "uniform_wasserstein", "uniformity", "vendi_score",
    "wasserstein_uniformity", "werank", "within_class_variability",
]  # fmt: skip
