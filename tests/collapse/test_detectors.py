"""Each channel is the quantity that it says, by another route, and is defined everywhere."""

import itertools

import numpy as np
import pytest
import torch
from scipy.spatial import cKDTree
from scipy.stats import f_oneway

from ssl_theory.collapse import detectors
from ssl_theory.collapse.detectors import CHANNELS, DETECTORS, KIND_OF, measure
from ssl_theory.collapse.detectors.codebook import occupancy
from ssl_theory.collapse.detectors.partial_prototype import chance_of_near, distinct_prototypes
from ssl_theory.collapse.grouping import log_variance_ratio
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twin import anchors, gaussian_twin, nearest_distances
from ssl_theory.diagnostics.local_dimension import intrinsic_dimension
from tests.collapse.healthy import healthy


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def one(detector, z, **others):
    found = measure(Observation.of(z, **others), [detector])
    return list(found.values())


def everything(z):
    n = len(z)
    return Observation.of(
        z, views=z, trajectories=np.arange(n) // 4, tokens=np.stack([z, z], 1), units=z,
        backbone=z, assignments=np.zeros(n, int), codes=3, prototypes=z, predictions=z,
    )  # fmt: skip


def test_there_is_one_detector_for_each_kind_and_no_name_twice():
    assert sorted(d.kind.value for d in DETECTORS) == sorted(kind.value for kind in Kind)
    assert sum(len(d.channels) for d in DETECTORS) == len(CHANNELS) == len(KIND_OF)
    assert all(d.sees and d.blind_to for d in DETECTORS)


def test_a_full_observation_has_every_channel_and_each_detector_gives_what_it_says():
    seen = healthy("isotropic", 0)
    assert measure(seen).keys() == CHANNELS.keys()
    for detector in DETECTORS:
        assert list(measure(seen, [detector])) == [c.name for c in detector.channels]
        alone = Observation(seen.z)
        assert bool(measure(alone, [detector])) == (not detector.needs)


@pytest.mark.parametrize(
    "z",
    [np.zeros((32, 4)), np.full((32, 4), 3.3), np.eye(32), normal(20, 1), normal(20, 40)],
    ids=["zero", "constant", "simplex", "one dimension", "more dimensions than items"],
)
def test_every_channel_is_finite_of_items_in_any_position(z):
    found = measure(everything(z))
    assert np.isfinite(list(found.values())).all(), found


def test_items_that_are_not_finite_are_counted_and_left_out():
    z = normal(64, 5)
    broken = z.copy()
    broken[::16, 2] = [np.nan, np.inf, -np.inf, 1e200]
    left = np.arange(64) % 16 != 0
    found, without = measure(Observation.of(broken)), measure(Observation.of(z[left]))
    assert found.pop("share of items that are not finite") == 4 / 64
    without.pop("share of items that are not finite")
    assert found == without


def test_of_too_few_finite_items_channels_are_nan_and_stay_the_same_ones():
    z = np.full((64, 5), np.nan)
    found = measure(everything(z))
    assert found.keys() == CHANNELS.keys()
    assert found.pop("share of items that are not finite") == 1
    assert np.isnan(list(found.values())).all()


def test_prototypes_that_are_not_finite_are_counted_too():
    prototypes = normal(8, 3)
    prototypes[0] = np.nan
    found = measure(Observation.of(normal(32, 3), prototypes=prototypes))
    assert found["share of items that are not finite"] == 1 / 8
    assert found["log number of distinct prototypes"] == pytest.approx(np.log(7))


def test_complete_is_the_logarithm_of_the_trace():
    z = normal(50, 6) * [1, 2, 3, 4, 5, 6]
    assert one(detectors.complete, z) == pytest.approx([np.log(np.trace(np.cov(z.T)))])


