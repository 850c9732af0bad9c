"""Wiskott and Sejnowski (2002): the sum of the slownesses."""

import numpy as np
import pytest
import torch
from scipy.linalg import eigh

from ssl_theory.objectives import slow_feature_analysis


def slownesses(series, steps):
    """Mean squared steps in the units of the series' own covariance."""
    return eigh(
        steps.T @ steps / len(steps), np.atleast_2d(np.cov(series.T, ddof=0)), eigvals_only=True
    )


def wave(n, d, seed=0):
    """A mixture of slow and fast sines, each with whole periods."""
    time = 2 * np.pi * np.arange(n) / n
    mixing = np.random.default_rng(seed).standard_normal((d, d)) + 2 * np.eye(d)
    return np.stack([np.sin(3**k * time + k) for k in range(d)], axis=1) @ mixing


@pytest.mark.parametrize("d", [1, 2, 3])
def test_on_a_periodic_series_it_publishes_the_generalised_eigenvalues(d):
    series = wave(60, d)
    following = np.roll(series, -1, axis=0)
    expected = slownesses(series, following - series).sum()
    ours = slow_feature_analysis().published(torch.from_numpy(series), torch.from_numpy(following))
    assert ours.item() == pytest.approx(expected, abs=1e-9)


def test_the_slowness_of_a_sine_is_that_of_its_frequency():
    # Steps of unit-variance sines of angular frequency f: 2 (1 - cos f).
    n, d = 60, 3
    series = wave(n, d)
    expected = sum(2 * (1 - np.cos(2 * np.pi * 3**k / n)) for k in range(d))
    views = (torch.from_numpy(x) for x in (series, np.roll(series, -1, axis=0)))
    assert slow_feature_analysis().published(*views).item() == pytest.approx(expected, abs=1e-9)


def test_on_other_series_the_two_ends_matter_less_and_less():
    gaps = []
    for n in (100, 1600):
        noise = np.random.default_rng(0).standard_normal((n + 1, 2))
        series = np.cumsum(noise, axis=0) * 0.1 + noise
        views = (torch.from_numpy(x) for x in (series[:-1], series[1:]))
        exact = slownesses(series, np.diff(series, axis=0)).sum()
        gaps.append(abs(slow_feature_analysis().published(*views).item() - exact))
    assert gaps[1] < gaps[0] / 4 and gaps[1] < 0.01
