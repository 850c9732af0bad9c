"""What is learnt from a burn-in: bounds that hold as often as they say, and what they make."""

import itertools

import numpy as np
import pytest
import scipy.signal
import scipy.stats

from ssl_theory.collapse.sequential.burn_in import (
    DOUBT,
    Reference,
    later,
    learn,
    settled,
    threshold,
)
from ssl_theory.collapse.sequential.gates import heavy_tails, promised, refusal, remembers
from ssl_theory.collapse.sequential.whitening import autoregression, unbiased_autoregression

STREAMS = 2000


def streams(memory, n, seed=0):
    """Stationary Gaussian autoregressions with innovations of variance 1."""
    x = np.random.default_rng(seed).standard_normal((STREAMS, n + 100))
    return scipy.signal.lfilter([1], [1, -memory], x)[:, 100:]


def test_the_level_is_the_median_of_the_means_of_pairs():
    y = np.random.default_rng(1).standard_cauchy(30)
    kept = y[10:]
    means = [(a + b) / 2 for a, b in itertools.combinations_with_replacement(kept, 2)]
    assert learn(y).level == pytest.approx(np.median(means), rel=1e-12)
    np.testing.assert_array_equal(later(y), kept)


@pytest.mark.parametrize("memory", [0.0, 0.7])
@pytest.mark.parametrize("channels", [1, 5])
def test_the_bounds_hold_as_often_as_they_say(memory, channels):
    reference = learn(streams(memory, 90), channels)
    allowed = scipy.stats.binom.ppf(1 - 1e-6, STREAMS, DOUBT / channels)
    assert (reference.level + reference.slack < 0).sum() <= allowed
    assert (reference.scale < 1).sum() <= allowed
    # They are bounds and not walls: the scale is exact where the model is.
    assert (reference.scale < 1).mean() > DOUBT / channels / 2
    # One standard error above what has no bias: 84 % of a Gaussian.
    below = (reference.memory < memory).mean()
    assert below < 0.25


def test_the_coefficient_of_an_autoregression_is_unbiased_to_first_order():
    for memory in (0.3, 0.6):
        y = streams(memory, 40)
        y = y - y.mean(1, keepdims=True)
        raw, better = autoregression(y), unbiased_autoregression(y)
        bias = -(1 + 3 * memory) / 40
        error = raw.std() / np.sqrt(STREAMS)
        assert abs(raw.mean() - memory - bias) < 5 * error + 0.01
        # What is cut off at 0 moves it a little.
        assert abs(better.mean() - memory) < abs(bias) / 3


def test_an_increment_is_the_loss_in_innovations_cut_at_four():
    reference = Reference(level=1.0, slack=0.5, scale=2.0, memory=0.5)
    # A loss of 4.5 beyond the slack, 2.25 innovations, of which half the last is remembered.
    assert reference.increment(6.0, 3.5) == pytest.approx(2.25 - 0.5)
    # No credit for a time within the tolerance.
    assert reference.increment(6.0, 1.5) == reference.increment(6.0, -50.0) == 2.25
    assert reference.increment(6.0, 3.5, 1.0) == pytest.approx(1.75 - 0.25)
    assert reference.increment(1e100, 0.0) == 4
    assert reference.increment(-1e100, 0.0) == -4
    # What goes on without end counts fully at every step, and not at the first alone.
    assert reference.increment(1e100, 1e100) == 4
    # A quarter of the tolerance is the least that counts as noise.
    quiet = Reference(level=0.0, slack=0.0, scale=1e-9, memory=0.0)
    assert quiet.increment(1.5, 0.0, 1.0) == pytest.approx(2.0)


def test_a_drift_has_not_settled_and_noise_mostly_has():
    noise, line = streams(0.0, 60), np.linspace(0, 1, 60)
    for tolerance in (0.0, 1.0):
        assert settled(noise, tolerance).mean() > 0.9
        assert settled(noise + 8 * line, tolerance).mean() < 0.01
    # A drift of less than half a tolerance from third to third is none.
    assert settled(1.4 * line, 1.0)
    assert not settled(1.6 * line, 1.0)


def test_the_threshold_pays_for_the_doubt():
    assert threshold(800) * (1 - 2 * DOUBT) == pytest.approx(800)


def test_the_kurtosis_is_judged_as_by_scipy():
    for n in (20, 50, 200):
        x = np.random.default_rng(n).standard_t(5, (6, n))
        expected = scipy.stats.kurtosistest(x, axis=1, alternative="greater").pvalue
        np.testing.assert_allclose(heavy_tails(x), expected, rtol=1e-9)


def test_what_is_remembered_is_judged_by_ljung_and_box():
    x = np.random.default_rng(4).standard_normal(50)
    y = x - x.mean()
    full = scipy.signal.correlate(y, y)[len(y) - 1 :]
    r = full[1:5] / full[0]
    total = 50 * 52 * sum(r[k - 1] ** 2 / (50 - k) for k in (1, 2, 3, 4))
    assert remembers(x, fitted=0) == pytest.approx(scipy.stats.chi2.sf(total, 4), rel=1e-9)
    assert remembers(x) == pytest.approx(scipy.stats.chi2.sf(total, 3), rel=1e-9)


def test_refusals_say_why():
    generator = np.random.default_rng(0)
    noise = generator.standard_normal(90)
    assert refusal(noise) is None and promised(noise)
    seasons = noise + 3 * np.tile([1.0, 0, -1], 30)
    spike = noise + 9 * (np.arange(90) == 70)
    walk = np.cumsum(noise)
    for values, why in (
        (np.ones(90), "did not move"),
        (seasons, "not white"),
        (spike, "heavy tails"),
        (walk, "wander"),
    ):
        assert why in refusal(values)
    for values in (seasons, spike, walk):
        assert not promised(values)
