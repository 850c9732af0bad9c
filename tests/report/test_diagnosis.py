"""A diagnosis is right where the truth is planted, and says what it cannot know."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import collapsed_embeddings
from ssl_theory.processes import GaussianPairs
from ssl_theory.report import Kind, diagnose

DTYPES = [torch.bfloat16, torch.float16, torch.float32, torch.float64]


def normal(n: int, d: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((n, d))


def kinds(z, w=None) -> set[Kind]:
    return set(diagnose(z, w).kinds)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("n", "d"), [(500, 64), (2000, 8), (50, 1)])
@pytest.mark.parametrize("offset", [0.0, 10.0])
def test_isotropic_embeddings_are_healthy_in_every_dtype(n, d, dtype, offset):
    z = torch.from_numpy(normal(n, d) + offset).to(dtype)
    assert kinds(z) == {Kind.HEALTHY}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("value", [0.0, 1.0, -3.7e4, 1e-3])
def test_equal_items_have_collapsed_to_a_point(dtype, value):
    report = diagnose(torch.full((100, 8), value, dtype=dtype))
    assert report.kinds == {Kind.COLLAPSED_TO_A_POINT}
    assert report["resolved rank"].value == 0
    assert report["effective rank"].value is None


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("ulps", [0.25, 1.0])
def test_items_that_flicker_by_rounding_have_collapsed_to_a_point(dtype, ulps):
    centre = torch.from_numpy(normal(1, 32)).to(dtype).double()
    flicker = torch.from_numpy(np.random.default_rng(1).uniform(-0.5, 0.5, (400, 32)))
    z = (centre * (1 + ulps * torch.finfo(dtype).eps * flicker)).to(dtype)
    assert kinds(z) == {Kind.COLLAPSED_TO_A_POINT}


@given(collapsed_embeddings())
def test_a_planted_rank_is_found_and_named(case):
    z, rank = case
    report = diagnose(z)
    assert report["resolved rank"].value == rank
    limit = min(z.shape[1], len(z) - 1)
    assert (Kind.COLLAPSED_TO_A_POINT in report.kinds) == (rank == 0)
    assert (Kind.RANK_DEFICIENT in report.kinds) == (0 < rank < limit)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("bottleneck", [1, 5, 31])
def test_a_bottleneck_is_a_lost_rank_in_every_dtype(dtype, bottleneck):
    weights = normal(bottleneck, 32, seed=1)
    z = torch.from_numpy(normal(1000, bottleneck) @ weights).to(dtype)
    assert diagnose(z).kinds == {Kind.RANK_DEFICIENT}


@pytest.mark.parametrize("n", [2, 10, 32])
def test_few_items_are_called_few_and_not_deficient(n):
    report = diagnose(normal(n, 32))
    assert report.kinds == {Kind.HEALTHY, Kind.TOO_FEW_ITEMS}
    few = next(v for v in report.verdicts if v.kind is Kind.TOO_FEW_ITEMS)
    assert f"{n} items span at most {n - 1} of 32 dimensions" in few.sentence
    assert "Give at least 33 items" in few.advice


def test_one_item_more_than_dimensions_is_enough():
    assert kinds(normal(33, 32)) == {Kind.HEALTHY}


def test_copies_are_named_as_the_cause_of_a_lost_rank():
    report = diagnose(np.repeat(normal(5, 32), 20, axis=0))
    assert report.kinds == {Kind.RANK_DEFICIENT}
    assert "copies of 5 distinct ones" in report.verdicts[0].sentence
    assert report["distinct items"].value == 5
    assert report["resolved rank"].value == 4


def test_variance_in_few_directions_is_concentrated():
    assert kinds(normal(5000, 64) / np.arange(1, 65)) == {Kind.CONCENTRATED}
    assert kinds(normal(5000, 64) / np.sqrt(np.arange(1, 65))) == {Kind.HEALTHY}


@pytest.mark.parametrize("scale", [1e-12, 1e12, 1e-100, 1e100])
def test_units_do_not_change_the_verdict(scale):
    for z in (normal(300, 16), normal(300, 3) @ normal(3, 16, seed=1), np.ones((300, 16))):
        assert kinds(z) == kinds(scale * z)


@given(st.integers(0, 2**32 - 1))
def test_one_constant_column_is_one_lost_dimension(seed):
    z = normal(60, 6, seed)
    column = seed % 6
    z[:, column] = z[0, column]
    assert diagnose(z)["resolved rank"].value == 5


def test_a_coordinate_far_from_the_origin_hides_nothing():
    z = normal(500, 8)
    z[:, 0] = 1e9
    assert diagnose(z)["resolved rank"].value == 7


@pytest.mark.parametrize("d", [8, 64])
def test_a_direction_that_rounding_of_the_others_would_drown_is_not_counted(d):
    z = normal(500, d)
    z[:, 3] *= 1e-30
    assert diagnose(z)["resolved rank"].value == d - 1


def test_the_second_view_has_verdicts_and_measurements_of_its_own():
    pairs = GaussianPairs((1.0,) * 16, (0.8,) * 16).draw(4000, seed=0)
    report = diagnose(pairs.x, np.ones_like(pairs.y))
    assert [(v.of, v.kind) for v in report.verdicts] == [
        ("z", Kind.HEALTHY),
        ("w", Kind.COLLAPSED_TO_A_POINT),
    ]
    assert report["resolved rank of w"].value == 0
    assert report["agreement of the views"].value is None


@pytest.mark.parametrize("correlation", [-0.5, 0.0, 0.8])
def test_agreement_is_the_shared_part_of_the_variance(correlation):
    # E|x - y|^2 = 2 d (1 - rho) out of 2 d; the error of rho over n d pairs is about 1 / sqrt(n d).
    pairs = GaussianPairs((2.0,) * 16, (correlation,) * 16, mixing_seed=1).draw(5000, seed=3)
    found = diagnose(pairs.x + 5, pairs.y - 3)["agreement of the views"].value
    assert found == pytest.approx(correlation, abs=5 / np.sqrt(5000 * 16))


def test_alignment_counts_distance_on_the_sphere():
    z = normal(10_000, 4)
    assert diagnose(z, z)["alignment"].value == 0
    assert diagnose(z, -3 * z)["alignment"].value == pytest.approx(4)


def test_a_directionless_item_makes_cosines_undefined_and_nothing_else():
    z = normal(100, 4)
    z[7] = 0
    report = diagnose(z, z)
    assert (
        report["uniformity"].value is None
        and "1 of 100 items are zero" in report["uniformity"].note
    )
    assert report["alignment"].value is None
    assert report["effective rank"].value > 3


def test_mismatched_views_are_refused():
    with pytest.raises(ValueError, match=r"two views of the same items, got shapes \(9, 2\) and"):
        diagnose(normal(9, 2), normal(8, 2))


@pytest.mark.parametrize("size", [1e160, 1e-160])
def test_numbers_whose_squares_leave_float64_are_refused(size):
    with pytest.raises(ValueError, match="squares of such numbers leave float64"):
        diagnose(size * normal(10, 2))


def test_bad_embeddings_are_refused_by_name():
    with pytest.raises(TypeError, match="`w` must be floating point"):
        diagnose(normal(4, 2), np.ones((4, 2), int))


def test_a_memory_map_is_diagnosed_like_the_array(tmp_path):
    z = normal(9000, 5)
    np.save(tmp_path / "z.npy", z)
    mapped = np.load(tmp_path / "z.npy", mmap_mode="r")
    assert diagnose(mapped) == diagnose(z)


def test_nothing_is_written_to_the_embeddings():
    z, w = normal(50, 4), normal(50, 4, seed=1)
    before = z.copy(), w.copy()
    z.flags.writeable = w.flags.writeable = False
    diagnose(z, w)
    assert np.array_equal(z, before[0]) and np.array_equal(w, before[1])


def test_values_are_those_of_the_definitions():
    z = normal(400, 6) * np.arange(1, 7) + 2
    report = diagnose(z)
    covariance = np.cov(z.T)
    variances = np.linalg.eigvalsh(covariance)
    shares = variances / variances.sum()
    singular = np.linalg.svd(z, compute_uv=False)
    singular /= singular.sum()
    mean = z.mean(0)
    expected = {
        "effective rank": np.exp(-np.sum(shares * np.log(shares))),
        "RankMe": np.exp(-np.sum(singular * np.log(singular))),
        "participation ratio": 1 / np.sum(shares**2),
        "stable rank": 1 / shares.max(),
        "share of the strongest direction": shares.max(),
        "total variance": np.trace(covariance),
        "share of the mean": mean @ mean / np.mean(np.sum(z**2, axis=1)),
    }
    for name, value in expected.items():
        assert report[name].value == pytest.approx(value, rel=1e-10), name


def test_a_spectrum_far_below_the_limit_is_certain_to_be_concentrated():
    (verdict,) = diagnose(normal(2000, 64) * np.r_[1.0, 1.0, np.full(62, 0.01)]).verdicts
    assert verdict.kind is Kind.CONCENTRATED and verdict.sure


def test_the_bound_of_the_verdict_compares_ranks_of_equally_many_items():
    # Near the limit, some samples lie below it, and hardly any by so much that it is certain.
    d, n = 40, 400
    limit, strong = 0.1 * np.exp(np.log(d) - d / n / 2), None
    for strength in np.geomspace(5, 500, 60):
        variances = np.r_[strength, strength, np.ones(d - 2)]
        shares = variances / variances.sum()
        if np.exp(-shares @ np.log(shares)) < limit:
            strong = strength
            break
    assert strong is not None
    found = [diagnose(normal(n, d, s) * np.sqrt(variances)).verdicts[0] for s in range(12)]
    certain = sum(v.kind is Kind.CONCENTRATED and v.sure for v in found)
    assert certain <= 3  # of 12: the truth is at the limit, and the chance is 2.5 % each
    assert any(not v.sure for v in found)


def test_a_reference_is_compared_item_by_item():
    z = normal(400, 12)
    rotated = z @ np.linalg.qr(normal(12, 12, 5))[0]
    assert diagnose(z, reference=rotated)["CKA"].value == pytest.approx(1)
    unrelated = diagnose(z, reference=normal(400, 5, 7))["CKA"]
    assert abs(unrelated.value) < 0.05 and unrelated.null.p_value > 1e-4
    assert diagnose(z, reference=iter([rotated])) == diagnose(z, reference=rotated)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (normal(399, 4), "`reference` must hold the same 400 items, got 399"),
        (normal(401, 4), "got 401"),
        (iter([normal(399, 4)]), "got 399"),
        (np.full((400, 4), np.nan), "`reference` must be finite"),
        (np.ones(400), r"`reference` must have shape \(items, dimensions\)"),
    ],
)
def test_a_reference_must_be_of_the_same_items(reference, message):
    with pytest.raises(ValueError, match=message):
        diagnose(normal(400, 4), reference=reference)


def test_groups_of_views_show_what_they_share_and_mismatched_ones_do_not():
    items = np.repeat(normal(300, 6), 3, axis=0)
    z = items + 0.3 * normal(900, 6, 1)
    groups = np.repeat(np.arange(300), 3)
    shared = diagnose(z, groups=groups)["corrected LiDAR of groups"]
    assert shared.value == pytest.approx(6, rel=0.1)
    mixed = diagnose(z, groups=np.random.default_rng(0).permutation(groups))
    assert not mixed["corrected LiDAR of groups"].value


def test_of_many_groups_whole_ones_are_drawn():
    items = np.repeat(normal(3000, 3), 2, axis=0)
    z, groups = items + 0.3 * normal(6000, 3, 1), np.repeat(np.arange(3000), 2)
    found = diagnose(z, groups=groups)
    assert found["corrected LiDAR of groups"].value == pytest.approx(3, rel=0.1)


def test_groups_widen_intervals_by_the_root_of_their_size():
    items = np.repeat(normal(600, 3), 4, axis=0)
    together, apart = (
        diagnose(items, groups=groups)["total variance"].interval
        for groups in (np.repeat(np.arange(600), 4), None)
    )
    widths = [np.log(found.high / found.low) for found in (together, apart)]
    assert widths[0] / widths[1] == pytest.approx(2, rel=0.5)


def test_labels_are_measured_beside_shuffled_ones():
    labels = np.arange(300) % 3
    z = np.eye(3)[labels] + 0.1 * normal(300, 3)
    found = diagnose(z, labels=labels)["tolerance"]
    assert found.value > 0.9 and found.null.p_value < 0.05


def test_labels_must_be_one_for_each_item():
    with pytest.raises(ValueError, match="`labels` must hold one for each of 10 items"):
        diagnose(normal(10, 2), labels=np.arange(9))


def test_no_interval_counts_more_directions_than_there_are():
    report = diagnose(1e3 * normal(2000, 64))
    for name in ("effective rank", "RankMe", "participation ratio, unbiased"):
        bounds = report[name].interval
        assert 60 < bounds.low < bounds.estimate <= bounds.high == 64, name
    assert report["total variance"].interval.low > 64e6 * 0.95


def test_rounding_adds_nothing_to_any_rank():
    z = normal(500, 3) @ normal(3, 16, seed=1)
    rounded, exact = diagnose(torch.from_numpy(z).bfloat16()), diagnose(z)
    assert rounded["resolved rank"].value == 3
    for name in ("effective rank", "RankMe, mean removed"):
        assert rounded[name].value == pytest.approx(exact[name].value, rel=0.01), name
