"""Samples of ever fewer items are disjoint, and tell scales apart."""

import numpy as np
import pytest

from ssl_theory.diagnostics import gride, rank_me, two_nn
from ssl_theory.diagnostics.decimation import decimated
from tests.diagnostics.manifolds import torus


def test_every_item_is_in_one_sample():
    z = 2.0 ** np.arange(24)[:, None]  # sums of different items differ
    for found in decimated(np.sum, z, parts=(1, 2, 3, 4)):
        assert found.mean * (24 // found.items) == z.sum()


def test_errors_are_those_of_the_mean():
    z = np.random.default_rng(0).standard_normal((4096, 1))
    found = decimated(np.mean, z, parts=(64,))[0]
    assert found.mean == pytest.approx(z.mean())
    assert found.error == pytest.approx(1 / 64, rel=5 / (2 * 63) ** 0.5)
    assert np.isnan(decimated(np.mean, z, parts=(1,))[0].error)


def test_another_seed_deals_other_samples():
    z = np.random.default_rng(0).standard_normal((40, 3))
    one, other = (decimated(np.max, z, parts=(4,), seed=seed) for seed in (0, 1))
    assert one != other
    assert one == decimated(np.max, z, parts=(4,), seed=0)


def test_noise_at_small_scales_is_seen_and_a_plateau_is_a_dimension():
    generator = np.random.default_rng(0)
    flat = torus(1, 1600, seed=0)
    noisy = flat + 0.003 * generator.standard_normal(flat.shape)
    for z, falls in ((flat, False), (noisy, True)):
        curve = decimated(lambda x: gride(x, near=2).dimension, z, parts=(1, 16))
        assert (curve[0].mean - curve[1].mean > 5 * curve[1].error) == falls
    assert abs(curve[1].mean - 1) < 0.5
    # Without bias whatever the number of items.
    plain = decimated(lambda x: two_nn(x, fit="likelihood"), flat, parts=(8, 16, 32))
    assert all(abs(d.mean - 1) < 5 * d.error for d in plain)


def test_a_rank_of_fewer_items_is_another_rank():
    z = np.random.default_rng(0).standard_normal((512, 64))
    curve = decimated(lambda x: rank_me(x, "exact"), z, parts=(1, 2, 4, 8))
    means = [d.mean for d in curve]
    assert means == sorted(means, reverse=True)
    assert means[-1] < 0.85 * means[0]


@pytest.mark.parametrize("parts", [(), (0,), (6,)])
def test_it_says_what_it_wants(parts):
    with pytest.raises(ValueError, match="`parts` must be numbers between 1 and 5, so that"):
        decimated(np.sum, np.zeros((10, 2)), parts=parts)
