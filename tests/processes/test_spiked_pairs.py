"""Shared signals in noise: their closed forms, and the directions that find them."""

import numpy as np
import pytest
from scipy.linalg import subspace_angles
from scipy.stats import multivariate_normal

from ssl_theory.processes import MaskedSpikes, SpikedPairs


def test_isotropic_noise_leaves_signal_over_total():
    world = SpikedPairs((3.0, 1.0), (2.0,) * 4)
    assert world.canonical_autocorrelations == pytest.approx([3 / 5, 1 / 3])


def test_entropy_and_information_are_those_of_the_joint_normal():
    world = SpikedPairs()
    within, across = world.covariance, world.cross_covariance
    both = multivariate_normal(np.zeros(12), np.block([[within, across], [across, within]]))
    single = multivariate_normal(np.zeros(6), within)
    assert world.entropy == pytest.approx(single.entropy())
    assert world.mutual_information == pytest.approx(2 * single.entropy() - both.entropy())
    x, y = world.draw(5, seed=0)
    ratio = both.logpdf(np.hstack([x, y])) - single.logpdf(x) - single.logpdf(y)
    np.testing.assert_allclose(world.density_ratio(x, y), ratio)


def test_bayes_r2_is_what_least_squares_reaches():
    world, n = SpikedPairs(), 40_000
    pairs = world.draw(n, seed=3)
    solution = np.linalg.lstsq(pairs.x, pairs.latents, rcond=None)[0]
    squares = (pairs.latents - pairs.x @ solution) ** 2
    errors = squares.std(0) / np.sqrt(n)
    assert errors.max() < 0.005
    assert (np.abs(1 - squares.mean(0) - world.bayes_r2) < 5 * errors).all()


def test_canonical_directions_solve_the_pencil():
    world = SpikedPairs()
    solved = np.linalg.eig(np.linalg.solve(world.covariance, world.cross_covariance))
    leading = np.argsort(solved.eigenvalues.real)[-3:]
    angles = subspace_angles(solved.eigenvectors.real[:, leading], world.canonical_directions)
    assert angles.max() < 1e-7


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"signal": ()}, r"`signal` must be positive, got \(\)"),
        ({"noise": (1.0, 0.0, 1.0)}, r"`noise` must be positive, got \(1.0, 0.0, 1.0\)"),
        ({"noise": (1.0,)}, "`signal` must hold at most 1 variances, .*got 3"),
    ],
)
def test_says_which_spikes_it_wants(arguments, message):
    for make in (SpikedPairs, MaskedSpikes):
        with pytest.raises(ValueError, match=message):
            make(**{"signal": (3.0, 2.0, 1.0), **arguments})
