"""What calibration means: p-values of noise are uniform, and 5 % of noise is rejected at 5 %."""

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator
from scipy.stats import binom, ks_2samp, kstest

__all__ = [
    "SIZES",
    "check_same_law",
    "check_size",
    "check_uniform",
    "noise",
    "of_grid",
    "sizes",
    "slow",
]

SIZES = [(256, 64), (1024, 256), (4096, 256)]
slow = pytest.mark.slow
sizes = pytest.mark.parametrize(
    ("n", "d"), [SIZES[0], *(pytest.param(*size, marks=slow) for size in SIZES[1:])]
)


def noise(n, d, draws, seed=2):
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        yield generator.standard_normal((n, d))


def check_uniform(p_values):
    assert len(p_values) >= 500
    assert kstest(p_values, "uniform").pvalue > 0.005


def check_same_law(observed, null):
    # P-values from one simulated null are uniform as far as its own draws are the law: two samples.
    assert len(observed) >= 500
    assert ks_2samp(observed, null).pvalue > 0.005


def check_size(rejected, level=0.05):
    low, high = binom.interval(0.995, len(rejected), level)
    assert low <= np.sum(rejected) <= high


def of_grid(law, values):
    """A smooth law at many values, from few evaluations."""
    grid = np.linspace(min(values) - 1e-3, max(values) + 1e-3, 60)
    return PchipInterpolator(grid, [law(x) for x in grid])(values)