@pytest.mark.parametrize("k", [1, 3, 8])
def test_dimensional_counts_even_axes(k):
    cross = np.vstack([np.eye(8)[:k], -np.eye(8)[:k]])
    z = np.tile(cross, (16 // k + 1, 1))
    assert one(detectors.dimensional, z) == pytest.approx([np.log(k)], abs=1e-12)


def test_tail_is_the_arithmetic_mean_over_the_geometric_one_of_variances():
    z = gaussian_twin([4.0, 4.0, 1.0, 0.01], 40) + 7
    expected = np.log(np.mean([4, 4, 1, 0.01])) - np.mean(np.log([4, 4, 1, 0.01]))
    assert one(detectors.tail, z) == pytest.approx([expected])


def test_tail_is_finite_where_directions_are_lost_and_larger_the_more_are():
    gaps = [one(detectors.tail, normal(64, 8) * (np.arange(8) >= lost))[0] for lost in range(8)]
    assert np.all(np.diff(gaps[:5]) > 0)
    assert np.isfinite(gaps).all()


@pytest.mark.parametrize("spectrum", [np.ones(6), np.arange(1.0, 7) ** -2, [1, 1, 1, 1e-3, 0, 0]])
def test_cluster_and_local_are_zero_on_average_for_gaussian_items_of_any_spectrum(spectrum):
    drawn = [
        one(detectors.cluster, normal(96, 6, seed=seed) * np.sqrt(spectrum))
        + one(detectors.local, normal(96, 6, seed=seed) * np.sqrt(spectrum))
        for seed in range(60)
    ]
    # The twin is the same in all: its own error, of one draw, is as large as theirs.
    error = np.std(drawn, 0, ddof=1) * np.sqrt(1 + 1 / 60)
    assert np.all(np.abs(np.mean(drawn, 0)) < 3.5 * error)
    assert np.all(error < 0.25)


def test_cluster_falls_by_the_logarithm_of_how_much_items_gather():
    centres, offsets = 20 * normal(8, 6), normal(256, 6, seed=1)
    spread = [one(detectors.cluster, np.tile(centres, (32, 1)) + s * offsets) for s in (1e-2, 1e-3)]
    twice, once = 2 * np.log(10), np.log(10)  # of squares, and of distances
    # Items that do not move among the strongest directions leave the twin as it was.
    assert np.subtract(*spread) == pytest.approx([twice, once], rel=0.02)


def test_local_is_the_geometric_mean_of_hills_estimates():
    z = normal(128, 5)
    expected = np.log(intrinsic_dimension(z, neighbours=10, average="geometric"))
    expected -= np.log(
        intrinsic_dimension(Observation.of(z).twin.z, neighbours=10, average="geometric")
    )
    assert one(detectors.local, z) == pytest.approx([expected])


@pytest.mark.parametrize("items", [200, 700])
def test_nearest_distances_are_those_of_a_tree(items):
    z = normal(items, 4) + 100
    expected = cKDTree(z).query(z, 6)[0][:, 1:] / np.sqrt(2 * np.trace(np.cov(z.T)))
    np.testing.assert_allclose(nearest_distances(z, 5), expected[anchors(items)], rtol=1e-8)
    assert len(np.unique(anchors(items))) == min(items, 512)


def test_distances_to_copies_count_as_a_millionth_of_the_spread():
    z = np.repeat(normal(8, 3), 8, axis=0)
    assert np.all(nearest_distances(z, 5) == 1e-6)


def test_motion_in_one_dimension_is_minus_the_logarithm_of_f():
    z, groups = normal(60, 1), np.repeat(np.arange(6), [5, 5, 10, 10, 15, 15])
    parts = [z[groups == g, 0] for g in range(6)]
    assert log_variance_ratio(z, groups) == pytest.approx(-np.log(f_oneway(*parts).statistic))


def test_temporal_and_token_see_the_same_structure_alike():
    moments = normal(16, 1, 5) + normal(16, 6, 5, seed=1)
    rows, groups = moments.reshape(96, 5), np.repeat(np.arange(16), 6)
    assert one(detectors.temporal, rows, trajectories=groups) == pytest.approx(
        one(detectors.token, moments.mean(1), tokens=moments)
    )


@pytest.mark.parametrize("within", [0.1, 0.5, 1.0])
def test_augmentation_is_the_ratio_of_the_analysis_of_variance(within):
    common = np.sqrt(1 - within) * normal(4000, 8)
    z, w = (common + np.sqrt(within) * normal(4000, 8, seed=seed) for seed in (1, 2))
    # Of two views, mean squares are s_w and 2 s_b + s_w; the logarithm errs by sqrt(4 / n d).
    expected = np.log(within / (2 * (1 - within) + within))
    assert one(detectors.augmentation, z, views=w + 9)[0] == pytest.approx(expected, abs=5 * 0.0112)


def test_mean_drift_is_the_share_of_variance_in_the_mean_square():
    z = gaussian_twin([2.0, 1.0], 32) + np.array([1.0, -1.0])
    assert one(detectors.mean_drift, z) == pytest.approx([np.log(3 / 5)])


def test_dead_units_are_those_that_do_not_vary_whatever_they_say():
    units = normal(100, 10)
    units[:, 0], units[:, 1], units[:, 2] = 0.0, 7.3, 1e-3 * units[:, 2] + 5
    units[:, 3] = np.arange(100) == 5  # fires for a single item
    assert one(detectors.dead_units, normal(100, 2), units=units) == [0.3]
    assert one(detectors.dead_units, normal(100, 2), units=1e-9 * units) == [0.3]


def test_codebook_of_even_use_has_as_many_codes_as_are_used_and_soft_codes_say_the_same():
    hard = np.resize([0, 2, 3, 7], 64)
    expected = [np.log(4), 0.5]
    z = normal(64, 2)
    assert one(detectors.codebook, z, assignments=hard, codes=8) == pytest.approx(expected)
    assert one(detectors.codebook, z, assignments=np.eye(8)[hard]) == pytest.approx(expected)
    assert one(detectors.codebook, z, assignments=hard, codes=16)[1] == 0.75


def test_occupancy_is_the_count_of_all_ways_to_draw():
    ways = [len(set(draw)) for draw in itertools.product(range(3), repeat=5)]
    expected = np.bincount(ways, minlength=4) / 3**5
    np.testing.assert_allclose(occupancy(5, 3), expected, rtol=1e-13)


def test_prototypes_count_once_however_many_copies_and_whatever_their_length():
    prototypes = normal(10, 16)
    copies = np.vstack([prototypes, 3 * prototypes[:4], np.zeros((2, 16))])
    assert distinct_prototypes(copies) == 11
    chain = np.deg2rad(10.0) * np.arange(5)  # each within 13 degrees of the next
    assert distinct_prototypes(np.stack([np.cos(chain), np.sin(chain)], 1)) == 1


@pytest.mark.parametrize("d", [3, 4])
def test_chance_of_near_is_how_often_directions_are(d):
    directions = normal(2, 400_000, d)
    directions /= np.linalg.norm(directions, axis=2, keepdims=True)
    hits = np.mean((directions[0] * directions[1]).sum(1) >= 0.975)
    chance = chance_of_near(d)
    assert abs(hits - chance) < 5 * np.sqrt(chance / 400_000) < 0.3 * chance


@pytest.mark.parametrize("angle", [0.3, 1.0, 1.3])
def test_predictor_identity_is_the_tangent_of_the_angle_to_the_input(angle):
    frame = gaussian_twin(np.ones(8), 64)
    z, across = frame[:, :4], frame[:, 4:]
    predictions = 3 * (np.cos(angle) * z + np.sin(angle) * across) + 1
    expected = 2 * np.log(np.tan(angle))
    assert one(detectors.predictor_identity, z - 5, predictions=predictions) == pytest.approx(
        [expected]
    )


def test_split_is_what_is_measured_at_the_backbone():
    backbone = normal(64, 12) * np.arange(1, 13)
    there = [*one(detectors.complete, backbone), *one(detectors.dimensional, backbone)]
    assert one(detectors.split, normal(64, 3), backbone=backbone) == there


@pytest.mark.parametrize(
    ("dtype", "unit"), [(torch.bfloat16, 2.0**-8), (torch.float16, 2.0**-11)], ids=str
)
def test_rounding_is_seen_in_numbers_that_are_stored_in_less(dtype, unit):
    z = 5.0 + 0.01 * torch.from_numpy(normal(256, 8))
    fine = one(detectors.numeric, z)[1]
    coarse = one(detectors.numeric, z.to(dtype))[1]
    assert fine == np.log(1e-3)
    stored = z.to(dtype).double().numpy()
    share = unit**2 / 3 * np.square(stored).sum(1).mean() / np.trace(np.cov(stored.T))
    assert coarse == pytest.approx(min(np.log(share), 0.0))
    assert one(detectors.numeric, z.float())[1] == np.log(1e-3)


@pytest.mark.parametrize("name", ["complete", "dimensional", "tail", "cluster", "local"])
def test_units_and_axes_do_not_matter_but_to_the_variance(name):
    detector = getattr(detectors, name)
    z = healthy("mixture", 1, items=128, dimensions=8).z
    turn = np.linalg.qr(normal(8, 8))[0]
    before, after = one(detector, z), one(detector, 3 * z @ turn)
    expected = np.log(9) if name == "complete" else 0.0
    assert np.subtract(after, before) == pytest.approx(expected, abs=1e-9)


def test_a_twin_has_the_covariance_and_is_as_gaussian_as_draws_of_any_seed():
    variances = [3.0, 1.0, 0.0]
    twins = [gaussian_twin(variances, 24, seed=seed) for seed in range(200)]
    for twin in twins[:3]:
        np.testing.assert_allclose(np.cov(twin.T), np.diag(variances), atol=1e-12)
        np.testing.assert_allclose(twin.mean(0), 0, atol=1e-12)
    # Every coordinate of an even frame has mean 0 and variance (n - 1) / n of the axis.
    first = np.array([twin[0, 0] for twin in twins])
    assert abs(first.mean()) < 5 * np.sqrt(3 / 200)
    assert np.square(first).mean() == pytest.approx(3 * 23 / 24, rel=5 * np.sqrt(2 / 200))
