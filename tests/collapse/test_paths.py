"""Each path starts at the same healthy pair and ends in the kind of collapse it is named for."""

import numpy as np
import pytest
import torch

from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.paths import PATHS, cells, healthy, path, rank_left, trajectories

ITEMS, D = 96, 4


def pair(kind, spread, rank=None):
    common, own = healthy(ITEMS, D, 0.1, seed=3)
    z, w = path(kind, common, own, rank_left(kind, rank, D))(spread)
    return z.numpy(), w.numpy()


def rank(rows):
    return np.linalg.matrix_rank(rows - rows.mean(0), tol=1e-9)


@pytest.mark.parametrize("kind", PATHS)
def test_every_path_starts_at_the_same_pair(kind):
    for view, same in zip(pair(kind, torch.tensor(1.0)), pair(Kind.COMPLETE, 1.0), strict=True):
        np.testing.assert_allclose(view, same, atol=1e-12)


@pytest.mark.parametrize(
    ("kind", "asked", "left"),
    [
        (Kind.COMPLETE, None, 0),
        (Kind.DIMENSIONAL, None, 1),
        (Kind.DIMENSIONAL, 0, 0),
        (Kind.DIMENSIONAL, 2, 2),
        (Kind.TAIL, None, 3),
        (Kind.CLUSTER, None, D),
        (Kind.TEMPORAL, None, D),
        (Kind.LOCAL, None, D),
        (Kind.AUGMENTATION, None, D),
    ],
)
def test_the_rank_left_in_each_view(kind, asked, left):
    assert [rank(view) for view in pair(kind, torch.tensor(0.0), asked)] == [left, left]


def test_clusters_are_few_points_where_the_means_of_their_cells_were():
    start, end = pair(Kind.CLUSTER, 1.0), pair(Kind.CLUSTER, 0.0)
    cell = cells(torch.tensor(np.stack(start))).numpy()
    assert len(set(cell)) == 2 * D
    for c in set(cell):
        where = np.concatenate([view[cell == c] for view in end])
        mean = np.concatenate([view[cell == c] for view in start]).mean(0)
        np.testing.assert_allclose(where, np.tile(mean, (len(where), 1)), atol=1e-12)


def test_moments_of_a_trajectory_stand_still_at_the_first():
    z, w = pair(Kind.TEMPORAL, 0.0)
    starts = (pair(Kind.TEMPORAL, 1.0)[0] + pair(Kind.TEMPORAL, 1.0)[1]) / 2
    np.testing.assert_allclose(z, starts[np.arange(ITEMS) // 8 * 8], atol=1e-12)
    np.testing.assert_allclose(z, w)
    assert len(np.unique(trajectories(16).numpy())) == 4  # of few items, more than two


@pytest.mark.parametrize("kept", [1, 2])
def test_local_collapse_leaves_few_directions_in_each_cell_and_all_of_them_over_all(kept):
    z, w = pair(Kind.LOCAL, 0.0, kept)
    cell = cells(torch.tensor(np.stack(pair(Kind.LOCAL, 1.0)))).numpy()
    assert {int(rank(np.concatenate([z[cell == c], w[cell == c]]))) for c in set(cell)} == {kept}
    assert rank(z) == D


@pytest.mark.parametrize("spread", [1.0, 0.5, 0.0])
def test_takeover_keeps_the_variance_and_loses_what_views_share(spread):
    items = 4000
    common, own = healthy(items, D, 0.1, seed=3)
    z, w = (x.numpy() for x in path(Kind.AUGMENTATION, common, own, 1)(torch.tensor(spread)))
    # The variance of n d entries has a relative standard error of sqrt(2 / (n d)).
    for view in (z, w):
        assert np.square(view).mean() == pytest.approx(1.01, rel=5 * (2 / (items * D)) ** 0.5)
    agreement = np.corrcoef(z.ravel(), w.ravel())[0, 1]
    assert agreement == pytest.approx(spread**2 / 1.01, abs=5 / (items * D) ** 0.5)


def test_a_drifting_mean_leaves_the_covariance_and_outgrows_it():
    start, end = pair(Kind.MEAN_DRIFT, 1.0)[0], pair(Kind.MEAN_DRIFT, 1e-3)[0]
    np.testing.assert_allclose(np.cov(end.T), np.cov(start.T), rtol=1e-9)
    np.testing.assert_allclose(end.mean(0) - start.mean(0), 999)


def test_kinds_that_are_no_paths_of_a_pair_are_refused():
    with pytest.raises(ValueError, match=r"`kind` must be a path .*, got Kind.CODEBOOK: it hap"):
        pair(Kind.CODEBOOK, 0.5)
    with pytest.raises(ValueError, match="`rank` must be 0 where collapse is complete, got 2"):
        pair(Kind.COMPLETE, 0.5, rank=2)
    with pytest.raises(ValueError, match="`rank` must be between 0 and 3, got 4"):
        pair(Kind.DIMENSIONAL, 0.5, rank=4)
