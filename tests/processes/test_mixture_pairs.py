"""Pairs from one cluster find Fisher's directions; strays shrink what is found and turn nothing."""

import numpy as np
import pytest
from scipy.linalg import eigh, subspace_angles

from ssl_theory.processes import MixturePairs


def canonical_directions(world, k):
    return eigh(world.cross_covariance, world.covariance)[1][:, -k:]


@pytest.mark.parametrize("stray", [0.0, 0.5])
def test_pairs_find_the_discriminant_where_variance_finds_the_noise(stray):
    world = MixturePairs(stray=stray)
    fisher = world.discriminant_directions[:, :2]
    assert np.sin(subspace_angles(canonical_directions(world, 2), fisher).max()) < 1e-7
    loudest = eigh(world.covariance)[1][:, -2:]
    assert np.sin(subspace_angles(loudest, fisher).max()) > 0.9


def test_strays_shrink_every_correlation_alike():
    certain, doubtful = MixturePairs(stray=0.0), MixturePairs(stray=0.3)
    np.testing.assert_allclose(
        doubtful.canonical_autocorrelations, 0.7 * certain.canonical_autocorrelations, atol=1e-12
    )


def test_the_density_ratio_is_that_of_the_sums_of_normal_densities():
    from scipy.stats import multivariate_normal

    world = MixturePairs()
    x, y = world.draw(50, seed=2)
    normals = [multivariate_normal(mean, np.diag(world.noise)) for mean in world.means]
    at_x, at_y = (np.array([normal.pdf(view) for normal in normals]) for view in (x, y))
    agree = 0.8 * np.eye(3) + 0.2 / 3  # the law of the cluster of y given that of x
    joint = np.einsum("an,ab,bn->n", at_x, agree, at_y) / 3
    expected = np.log(joint / (at_x.mean(0) * at_y.mean(0)))
    np.testing.assert_allclose(world.density_ratio(x, y), expected)


def test_between_strangers_the_density_ratio_is_one_on_average():
    world, n = MixturePairs(), 20_000
    x, y = world.draw(n, seed=3)
    ratio = np.exp(world.density_ratio(x, np.roll(y, 1, axis=0)))
    assert ratio.max() <= 3
    assert ratio.std() / np.sqrt(n) < 0.01
    assert ratio.mean() == pytest.approx(1, abs=5 * ratio.std() / np.sqrt(n))


def test_partners_share_a_cluster_as_often_as_stated():
    n = 20_000
    drawn = MixturePairs(stray=0.3).draw(n, seed=1).auxiliary
    same = (drawn["class"] == drawn["partner_class"]).mean()
    expected = 0.7 + 0.3 / 3  # a fresh cluster may be the same
    assert same == pytest.approx(expected, abs=5 * np.sqrt(expected * (1 - expected) / n))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"means": ((0.0,) * 4,)}, "`means` must hold at least 2 points of 4 coord.*got 1 of"),
        ({"means": ((0.0,), (1.0,))}, r"got 2 of \[1\]"),
        ({"stray": 1.5}, "`stray` must lie between 0 and 1, got 1.5"),
        ({"noise": (1.0, 1.0, 1.0, 0.0)}, "`noise` must be positive"),
    ],
)
def test_says_which_mixtures_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        MixturePairs(**arguments)
