"""Shuffled items share nothing but their spectra."""

import numpy as np

from ssl_theory.diagnostics.cka import cka
from ssl_theory.diagnostics.procrustes import procrustes_distance
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.nulls.shuffled import shuffled_null


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def test_independence_is_rejected_as_often_as_the_level_says_in_one_dimension_and_heavy_tails():
    # Where the law for many dimensions fails: one dimension, and Student's tails.
    runs, level = 200, 0.2
    generator = np.random.default_rng(0)
    rejected = []
    for seed in range(runs):
        z, w = generator.standard_t(3, (2, 12, 1))
        null = shuffled_null(cka, z, w, draws=24, seed=seed)
        rejected.append(p_value(cka(z, w), null, larger=True) <= level)
    error = (level * (1 - level) / runs) ** 0.5
    assert 5 * error < level
    assert abs(np.mean(rejected) - level) < 5 * error


def test_it_knows_how_close_independent_representations_come_by_rotation():
    z, w = normal(40, 30), normal(40, 30, seed=1)
    null = shuffled_null(procrustes_distance, z, w, draws=49)
    # Far below 1, because 30 dimensions of 40 items can be turned into each other.
    assert null.max() < 0.6
    assert p_value(procrustes_distance(z, w), null, larger=False) > 0.02
    assert procrustes_distance(z, z + w) < null.min()


def test_the_seed_decides():
    z, w = normal(9, 2), normal(9, 3, seed=1)
    first, again = (shuffled_null(cka, z, w, draws=9, seed=0) for _ in range(2))
    assert (first == again).all()
    assert (first != shuffled_null(cka, z, w, draws=9, seed=1)).any()
