"""Every public statistic: what it counts, by which convention, against what law, at what cost."""

import enum
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ssl_theory import diagnostics as of
from ssl_theory.diagnostics.intervals import jackknife
from ssl_theory.diagnostics.invariances import INVARIANCES, Change
from ssl_theory.diagnostics.view_invariances import LABELLED, MATCHED, SIMILARITIES
from ssl_theory.nulls import gaussian, isotropic, jacobi, largest_share, shuffled, sphere, wachter

__all__ = ["CATALOGUE", "Cost", "Statistic", "table"]

UNCHANGED = {**INVARIANCES, **MATCHED, **SIMILARITIES, **LABELLED}


class Cost(enum.Enum):
    """Operations for ``n`` items of ``d`` dimensions."""

    PASS = "n d"
    SLICES = "n s (d + log n), of s slices"
    MOMENTS = "n d^2"
    SPECTRUM = "n d^2 + d^3"
    PAIRS = "n^2 d"
    PATCHES = "n^2 d + n k^2 d, of k neighbours"
    GRAM = "n^2 d + n^3"
    CLUSTERS = "n d c, of c clusters, an iteration"
    WEIGHTS = "the cube of a layer's width"
    NUMBERS = "that of the numbers it compares"


@dataclass(frozen=True)
class Statistic:
    """What is declared of a public statistic; the rest is read off its signature and docstring."""

    call: Callable[..., Any]
    cost: Cost
    noticing: str | None = None  # the row of the tables of invariances
    null: tuple[Callable[..., Any], ...] = ()  # what it is, or how to draw it, on noise
    corrected: str | Callable[..., Any] = ""  # an argument with its value, or another function
    at: str = ""  # the convention of that row, where it is not the default

    @property
    def name(self) -> str:
        """As it is imported."""
        return self.call.__name__

    @property
    def meaning(self) -> str:
        """The sentence that defines it."""
        return (inspect.getdoc(self.call) or "").partition("\n\n")[0].replace("\n", " ")

    @property
    def convention(self) -> dict[str, Any]:
        """The arguments that decide which number it is, at their defaults."""
        parameters = inspect.signature(self.call).parameters.values()
        return {p.name: p.default for p in parameters if p.default is not p.empty}

    @property
    def unchanged(self) -> frozenset[Change] | None:
        """What it does not notice, as tested; ``None`` if that has no row in the tables."""
        return None if self.noticing is None else UNCHANGED[self.noticing][1]

    @property
    def corrected_by(self) -> str:
        """What takes the bias of few items off, if anything does."""
        return self.corrected if isinstance(self.corrected, str) else self.corrected.__name__


ISOTROPIC = (of.isotropic_rank, isotropic.isotropic_null)
DRAWN = (isotropic.isotropic_null,)
ITEMS = (gaussian.gaussian_null,)
MATCHING = (shuffled.shuffled_null,)

