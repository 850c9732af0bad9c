"""Directions of the same items are not independent; items are."""

import numpy as np
from scipy.stats import kstest

from ssl_theory.diagnostics.normality import sliced_normality
from ssl_theory.nulls.gaussian import gaussian_null
from ssl_theory.nulls.isotropic import p_value


def few(z):
    return sliced_normality(z, slices=16)


def test_p_values_of_gaussian_items_are_uniform():
    null = gaussian_null(few, 32, 4, draws=499, seed=0)
    chances = [
        p_value(found, null, larger=True) for found in gaussian_null(few, 32, 4, draws=300, seed=1)
    ]
    assert kstest(chances, "uniform").pvalue > 1e-3
    # Drawn against a finite null, so with its error besides.
    error = (0.05 * 0.95 * (1 / 300 + 1 / 499)) ** 0.5
    assert 5 * error < 0.09
    assert abs(np.mean(np.array(chances) <= 0.05) - 0.05) < 5 * error


def test_many_slices_are_less_certain_than_as_many_independent_ones():
    null = gaussian_null(lambda z: sliced_normality(z, slices=256), 64, 16, draws=80)
    error = null.std(ddof=1) / 160**0.5
    assert null.std(ddof=1) - 5 * error > 0.96002 / 256**0.5
    assert abs(null.mean() - 1.05246) < 5 * null.std(ddof=1) / 80**0.5


def test_the_seed_decides():
    first, again = (gaussian_null(np.sum, 3, 2, draws=5, seed=0) for _ in range(2))
    assert (first == again).all()
    assert (first != gaussian_null(np.sum, 3, 2, draws=5, seed=1)).any()
