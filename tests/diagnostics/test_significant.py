"""Directions that noise does not make are counted, and noise itself counts none."""

import numpy as np
import pytest

from ssl_theory.diagnostics.significant import (
    directions_worth_keeping,
    noise_median,
    significant_directions,
)
from ssl_theory.diagnostics.spectrum import spectrum
from ssl_theory.nulls.isotropic import isotropic_variances
from ssl_theory.nulls.spikes import detectable, singular_value_threshold


def spiked(n, d, variances, seed=0, noise=1.0):
    generator = np.random.default_rng(seed)
    sizes = np.ones(d)
    sizes[: len(variances)] = np.sqrt(variances)
    q, _ = np.linalg.qr(generator.standard_normal((d, d)))
    return noise * generator.standard_normal((n, d)) * sizes @ q


@pytest.mark.parametrize(("n", "d"), [(600, 100), (150, 300)])
@pytest.mark.parametrize("count", [0, 1, 5])
@pytest.mark.parametrize("noise", [1.0, 1e-3])
def test_planted_directions_are_counted(n, d, count, noise):
    strong = [(3 + k) * detectable(d / n) for k in range(count)]
    found = significant_directions(spiked(n, d, strong, noise=noise))
    assert found.count == count == len(found.strengths)
    assert found.noise == pytest.approx(noise**2, rel=0.05)
    assert np.allclose(sorted(found.strengths), np.multiply(strong, noise**2), rtol=0.3)
    assert len(found.p_values) == count + 1
    assert all(p <= 0.05 for p in found.p_values[:count]) and found.p_values[-1] > 0.05


def test_strengths_have_lost_what_noise_lent_them():
    ratios = []
    for seed in range(50):
        z = spiked(400, 200, [10.0], seed)
        found = significant_directions(z)
        ratios.append((found.strengths[0] / 10, spectrum(z).eigenvalues[0] / 10))
    error = np.std(ratios, axis=0) / 50**0.5
    assert (error < 0.02).all()
    ours, plain = np.mean(ratios, axis=0)
    assert abs(ours - 1) < 5 * error[0]
    assert plain == pytest.approx(1 + 0.5 / 9, abs=5 * error[1])


def test_noise_gets_back_what_strong_directions_took_along():
    # Each of 20 takes about a half times 10 / 9 of the noise with it: 6 % of what is left.
    z = spiked(400, 200, np.linspace(8, 12, 20))
    found = significant_directions(z)
    assert found.count == 20
    assert found.noise == pytest.approx(1, abs=5 * (2 / (400 * 180)) ** 0.5)
    assert spectrum(z).eigenvalues[20:].mean() == pytest.approx(
        1 - 20 * 0.5 * 10 / 9 / 180, abs=0.02
    )


def test_directions_below_what_is_detectable_are_lost():
    weak = 0.6 * (detectable(0.5) - 1) + 1
    counts = [significant_directions(spiked(400, 200, [weak], s)).count for s in range(20)]
    assert np.mean(counts) < 0.2


def test_a_stricter_level_counts_fewer():
    z = spiked(600, 100, np.linspace(1.3, 3, 20))
    counts = [significant_directions(z, level=level).count for level in (1e-6, 0.05, 0.5)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_directions_without_noise_are_all_significant():
    z = np.random.default_rng(0).standard_normal((50, 3)) @ np.eye(3, 10)
    assert significant_directions(z).count == 3


@pytest.mark.parametrize("ratio", [0.05, 0.3, 0.7, 1.0])
def test_the_threshold_for_unknown_noise_is_the_published_one(ratio):
    # The paper's cubic fit to omega, good to 0.02.
    published = 0.56 * ratio**3 - 0.95 * ratio**2 + 1.82 * ratio + 1.43
    omega = singular_value_threshold(ratio) / noise_median(ratio) ** 0.5
    assert omega == pytest.approx(published, abs=0.02)


@pytest.mark.parametrize("ratio", [0.1, 0.5, 1.0])
def test_half_of_noise_is_below_its_median(ratio):
    values = isotropic_variances(2000, round(2000 * ratio), np.random.default_rng(0))
    assert np.median(values) == pytest.approx(noise_median(ratio), rel=0.02)


@pytest.mark.parametrize(("n", "d"), [(400, 200), (150, 300), (200, 200)])
@pytest.mark.parametrize("noise", [0.01, 1.0])
def test_what_is_worth_keeping_brings_the_estimate_closest(n, d, noise):
    # Five directions far above the threshold and five far below, which are seen but too noisy.
    generator = np.random.default_rng(0)
    left = np.linalg.qr(generator.standard_normal((n, 10)))[0]
    left = np.linalg.qr(left - left.mean(0))[0]
    right = np.linalg.qr(generator.standard_normal((d, 10)))[0]
    more, ratio = max(n, d), min(n, d) / max(n, d)
    sizes = noise * np.sqrt(more) * np.repeat([4.0, 1.02 * ratio**0.25], 5)
    signal = left * sizes @ right.T
    z = signal + noise * generator.standard_normal((n, d))
    deviations = z - z.mean(0)
    u, s, v = np.linalg.svd(deviations, full_matrices=False)
    errors = [np.sum((u[:, :k] * s[:k] @ v[:k] - signal) ** 2) for k in range(12)]
    best = int(np.argmin(errors))
    assert directions_worth_keeping(z) == directions_worth_keeping(z, noise=noise) == best == 5


@pytest.mark.parametrize("level", [0.0, 1.0, -0.1])
def test_a_level_is_a_probability(level):
    with pytest.raises(ValueError, match="`level` must lie between 0 and 1, got"):
        significant_directions(np.eye(3), level=level)
