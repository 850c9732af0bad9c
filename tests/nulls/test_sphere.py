"""Uniform directions: p-values are uniform, closed forms are those of Gaussian items."""

import numpy as np
import pytest
from scipy.stats import kstest

from ssl_theory.diagnostics import uniformity
from ssl_theory.nulls.sphere import bingham_p_value, gaussian_uniformity, rayleigh_p_value

N, D = 400, 5


def directions(generator):
    z = generator.standard_normal((N, D))
    return z / np.linalg.norm(z, axis=1, keepdims=True)


def mean_square(u):
    return float(np.sum(u.mean(0) ** 2))


def second_moment_square(u):
    return float(np.sum((u.T @ u / len(u)) ** 2))


@pytest.mark.parametrize(
    ("p_value", "statistic"),
    [(rayleigh_p_value, mean_square), (bingham_p_value, second_moment_square)],
)
def test_p_values_of_uniform_directions_are_uniform(p_value, statistic):
    generator = np.random.default_rng(0)
    p = [p_value(statistic(directions(generator)), N, D) for _ in range(600)]
    assert kstest(p, "uniform").pvalue > 1e-3


def test_a_preferred_direction_and_a_preferred_axis_are_noticed():
    generator = np.random.default_rng(0)
    u = directions(generator)
    one_way = u + 0.5 * np.eye(D)[0]
    both_ways = u * np.array([2.0, 1, 1, 1, 1])
    one_way, both_ways = (
        v / np.linalg.norm(v, axis=1, keepdims=True) for v in (one_way, both_ways)
    )
    assert rayleigh_p_value(mean_square(one_way), N, D) < 1e-9
    assert rayleigh_p_value(mean_square(both_ways), N, D) > 1e-3  # it has no mean
    assert bingham_p_value(second_moment_square(both_ways), N, D) < 1e-9


@pytest.mark.parametrize("variances", [(1.0,), (0.5, 0.1, 0.02)])
def test_gaussian_items_have_their_closed_uniformity(variances):
    generator = np.random.default_rng(2)
    z = [generator.standard_normal((1500, len(variances))) * np.sqrt(variances) for _ in range(20)]
    found = np.array([uniformity(x, normalise=False) for x in z])
    error = found.std(ddof=1) / len(found) ** 0.5
    assert error < 0.02
    assert abs(found.mean() - gaussian_uniformity(np.array(variances))) < 5 * error
