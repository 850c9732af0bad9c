"""Every objective of the catalogue on every path, held to the symmetries that it declares."""

import math

import pytest

from ssl_theory.collapse import Kind, profile_table
from ssl_theory.collapse.curvature import NOWHERE
from ssl_theory.collapse.paths import PATHS
from ssl_theory.latent_distribution_matching import Matching
from ssl_theory.objectives import CATALOGUE, cor_info_max, info_nce, koleo, vicreg
from ssl_theory.symmetries import Symmetry


@pytest.mark.parametrize("make", CATALOGUE, ids=lambda make: make.__name__)
def test_every_objective_has_a_profile_of_every_kind(make):
    objective = make()
    rows = {Kind(row.kind): row for row in profile_table([objective], items=32, steps=3)}
    assert tuple(rows) == PATHS
    for kind, row in rows.items():
        assert math.isfinite(row.rise) and math.isfinite(row.rate)
        assert (row.common is None) == (row.opposite is None) == bool(row.reason)
        if row.verdict == "forbids":  # a level without bound has no second derivative
            assert row.common is None
        if row.common is not None and row.common < 0:
            assert -1 <= row.threshold < 1
        else:
            assert row.threshold is None
        assert (row.verdict == "undecided") == (objective.matching is Matching.STOP_GRADIENT)
        assert kind not in NOWHERE or row.reason == NOWHERE[kind]
    drift, complete = rows[Kind.MEAN_DRIFT], rows[Kind.COMPLETE]
    if Symmetry.TRANSLATION in objective.symmetries:
        assert drift.rise == pytest.approx(0, abs=1e-6)
    if Symmetry.LENGTHS in objective.symmetries:
        # Seen from the origin, what goes far away comes to a point.
        assert drift.rise == pytest.approx(complete.rise, rel=1e-4, abs=1e-4)


def test_a_nearest_neighbour_and_a_kernel_see_clusters_where_a_log_determinant_does_not():
    rows = list(profile_table([koleo(), info_nce()], kinds=[Kind.CLUSTER]))
    assert [row.verdict for row in rows] == ["forbids", "resists"]


def test_a_second_moment_about_the_origin_rewards_a_mean_that_drifts():
    # log det of second moments, each view's: the mean adds one eigenvalue that grows as 1/s^2,
    # so two entropies of half its logarithm gain two nats per e-fold.
    (row,) = profile_table([cor_info_max()], kinds=[Kind.MEAN_DRIFT])
    assert row.verdict == "allows" and row.rate == pytest.approx(-2, abs=1e-3)


def test_rates_and_curvatures_are_those_of_the_profile():
    (row,) = profile_table([vicreg()], kinds=[Kind.COMPLETE])
    assert row.verdict == "resists" and row.common < row.opposite < 0 and row.threshold == -1
