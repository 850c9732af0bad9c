"""Directions are compared with uniform ones, and lengths with a Gaussian's."""

import math
from functools import cache

import numpy as np
import pytest
from scipy.stats import kurtosis, variation

from ssl_theory.diagnostics import closeness, hubness, sphere, wasserstein
from ssl_theory.diagnostics.intervals import exchangeable_blocks, jackknife
from ssl_theory.report.of_sphere import of_sphere

N, D = 300, 6


def measured(rows, **given):
    return {m.name: m for m in of_sphere(rows, **given)}


def uniform(seed, n=N, d=D):
    return np.random.default_rng(seed).standard_normal((n, d))


@cache
def of_noise():
    return [measured(uniform(seed)) for seed in range(30)]


def test_values_are_those_of_the_diagnostics():
    rows = uniform(0) * np.arange(1, D + 1) + 0.3
    found, norms = measured(rows), np.linalg.norm(rows, axis=1)
    level = 1 - math.sqrt(D) * sphere.coordinate_deviation(rows)
    expected = {
        "mean cosine": sphere.mean_cosine(rows),
        "uniformity": closeness.uniformity(rows),
        "Wasserstein uniformity": wasserstein.wasserstein_uniformity(rows),
        "self-cluster": sphere.self_cluster(rows),
        "collapse level": level,
        "hubness": hubness(rows),
        "mean length": norms.mean(),
        "variation of lengths": variation(norms),
        "kurtosis of lengths": kurtosis(norms),
    }
    assert {name: m.value for name, m in found.items()} == pytest.approx(expected, rel=1e-12)
    assert level > 0.05


def test_p_values_of_uniform_directions_are_uniform():
    # 60 of them: counts below a half within 4 standard deviations, and few below 5 %.
    found = [measured(uniform(seed, n=100)) for seed in range(60)]
    for name in ("mean cosine", "self-cluster"):
        chances = np.array([f[name].null.p_value for f in found])
        assert abs(np.sum(chances < 0.5) - 30) < 4 * math.sqrt(15)
        assert np.sum(chances < 0.05) <= 11  # binomial(60, 0.05) exceeds it once in 10^4


@pytest.mark.parametrize(
    "name",
    [
        "mean cosine",
        "uniformity",
        "Wasserstein uniformity",
        "self-cluster",
        "hubness",
        "variation of lengths",
    ],
)
def test_noise_meets_the_null(name):
    found = [noise[name] for noise in of_noise()]
    values, nulls = (np.array(x) for x in ([m.value for m in found], [m.null.value for m in found]))
    # The null of hubness is itself the mean of 3 draws, the same ones for every seed.
    error = values.std(ddof=1) * math.sqrt(1 / 30 + (name == "hubness") / 3)
    assert abs(values.mean() - nulls[0]) < 4 * error
    assert np.ptp(nulls) == 0


def test_one_direction_is_rayleighs_and_an_axis_is_binghams():
    one, axes = uniform(0) + 0.5, uniform(0) * [3, 3, 1, 1, 1, 1]
    assert measured(one)["mean cosine"].null.p_value < 1e-9
    assert measured(axes)["mean cosine"].null.p_value > 0.01
    assert measured(axes)["self-cluster"].null.p_value < 1e-9


def test_intervals_are_those_of_leaving_rows_out():
    rows = uniform(1) + 1.0
    blocks = exchangeable_blocks(N, groups=np.arange(N) // 3)
    found, parts = measured(rows, blocks=blocks), [rows[block] for block in blocks]
    for name, statistic, logarithmic in (
        ("mean cosine", sphere.mean_cosine, False),
        ("mean length", lambda x: float(np.linalg.norm(x, axis=1).mean()), True),
        ("variation of lengths", lambda x: float(variation(np.linalg.norm(x, axis=1))), False),
    ):
        interval, expected = (
            found[name].interval,
            jackknife(statistic, parts, logarithmic=logarithmic),
        )
        assert interval.plug_in == pytest.approx(found[name].value, rel=1e-12)
        ends = (interval.low, interval.estimate, interval.high)
        assert ends == pytest.approx((expected.low, expected.estimate, expected.high), rel=1e-9)
        assert interval.blocks == 20


def test_without_blocks_there_are_no_intervals():
    assert all(m.interval is None for m in of_sphere(uniform(0)))


def test_says_how_many_items_have_no_direction():
    rows = uniform(0)
    rows[7:9] = 0
    found = measured(rows, blocks=exchangeable_blocks(N))
    assert found["uniformity"].note == "2 of 300 items are zero and have no direction"
    assert found["uniformity"].value is found["mean cosine"].interval is None
    assert found["mean length"].value == pytest.approx(np.linalg.norm(rows, axis=1).mean())


def test_pairs_and_neighbours_are_of_a_part_of_many_items_and_say_so():
    rows = np.random.default_rng(0).standard_normal((2500, 2))
    found = measured(rows)
    assert found["uniformity"].note == "On 2,048 items drawn without replacement, seed 0"
    assert found["uniformity"].value == pytest.approx(closeness.uniformity(rows), abs=0.02)
    assert found["hubness"].note == "On 512 distinct items"


def test_neighbours_are_of_distinct_items():
    rows = uniform(0, n=100)
    found = measured(np.repeat(rows, 4, axis=0))["hubness"]
    assert found.note == "On 100 distinct items"
    assert found.value == measured(rows)["hubness"].value
