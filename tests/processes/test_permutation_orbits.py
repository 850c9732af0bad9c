"""Views of an orbit share what the group leaves alone, and a linear map sees nothing else."""

from itertools import permutations

import numpy as np
import pytest

from ssl_theory.processes import PermutationOrbits

SWAPS = PermutationOrbits(tuple((*p, 3, 4) for p in permutations(range(3))))
GROUPS = [
    PermutationOrbits(),
    SWAPS,
    PermutationOrbits.cyclic(12, 4),
    PermutationOrbits.cyclic(5, 1),
    PermutationOrbits(((0, 1, 2, 3), (1, 0, 2, 3), (0, 1, 3, 2), (1, 0, 3, 2))),
]
every_group = pytest.mark.parametrize("world", GROUPS, ids=lambda w: f"{len(w.group)} elements")


@every_group
def test_the_cross_covariance_projects_on_the_invariants(world):
    projector = world.cross_covariance
    np.testing.assert_allclose(projector @ projector, projector, atol=1e-12)
    np.testing.assert_allclose(projector, projector.T, atol=1e-12)
    assert np.linalg.matrix_rank(projector) == world.invariants
    for element in world.group:
        np.testing.assert_allclose(projector[list(element)], projector)


@pytest.mark.parametrize(("dimension", "order"), [(12, 1), (12, 2), (12, 3), (12, 6), (12, 12)])
def test_a_cyclic_group_leaves_the_dimension_over_its_order(dimension, order):
    assert PermutationOrbits.cyclic(dimension, order).invariants == dimension // order


def test_all_orders_of_three_coordinates_leave_their_sum():
    assert SWAPS.invariants == 3
    expected = np.zeros((5, 5))
    expected[:3, :3] = 1 / 3
    expected[3, 3] = expected[4, 4] = 1
    np.testing.assert_allclose(SWAPS.cross_covariance, expected)


@every_group
def test_views_are_of_one_orbit_and_elements_equally_likely(world):
    n = 6000
    pairs = world.draw(n, seed=0)
    np.testing.assert_allclose(np.sort(pairs.x, axis=1), np.sort(pairs.y, axis=1))
    share = 1 / len(world.group)
    counts = np.bincount(pairs.auxiliary["element"], minlength=len(world.group)) / n
    assert (np.abs(counts - share) <= 5 * np.sqrt(share * (1 - share) / n)).all()
    for x, y, element in zip(pairs.x[:20], pairs.y, pairs.auxiliary["element"], strict=False):
        assert y.tolist() == [x[i] for i in world.group[element]]


def test_the_best_prediction_explains_what_is_invariant():
    pairs = SWAPS.draw(20_000, seed=1)
    left = np.square(pairs.y - pairs.x @ SWAPS.cross_covariance).sum()
    assert 1 - left / np.square(pairs.y).sum() == pytest.approx(SWAPS.bayes_r2, abs=0.01)
    fitted = np.linalg.lstsq(pairs.x, pairs.y, rcond=None)[0]
    np.testing.assert_allclose(fitted, SWAPS.cross_covariance, atol=5 / np.sqrt(20_000))


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ((), "permutations of one size"),
        (((0, 1), (0, 1, 2)), "permutations of one size"),
        (((0, 0),), "permutations of one size"),
        (((0, 1, 2), (1, 2, 0)), "every product of its elements, each once, got 2 elements with 3"),
        (((0, 1), (0, 1)), "each once, got 2 elements with 1 products"),
    ],
)
def test_says_which_group_it_wants(group, message):
    with pytest.raises(ValueError, match=message):
        PermutationOrbits(group)


def test_says_which_order_it_wants():
    with pytest.raises(ValueError, match="`order` must divide the dimension of 12, got 5"):
        PermutationOrbits.cyclic(12, 5)
