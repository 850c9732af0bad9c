"""Views are compared with views that share nothing."""

import math
from functools import cache

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import kstest

from ssl_theory.diagnostics.autocorrelations import canonical_autocorrelations
from ssl_theory.diagnostics.correlations import cross_correlations
from ssl_theory.diagnostics.lidar import corrected_lidar, lidar
from ssl_theory.diagnostics.rank import hill_number
from ssl_theory.nulls.jacobi import noise_ratios
from ssl_theory.report import of_views as module
from ssl_theory.report.of_views import of_groups, of_views

SHARED = 3


def measured(z, w):
    return {m.name: m for m in of_views(z, w)}


def views(seed, n=300, d=8, shared=0, v=2):
    generator = np.random.default_rng(seed)
    item = 3 * generator.standard_normal((n, d)) * (np.arange(d) < shared)
    return item + generator.standard_normal((v, n, d)) + 1


@cache
def of_noise():
    return [measured(*views(seed, d=20)) for seed in range(60)]


def test_values_are_those_of_the_diagnostics():
    z, w = views(0, shared=SHARED)
    correlations, found = cross_correlations(z, w), canonical_autocorrelations(z, w, level=0.01)
    assert {name: m.value for name, m in measured(z, w).items()} == pytest.approx(
        {
            "LiDAR": lidar([z, w]),
            "corrected LiDAR": corrected_lidar([z, w]),
            "shared directions": found.shared,
            "largest autocorrelation": found.values[0],
            "cross-view correlation": correlations.diagonal,
            "squared cross-view correlation": correlations.off_diagonal_mean_square,
        },
        rel=1e-9,
    )


def test_directions_that_are_shared_are_counted():
    found = measured(*views(1, shared=SHARED))
    assert found["shared directions"].value == SHARED
    assert found["corrected LiDAR"].value == pytest.approx(SHARED, abs=0.1)
    # 3 of 8 coordinates have correlation 9 / 10.
    assert found["cross-view correlation"].value == pytest.approx(0.9 * SHARED / 8, abs=0.05)
    for name in ("shared directions", "corrected LiDAR", "largest autocorrelation"):
        assert found[name].null.p_value < 1e-9


def test_the_p_value_is_the_level_at_which_the_largest_would_be_the_threshold():
    z, w = views(2, n=12, d=3)
    found = measured(z, w)["largest autocorrelation"]

    def beyond(level):
        return canonical_autocorrelations(z, w, level=level).threshold - found.value

    assert found.null.p_value == pytest.approx(brentq(beyond, 1e-6, 1 - 1e-6, xtol=1e-12), rel=1e-6)


@pytest.mark.parametrize("name", ["corrected LiDAR", "largest autocorrelation"])
def test_p_values_of_unrelated_views_are_uniform(name):
    found = [noise[name] for noise in of_noise()]
    assert kstest([m.null.p_value for m in found], "uniform").pvalue > 1e-3


def test_unrelated_views_meet_the_null():
    found = [measured(*views(seed, d=12)) for seed in range(40)]
    for name in ("LiDAR", "cross-view correlation", "squared cross-view correlation"):
        apart = np.array([f[name].value - f[name].null.value for f in found])
        # The null of LiDAR is one draw, the same for every seed.
        spread = apart.std(ddof=1) * math.sqrt(1 / 40 + (name == "LiDAR"))
        assert abs(apart.mean()) < 4 * spread, name
    assert (
        sum(f["shared directions"].value > 0 for f in found) <= 3
    )  # 1 % of 40, at a chance of 1e-3


def test_lost_dimensions_are_left_out():
    z, w = views(0, shared=SHARED)
    turn = np.linalg.qr(np.random.default_rng(9).standard_normal((11, 11)))[0][:8]
    flat, full = measured(z @ turn, w @ turn), measured(z, w)
    assert flat["LiDAR"].note == "Of the 8 directions that vary"
    for name in ("LiDAR", "corrected LiDAR", "shared directions", "largest autocorrelation"):
        assert flat[name].value == pytest.approx(full[name].value, rel=1e-6)
        assert flat[name].null.value == pytest.approx(full[name].null.value, rel=1e-12)


def test_equal_views_share_everything():
    z, _ = views(0)
    found = measured(z, z)
    assert found["shared directions"].value == 8
    assert found["cross-view correlation"].value == pytest.approx(1)
    # No variance within items to be in units of.
    assert found["corrected LiDAR"].value is None
    assert "do not differ" in found["corrected LiDAR"].note


def test_groups_are_views_in_any_order_of_rows():
    three = views(0, shared=SHARED, v=3)
    rows, groups = three.reshape(-1, 8), np.tile(np.arange(300), 3)
    order = np.random.default_rng(1).permutation(900)
    found = {m.name: m for m in of_groups(rows[order], groups[order])}
    assert found["LiDAR of groups"].value == pytest.approx(lidar(three), rel=1e-9)
    assert found["corrected LiDAR of groups"].value == pytest.approx(
        corrected_lidar(three), rel=1e-9
    )
    assert found["corrected LiDAR of groups"].null.p_value < 1e-9


def test_says_when_groups_are_not_views():
    z, _ = views(0)
    for groups, words in (
        (np.arange(300), "300 groups of 1 to 1 rows"),
        (np.zeros(300), "1 groups of 300 to 300 rows"),
        (np.arange(300) // 7, "43 groups of 6 to 7 rows"),
    ):
        for m in of_groups(z, groups):
            assert m.value is None and m.note.startswith(words)


def test_the_strongest_directions_leave_noise_its_law(monkeypatch):
    monkeypatch.setattr(module, "DIRECTIONS", 12)
    found = [measured(*views(seed, n=60, d=30)) for seed in range(80)]
    assert found[0]["LiDAR"].note == "Of the 12 strongest directions that vary"
    apart = np.array([f["LiDAR"].value for f in found])
    law = [
        hill_number(x / x.sum(), 1)
        for x in (noise_ratios(59, 60, 12, np.random.default_rng(seed)) for seed in range(80))
    ]
    assert abs(apart.mean() - np.mean(law)) < 4 * np.hypot(apart.std(), np.std(law)) / 80**0.5
    for name in ("corrected LiDAR", "largest autocorrelation"):
        chances = [f[name].null.p_value for f in found]
        assert kstest(chances, "uniform").pvalue > 1e-3


def test_only_the_strongest_of_many_dimensions_are_taken():
    generator = np.random.default_rng(0)
    z = generator.standard_normal((700, 520))
    found = measured(z, z + generator.standard_normal((700, 520)))
    assert found["largest autocorrelation"].note == "Of the 512 strongest directions that vary"
