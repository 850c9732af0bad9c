"""False positives shrink what pairs share, turn nothing, and can be told as well as Bayes tells."""

import numpy as np
import pytest

from ssl_theory.processes import GaussianPairs, MixturePairs, NoisyPairs, ResampledPairs

CLEAN = GaussianPairs((4.0, 1.0, 0.5), (0.95, 0.6, -0.3), mixing_seed=1)
WORLD = NoisyPairs(CLEAN, rate=0.3)
N = 20_000


def test_kept_pairs_are_the_clean_ones_and_strangers_are_nobodys_partner():
    clean, noisy = CLEAN.draw(200, seed=0), WORLD.draw(200, seed=0)
    replaced = noisy.auxiliary["replaced"]
    np.testing.assert_array_equal(noisy.x, clean.x)
    np.testing.assert_array_equal(noisy.y[~replaced], clean.y[~replaced])
    np.testing.assert_array_equal(
        noisy.partner_latents[~replaced], clean.partner_latents[~replaced]
    )
    for stranger in noisy.y[replaced]:
        assert not (clean.y == stranger).all(1).any()


def test_who_is_replaced_depends_on_nothing_that_is_seen():
    noisy = WORLD.draw(N, seed=1)
    replaced = noisy.auxiliary["replaced"]
    assert abs(replaced.mean() - 0.3) < 5 * np.sqrt(0.21 / N)
    for view in (noisy.x, noisy.y, noisy.x**2, noisy.y**2):
        table = np.corrcoef(np.column_stack([replaced, view]), rowvar=False)
        assert np.abs(table[0, 1:]).max() < 5 / np.sqrt(N)
    across = np.corrcoef(noisy.x[replaced], noisy.y[replaced], rowvar=False)[:3, 3:]
    assert np.abs(across).max() < 5 / np.sqrt(replaced.sum())


def test_who_is_replaced_is_chosen_by_random_numbers_of_their_own():
    # The same stream once more would give uniform items again, a few rows further on.
    noisy = NoisyPairs(ResampledPairs(1), 0.3).draw(5000, seed=6)
    for shift in range(-3, 4):
        place = np.roll(noisy.x[:, 0], shift)
        assert abs(np.corrcoef(noisy.auxiliary["replaced"], place)[0, 1]) < 5 / np.sqrt(5000)


def test_directions_stay_and_correlations_shrink():
    np.testing.assert_allclose(WORLD.canonical_autocorrelations, [0.665, 0.42, -0.21])
    gamma = WORLD.draw(N, seed=2)
    found = gamma.x.T @ gamma.y / N @ np.linalg.inv(CLEAN.covariance)
    rotated = CLEAN.mixing.T @ found @ CLEAN.mixing
    scale = np.sqrt(np.outer(CLEAN.spectrum, 1 / np.array(CLEAN.spectrum)))
    assert (np.abs(rotated - np.diag([0.665, 0.42, -0.21])) < 5 * scale * 1.5 / np.sqrt(N)).all()


def test_the_best_label_of_a_stranger_is_calibrated():
    noisy = WORLD.draw(N, seed=3)
    said = WORLD.replaced_probability(noisy.x, noisy.y)
    assert said.max() <= 1 + 1e-12 and said.min() > 0
    for low, high in ((0, 0.1), (0.1, 0.3), (0.3, 0.7), (0.7, 1)):
        chosen = (said > low) & (said <= high)
        error = np.sqrt(np.mean(said[chosen] * (1 - said[chosen])) / chosen.sum())
        assert error < 0.02
        assert abs(noisy.auxiliary["replaced"][chosen].mean() - said[chosen].mean()) < 5 * error


def test_strays_among_clusters_are_false_positives():
    means = MixturePairs().means
    few = MixturePairs(means, stray=0.0)
    stray, noisy = MixturePairs(means, stray=0.4), NoisyPairs(few, 0.4)
    np.testing.assert_allclose(noisy.cross_covariance, stray.cross_covariance)
    x, y = noisy.draw(50, seed=4)
    np.testing.assert_allclose(noisy.density_ratio(x, y), stray.density_ratio(x, y))


def test_without_noise_nothing_changes():
    x, y = CLEAN.draw(20, seed=5)
    none = NoisyPairs(CLEAN, 0.0)
    np.testing.assert_allclose(none.density_ratio(x, y), CLEAN.density_ratio(x, y))
    np.testing.assert_array_equal(none.draw(20, seed=5).y, y)


def test_says_which_rate_it_wants():
    with pytest.raises(ValueError, match=r"`rate` must lie between 0 and 1, got 1\.2"):
        NoisyPairs(rate=1.2)
