"""Mechanisms that act at right angles, and mechanisms that are few."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from ssl_theory.processes import IndependentMechanisms, SparseMechanisms
from ssl_theory.processes.mechanism_contrast import mechanism_contrast
from ssl_theory.processes.mixings import Banana, Mobius, Orthogonal, Perceptron, Unmixed


@pytest.mark.parametrize("mixing", [Unmixed(), Orthogonal(), Mobius(), Mobius(pole=2.0)])
def test_the_contrast_of_mixings_at_right_angles_is_zero(mixing):
    z = np.random.default_rng(0).random((50, 4))
    np.testing.assert_allclose(mechanism_contrast(mixing, z), 0, atol=1e-8)


def test_the_contrast_of_a_linear_mixing_is_the_gap_of_hadamard():
    mixing = Perceptron(layers=1, candidates=1)
    weights = mixing.weights(4)[0]
    gap = np.log(np.linalg.norm(weights, axis=1)).sum() - np.linalg.slogdet(weights)[1]
    assert gap > 0.1
    z = np.random.default_rng(0).random((5, 4))
    np.testing.assert_allclose(mechanism_contrast(mixing, z), gap, atol=1e-8)


def test_the_contrast_of_a_bent_plane_is_that_of_its_slope():
    z = np.random.default_rng(0).random((50, 2))
    slope = 2 * 0.7 * z[:, 0]
    expected = np.log(1 + slope**2) / 2  # one column is longer, and areas stay
    np.testing.assert_allclose(mechanism_contrast(Banana(0.7), z), expected, atol=1e-8)
    world = IndependentMechanisms(2, mixing=Banana(0.7))
    assert world.contrast(50, seed=0) > 0.05


def test_only_right_angles_are_free_of_contrast():
    assert IndependentMechanisms(mixing=Perceptron()).contrast(50, seed=0) > 0.05
    assert abs(IndependentMechanisms().contrast(50, seed=0)) < 1e-8


def test_a_partner_keeps_causes_exactly():
    pairs = IndependentMechanisms(persistence=0.5).draw(200, seed=0)
    assert ((pairs.latents == pairs.partner_latents) == pairs.auxiliary["kept"]).all()
    assert IndependentMechanisms(persistence=0.0).mutual_information == 0


def test_a_latent_moves_by_those_that_the_graph_lets_it_and_no_other():
    world = SparseMechanisms()
    z, step = np.random.default_rng(1).standard_normal((30, 3)), 1e-5
    for j in range(3):
        move = step * np.eye(3)[j]
        slope = (world.transition_mean(z + move) - world.transition_mean(z - move)) / (2 * step)
        influence = np.abs(slope - np.eye(3)[j]).max(0)
        assert ((influence > 1e-3) == (world.adjacency[:, j] == 1)).all()


def test_each_moment_follows_the_one_before_with_noise_of_its_own():
    # One shock for all items and coordinates would pass a test of the mean and of the variance.
    world, n = SparseMechanisms(noise=0.2), 4000
    drawn = world.draw(n, seed=2)
    shocks = (drawn.latents[:, 1:] - world.transition_mean(drawn.latents[:, :-1])) / 0.2
    flat = shocks.reshape(n, -1)
    covariance = flat.T @ flat / n
    errors = np.sqrt((1 + np.eye(flat.shape[1])) / n)
    assert (np.abs(covariance - np.eye(flat.shape[1])) < 5 * errors).all()
    assert (np.abs(flat.mean(0)) < 5 / np.sqrt(n)).all()
    assert len(np.unique(flat.round(12))) == flat.size


def test_the_transition_density_is_normal_about_its_mean():
    world = SparseMechanisms(noise=0.3)
    latents = world.draw(5, seed=3).latents
    now, later = latents[:, 0], latents[:, 1]
    expected = [
        multivariate_normal(mean, 0.09 * np.eye(3)).logpdf(point)
        for mean, point in zip(world.transition_mean(now), later, strict=True)
    ]
    np.testing.assert_allclose(world.transition_log_density(later, given=now), expected)


def test_distance_counts_edges():
    world = SparseMechanisms()
    assert world.distance(world.adjacency * 3.7) == 0
    assert world.distance(np.zeros((3, 3))) == 5
    assert world.distance(1 - world.adjacency) == 9


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        (IndependentMechanisms, {"dimension": 0}, "`dimension` must be at least 1, got 0"),
        (IndependentMechanisms, {"persistence": 2.0}, "`persistence` must lie between 0 and 1"),
        (SparseMechanisms, {"graph": ((1, 0),)}, "`graph` must be a square of zeros and ones"),
        (SparseMechanisms, {"graph": ((2,),)}, "`graph` must be a square of zeros and ones"),
        (SparseMechanisms, {"strength": 0.0}, "`strength` must be positive, got 0.0"),
        (SparseMechanisms, {"noise": 0.0}, "`noise` must be positive, got 0.0"),
        (SparseMechanisms, {"moments": 1}, "`moments` must be at least 2, got 1"),
    ],
)
def test_says_which_mechanisms_it_wants(make, arguments, message):
    with pytest.raises(ValueError, match=message):
        make(**arguments)
