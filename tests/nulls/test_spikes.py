"""Strong directions in noise: the limits, against noise with one strong direction."""

import numpy as np
import pytest

from ssl_theory.nulls.spikes import (
    detectable,
    observed_spike,
    overlap,
    population_spike,
    singular_value_threshold,
)


@pytest.mark.parametrize("variance", [2.5, 6.0])
def test_a_strong_direction_is_seen_stronger_and_askew(variance):
    n, d, draws = 2000, 500, 6
    generator = np.random.default_rng(0)
    values, cosines = [], []
    for _ in range(draws):
        z = generator.standard_normal((n, d))
        z[:, 0] *= variance**0.5
        eigenvalues, axes = np.linalg.eigh(z.T @ z / n)
        values.append(eigenvalues[-1])
        cosines.append(axes[0, -1] ** 2)
    for found, limit in ((values, observed_spike), (cosines, overlap)):
        error = np.std(found, ddof=1) / draws**0.5
        expected = limit(variance, d / n)
        assert error < 0.05 * expected
        # The limit is off by terms of order 1 / n, far below the fluctuations of order n^-1/2.
        assert abs(np.mean(found) - expected) < 5 * error + 10 / n


@pytest.mark.parametrize("ratio", [0.1, 0.5, 1.0, 3.0])
def test_the_spike_is_recovered_from_what_is_seen(ratio):
    for factor in (1.01, 2.0, 50.0):
        variance = factor * detectable(ratio)
        assert population_spike(observed_spike(variance, ratio), ratio) == pytest.approx(variance)


@pytest.mark.parametrize("ratio", [0.1, 0.5, 1.0])
def test_nothing_is_seen_below_the_transition(ratio):
    edge = (1 + ratio**0.5) ** 2
    assert observed_spike(detectable(ratio), ratio) == pytest.approx(edge)
    assert observed_spike(0.5, ratio) == edge
    assert population_spike(0.9 * edge, ratio) == 1.0
    assert overlap(detectable(ratio), ratio) == 0.0
    assert overlap(1e9, ratio) == pytest.approx(1)


def test_the_threshold_is_where_keeping_a_direction_starts_to_pay():
    # Error of keeping: |x - y|^2 of the best rank-one guess; of dropping: x^2. Equal at 4/sqrt(3).
    for ratio in (0.2, 0.6, 1.0):
        y = singular_value_threshold(ratio)
        square = y**2 - ratio - 1
        x = ((square + (square**2 - 4 * ratio) ** 0.5) / 2) ** 0.5  # observed y comes from x
        cosines = ((x**4 - ratio) / (x**4 + ratio * x**2)) ** 0.5 * (
            (x**4 - ratio) / (x**4 + x**2)
        ) ** 0.5
        kept = x**2 + y**2 - 2 * x * y * cosines
        assert kept == pytest.approx(x**2, rel=1e-10)


def test_a_wide_matrix_is_refused():
    with pytest.raises(ValueError, match=r"`ratio` must lie in \(0, 1\], got 2. Transpose"):
        singular_value_threshold(2)
