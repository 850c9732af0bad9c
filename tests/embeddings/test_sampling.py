"""A sample is a part of the items, in their order, and every part is as likely."""

import numpy as np
import pytest

from ssl_theory.embeddings import drawn_rows

Z = np.random.default_rng(0).standard_normal((50, 3))


def places(z, count, seed):
    """Where the drawn rows of distinct ones stand."""
    return [np.flatnonzero((z == row).all(1)).item() for row in drawn_rows(z, count, seed=seed)]


@pytest.mark.parametrize("seed", range(20))
def test_rows_are_distinct_and_in_order(seed):
    found = places(Z, 20, seed)
    assert len(found) == 20 and found == sorted(set(found))


def test_partners_stay_partners():
    assert places(Z, 20, 7) == places(-Z, 20, 7)


def test_every_row_is_drawn_as_often():
    draws, n, count = 2000, 50, 20
    drawn = np.bincount([k for seed in range(draws) for k in places(Z, count, seed)], minlength=n)
    error = np.sqrt(draws * count / n * (1 - count / n))
    assert error < 0.02 * draws
    assert np.abs(drawn - draws * count / n).max() < 5 * error


@pytest.mark.parametrize("count", [50, 51])
def test_no_more_can_be_drawn_than_there_are(count):
    assert drawn_rows(Z, count, seed=0) is Z


def test_one_item_is_no_sample():
    with pytest.raises(ValueError, match="`sample` must be at least 2 items, got 1"):
        drawn_rows(Z, 1, seed=0)