CATALOGUE = (
    # How many dimensions.
    Statistic(of.spectrum, Cost.SPECTRUM, "variances", (isotropic.isotropic_variances,)),
    Statistic(of.effective_rank, Cost.SPECTRUM, "effective rank", ISOTROPIC, jackknife),
    Statistic(of.rank_me, Cost.SPECTRUM, "RankMe", DRAWN, jackknife, at='convention="exact"'),
    Statistic(of.matrix_entropy, Cost.SPECTRUM, "matrix entropy", ISOTROPIC, jackknife),
    Statistic(of.participation_ratio, Cost.MOMENTS, "unbiased participation ratio", DRAWN,
              'correction="any law"'),
    Statistic(of.isoscore, Cost.MOMENTS, "IsoScore", DRAWN, 'correction="any law"'),
    Statistic(of.isoscore_star, Cost.MOMENTS, "IsoScore*", (of.isotropic_isoscore_star,)),
    Statistic(of.vendi_score, Cost.SPECTRUM, "Vendi score", (of.isotropic_rank,)),
    Statistic(of.rke_score, Cost.PAIRS, "RKE score", (of.uniform_rke,), "unbiased=True"),
    Statistic(of.direction_rank, Cost.SPECTRUM, "rank of directions", (of.isotropic_rank,)),
    Statistic(of.diff_erank, Cost.SPECTRUM, "rank of directions"),
    Statistic(of.werank, Cost.WEIGHTS, None, (of.gaussian_werank,)),
    Statistic(of.power_law, Cost.SPECTRUM, "alpha-ReQ", DRAWN, jackknife),
    Statistic(of.explained_variance_area, Cost.SPECTRUM, "explained variance", ITEMS),
    Statistic(of.directions_for, Cost.SPECTRUM, "RankMe", DRAWN),
    Statistic(of.numerical_rank, Cost.SPECTRUM, "numerical rank"),
    Statistic(of.condition_number, Cost.SPECTRUM, "condition number", DRAWN),
    Statistic(of.significant_directions, Cost.SPECTRUM, "significance",
              (largest_share.largest_share_p_value,)),
    Statistic(of.directions_worth_keeping, Cost.SPECTRUM, "significance"),
    Statistic(of.coding_rate, Cost.SPECTRUM, "coding rate", DRAWN),
    Statistic(of.sphericity_gap, Cost.SPECTRUM, "sphericity gap", (of.isotropic_gap,)),
    Statistic(of.johns_test, Cost.SPECTRUM, "John's U", DRAWN),
    # Concentration and direction.
    Statistic(of.mean_cosine, Cost.PASS, "mean cosine", (sphere.rayleigh_p_value,)),
    Statistic(of.self_cluster, Cost.MOMENTS, "self-cluster", (sphere.bingham_p_value,)),
    Statistic(of.sphere_tests, Cost.MOMENTS, "tests of directions",
              (sphere.rayleigh_p_value, sphere.bingham_p_value)),
    Statistic(of.coordinate_deviation, Cost.PASS, "deviation of coordinates", ITEMS, at="ddof=0"),
    Statistic(of.collapse_level, Cost.PASS, "collapse level", ITEMS, at="ddof=0"),
    Statistic(of.coherence, Cost.SPECTRUM, "coherence", ITEMS),
    Statistic(of.uniformity, Cost.PAIRS, "uniformity",
              (sphere.sphere_uniformity, sphere.gaussian_uniformity)),
    Statistic(of.wasserstein_uniformity, Cost.SPECTRUM, "Wasserstein uniformity",
              (of.uniform_wasserstein,)),
    Statistic(of.hubness, Cost.PAIRS, "hubness", ITEMS),
    Statistic(of.lengths, Cost.PASS, "variation of lengths", (of.gaussian_lengths,)),
    Statistic(of.off_diagonal_correlations, Cost.MOMENTS, "off-diagonal correlation", ITEMS),
    # Distance from a Gaussian.
    Statistic(of.sliced_normality, Cost.SLICES, "sliced normality", ITEMS),
    Statistic(of.sliced_wasserstein, Cost.SLICES, "sliced Wasserstein",
              (of.gaussian_sliced_wasserstein, gaussian.gaussian_null)),
    Statistic(of.bhep, Cost.PAIRS, "BHEP", (of.gaussian_bhep, gaussian.gaussian_null)),
    Statistic(of.gaussian_mmd, Cost.PAIRS, "discrepancy from a Gaussian",
              (of.gaussian_mmd_deviation, gaussian.gaussian_null), "unbiased=True"),
    # Views and labels.
    Statistic(of.alignment, Cost.PASS, "alignment", MATCHING),
    Statistic(of.cross_correlations, Cost.MOMENTS, "correlations across", MATCHING),
    Statistic(of.canonical_autocorrelations, Cost.SPECTRUM, "autocorrelations",
              (of.autocorrelation_edge, jacobi.largest_ratio)),
    Statistic(of.lidar, Cost.SPECTRUM, "LiDAR", (jacobi.noise_ratios,), of.corrected_lidar,
              at="delta=0.0"),
    Statistic(of.corrected_lidar, Cost.SPECTRUM, "corrected LiDAR", (jacobi.largest_ratio,)),
    Statistic(of.discriminant_ratios, Cost.SPECTRUM, "ratios of variances", (jacobi.noise_ratios,)),
    Statistic(of.clid, Cost.NUMBERS),
    Statistic(of.cluster_learnability, Cost.PAIRS, "learnability of clusters", ITEMS),
    Statistic(of.tolerance, Cost.PASS, "tolerance", MATCHING, "adjusted=True"),
    Statistic(of.within_class_variability, Cost.SPECTRUM, "variability within classes", MATCHING),
    Statistic(of.class_distance_normalised_variance, Cost.PASS, "distances of classes", MATCHING,
              "debiased=True", at="debiased=False"),
    Statistic(of.equal_norms, Cost.PASS, "norms of classes", MATCHING, "debiased=True",
              at="debiased=False"),
    Statistic(of.equal_angles, Cost.PASS, "angles of classes", MATCHING, "debiased=True",
              at="debiased=False"),
    Statistic(of.self_duality, Cost.PASS, "duality"),
    Statistic(of.nearest_mean_disagreement, Cost.PASS),
    Statistic(of.nearest_mean_agreement, Cost.PASS, None, MATCHING),
    Statistic(of.dense_structure, Cost.CLUSTERS, "structure of tokens"),
    Statistic(of.cka, Cost.MOMENTS, "debiased CKA",
              (of.biased_cka_of_independent, shuffled.shuffled_null), "debiased=True"),
    Statistic(of.canonical_correlations, Cost.SPECTRUM, "canonical correlations",
              (wachter.canonical_edges, wachter.independent_correlations)),
    Statistic(of.svcca, Cost.SPECTRUM, "SVCCA", MATCHING, at="keep=0.9"),
    Statistic(of.projection_weighted_cca, Cost.SPECTRUM, "projection-weighted CCA", MATCHING),
    Statistic(of.procrustes_distance, Cost.SPECTRUM, "Procrustes distance", MATCHING),
    Statistic(of.representational_similarity, Cost.PAIRS, "similarity of distances", MATCHING,
              at='distance="euclidean"'),
    Statistic(of.dime, Cost.GRAM, "DiME", MATCHING),
    Statistic(of.curvature, Cost.PASS, "curvature", ITEMS),
    # Intrinsic dimension.
    Statistic(of.two_nn, Cost.PAIRS, "two neighbours", (), 'fit="likelihood"',
              at='duplicates="drop"'),
    Statistic(of.gride, Cost.PAIRS, "ratios of neighbours", (), "unbiased=True",
              at='duplicates="drop"'),
    Statistic(of.gride_scales, Cost.PAIRS, "ratios of neighbours", (), "unbiased=True",
              at='duplicates="drop"'),
    Statistic(of.local_dimensions, Cost.PAIRS, "local dimension", (), "unbiased=True",
              at='duplicates="drop"'),
    Statistic(of.intrinsic_dimension, Cost.PAIRS, "local dimension", (), "unbiased=True",
              at='duplicates="drop"'),
    Statistic(of.moment_dimensions, Cost.PAIRS, "moments of neighbours", (), "last=False",
              at='duplicates="drop"'),
    Statistic(of.angle_dimensions, Cost.PATCHES, "angles of neighbours", (of.uniform_rke,),
              "unbiased=True", at='duplicates="drop"'),
    Statistic(of.simplex_dimensions, Cost.PATCHES, "triangles of neighbours",
              (of.expected_skewness,), at='duplicates="drop"'),
    Statistic(of.tight_dimensions, Cost.PATCHES, "distances of neighbours", at='duplicates="drop"'),
    Statistic(of.local_pca_dimensions, Cost.PATCHES, "planes of neighbours",
              at='rule="participation", duplicates="drop"'),
    Statistic(of.danco, Cost.PATCHES, "angles of neighbours", at='duplicates="drop", largest=6'),
    Statistic(of.tree_dimension, Cost.PAIRS, "growth of the tree"),
    Statistic(of.tree_lengths, Cost.PAIRS, "persistence"),
    Statistic(of.total_persistence, Cost.PAIRS, "persistence"),
    Statistic(of.magnitude, Cost.GRAM, "magnitude"),
    Statistic(of.magnitude_dimension, Cost.GRAM, "magnitude"),
    Statistic(of.neighbour_entropy, Cost.PAIRS, "entropy of neighbours", at='duplicates="drop"'),
)  # fmt: skip


def table(statistics: Iterable[Statistic] = CATALOGUE) -> str:
    """The statistics as a table in Markdown, one a row.

    >>> print(table(s for s in CATALOGUE if s.name == "johns_test").splitlines()[-1][:33])
    | `johns_test` | John's :math:`U
    """
    head = ("statistic", "is", "convention", "unchanged by", "on noise", "corrected by", "cost")
    rows = [head, ("---",) * len(head)]
    for s in statistics:
        said = ", ".join(f"{name}={value!r}" for name, value in s.convention.items())
        unchanged = "not declared" if s.unchanged is None else _names(s.unchanged)
        unchanged += f" (`{s.at}`)" if s.at else ""
        null = ", ".join(f"`{law.__name__}`" for law in s.null)
        corrected = f"`{s.corrected_by}`" if s.corrected else ""
        row = (f"`{s.name}`", s.meaning, f"`{said}`" if said else "", unchanged, null, corrected)
        rows.append((*row, s.cost.value))
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in r) + " |" for r in rows)


def _names(changes: frozenset[Change]) -> str:
    return ", ".join(c.name.lower() for c in Change if c in changes) or "nothing"
