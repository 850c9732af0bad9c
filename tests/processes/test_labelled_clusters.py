"""Clusters are guessed as well as Bayes guesses, and share their label."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from ssl_theory.processes import LabelledClusters

WORLD = LabelledClusters((0.5, 0.3, 0.2), dimension=4, separation=2.0, mixing_seed=1)
N = 40_000


@pytest.mark.parametrize("world", [WORLD, LabelledClusters(separation=1.0)], ids=["uneven", "even"])
def test_the_best_guess_is_right_as_often_as_it_says(world):
    pairs = world.draw(N, seed=0)
    guess = world.label_probabilities(pairs.x).argmax(1)
    right = (guess == pairs.auxiliary["class"]).mean()
    truth = world.bayes_accuracy
    assert abs(right - truth) < 5 * np.sqrt(truth * (1 - truth) / N)
    assert 0.5 < truth < 0.9


def test_two_classes_are_told_apart_by_their_distance():
    # Centres sqrt(2) s apart: the nearer is right with probability Phi(s / sqrt(2)).
    world = LabelledClusters((0.5, 0.5), dimension=3, separation=1.4)
    assert world.bayes_accuracy == pytest.approx(norm.cdf(1.4 / np.sqrt(2)))


def test_labels_are_as_probable_as_densities_say():
    x = WORLD.draw(50, seed=1).x
    densities = [multivariate_normal(centre).pdf(x) for centre in WORLD.centres]
    joint = np.array(WORLD.weights) * np.transpose(densities)
    np.testing.assert_allclose(WORLD.label_probabilities(x), joint / joint.sum(1, keepdims=True))


def test_the_density_ratio_is_that_of_the_mixtures():
    x, y = WORLD.draw(50, seed=2)
    one, other = (
        np.transpose([multivariate_normal(c).pdf(v) for c in WORLD.centres]) for v in (x, y)
    )
    pi = np.array(WORLD.weights)
    truth = np.log((pi * one * other).sum(1) / (one @ pi) / (other @ pi))
    np.testing.assert_allclose(WORLD.density_ratio(x, y), truth, atol=1e-10)


def test_centres_are_equally_far_apart_and_labels_as_frequent_as_their_weights():
    gaps = np.linalg.norm(WORLD.centres[:, None] - WORLD.centres, axis=-1)
    np.testing.assert_allclose(gaps[np.triu_indices(3, 1)], 2 * np.sqrt(2))
    counts = np.bincount(WORLD.draw(N, seed=3).auxiliary["class"]) / N
    pi = np.array(WORLD.weights)
    assert (np.abs(counts - pi) < 5 * np.sqrt(pi * (1 - pi) / N)).all()


def test_far_apart_the_views_share_the_entropy_of_the_label():
    far = LabelledClusters((0.5, 0.3, 0.2), separation=30.0)
    pairs = far.draw(N, seed=4)
    ratios = far.density_ratio(pairs.x, pairs.y)
    np.testing.assert_allclose(ratios, -np.log(np.array(far.weights))[pairs.auxiliary["class"]])
    assert abs(ratios.mean() - far.label_entropy) < 5 * ratios.std() / np.sqrt(N)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"weights": (0.5, 0.6)}, r"`weights` must sum to one, got 1\.1"),
        ({"weights": (1.0, 0.0)}, "`weights` must be positive"),
        ({"dimension": 3}, "`dimension` must be at least 4, got 3"),
        ({"separation": 0.0}, "`separation` must be positive"),
    ],
)
def test_says_which_clusters_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        LabelledClusters(**fields)
