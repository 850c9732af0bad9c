"""Rows that belong together stay together, and moments of two trajectories never meet."""

import numpy as np
import pytest

from ssl_theory.processes import Pairs, Sequence

ONES = np.ones((4, 2))


def test_a_pair_unpacks_into_its_views():
    x, y = Pairs(ONES, 2 * ONES, ONES, ONES)
    assert (x == 1).all() and (y == 2).all()


def test_a_row_without_a_partner_is_refused():
    with pytest.raises(ValueError, match="`y` must have a row for each of 4 items, got 3"):
        Pairs(ONES, ONES[:3], ONES, ONES)
    with pytest.raises(ValueError, match="`segment` must have a row for each of 4 items, got 1"):
        Pairs(ONES, ONES, ONES, ONES, {"segment": np.zeros(1)})


@pytest.mark.parametrize("lag", [1, 3])
def test_partners_are_a_lag_apart_in_one_trajectory(lag):
    trajectory, moment = np.meshgrid(np.arange(3.0), np.arange(6.0), indexing="ij")
    sequence = Sequence(
        np.stack([trajectory, moment], -1), moment[..., None], {"moment": moment.astype(int)}
    )
    pairs = sequence.pairs(lag)
    assert len(pairs.x) == 3 * (6 - lag)
    assert (pairs.x[:, 0] == pairs.y[:, 0]).all()
    assert (pairs.y[:, 1] - pairs.x[:, 1] == lag).all()
    assert (pairs.partner_latents - pairs.latents == lag).all()
    assert (pairs.auxiliary["moment"] == pairs.x[:, 1]).all()


@pytest.mark.parametrize("lag", [0, 6])
def test_says_which_lags_there_are(lag):
    sequence = Sequence(np.zeros((2, 6, 1)), np.zeros((2, 6, 1)))
    with pytest.raises(ValueError, match=f"`lag` must lie between 1 and 5, got {lag}"):
        sequence.pairs(lag)


def test_latents_of_other_moments_are_refused():
    with pytest.raises(ValueError, match=r"2 trajectories of 6 moments, got shape \(2, 5, 1\)"):
        Sequence(np.zeros((2, 6, 1)), np.zeros((2, 5, 1)))
