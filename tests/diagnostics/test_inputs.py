"""Every statistic takes what holds embeddings, widens it first, and refuses what is no number."""

import numpy as np
import pytest
import torch

from ssl_theory.diagnostics import (
    direction_rank,
    johns_test,
    nearest_mean_disagreement,
    self_cluster,
)
from ssl_theory.diagnostics.invariances import INVARIANCES
from ssl_theory.diagnostics.view_invariances import LABELLED, SIMILARITIES
from tests.diagnostics.test_invariances import in_general_position

every = pytest.mark.parametrize("name", sorted(INVARIANCES))
KINDS = {
    "bfloat16": lambda z: torch.tensor(z).bfloat16(),
    "half": lambda z: torch.tensor(z).half(),
    "single": lambda z: z.astype(np.float32),
    "list": lambda z: z.tolist(),
}


@every
@pytest.mark.parametrize("kind", KINDS)
def test_coarse_numbers_are_widened_before_anything_is_computed(name, kind):
    statistic, _ = INVARIANCES[name]
    held = KINDS[kind](in_general_position(40, 5, seed=3))
    wide = np.asarray(torch.as_tensor(held, dtype=torch.float64))
    assert statistic(held) == pytest.approx(statistic(wide), rel=1e-12)


@every
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_is_refused(name, value):
    statistic, _ = INVARIANCES[name]
    z = in_general_position(40, 5, seed=3)
    z[7, 2] = value
    with pytest.raises(ValueError, match=r"`(z|trajectory)` must .*finite"):
        statistic(z)


@pytest.mark.parametrize("name", [*SIMILARITIES, *LABELLED])
def test_so_do_statistics_of_more_than_one_array(name):
    z = torch.tensor(in_general_position(60, 4, seed=3)).bfloat16()
    wide = np.asarray(z.double())
    if name in SIMILARITIES:
        statistic, _ = SIMILARITIES[name]
        one, other = statistic(z, z[:, :3]), statistic(wide, wide[:, :3])
    else:
        statistic, _ = LABELLED[name]
        labels = np.arange(60) % 3
        one, other = statistic(z, labels), statistic(wide, labels)
    assert one == pytest.approx(other, rel=1e-12)


def test_so_do_other_conventions():
    z = torch.tensor(in_general_position(60, 4, seed=3)).bfloat16()
    wide, labels, weights = np.asarray(z.double()), np.arange(60) % 3, np.eye(3, 4)
    assert self_cluster(z, centred=True) == self_cluster(wide, centred=True)
    assert nearest_mean_disagreement(z, labels, weights) == nearest_mean_disagreement(
        wide, labels, weights
    )
    assert direction_rank(z) == direction_rank(wide)


@pytest.mark.parametrize("size", [1e-100, 1e100])
def test_johns_test_squares_shares_and_not_variances(size):
    z = in_general_position(40, 5, seed=3)
    assert johns_test(size * z).u == pytest.approx(johns_test(z).u, rel=1e-9)
