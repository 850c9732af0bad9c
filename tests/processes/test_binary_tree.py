"""Trees have the spectrum of their levels, with the multiplicities of their subtrees."""

import numpy as np
import pytest

from ssl_theory.processes import BinaryTree

TREES = [BinaryTree(4, 0.1, 2), BinaryTree(3, 0.3, 0), BinaryTree(3, 0.2, 3), BinaryTree(1, 0.1, 1)]
every_tree = pytest.mark.parametrize("tree", TREES, ids=repr)


@every_tree
def test_levels_are_the_eigenvalues_with_their_multiplicities(tree):
    values = np.linalg.eigvalsh(tree.covariance)[::-1]
    np.testing.assert_allclose(tree.eigenvalues, values, atol=1e-12)
    across = np.repeat(tree.level_cross_eigenvalues, tree.multiplicities)
    np.testing.assert_allclose(
        np.sort(across), np.linalg.eigvalsh(tree.cross_covariance), atol=1e-12
    )
    assert tree.multiplicities.sum() == 2**tree.depth


@every_tree
def test_levels_are_those_of_the_formula(tree):
    r = (1 - 2 * tree.flip) ** (2 * np.arange(tree.depth + 1))
    for h in range(1, tree.depth + 1):
        finer = sum(2 ** (m - 1) * r[m] for m in range(1, h))
        assert tree.level_eigenvalues[tree.depth + 1 - h] == pytest.approx(
            1 + finer - 2 ** (h - 1) * r[h]
        )
        assert tree.multiplicities[tree.depth + 1 - h] == 2 ** (tree.depth - h)


def test_covariances_are_those_of_every_tree_there_is():
    # All signs of all nodes of two views, with their probabilities.
    tree = BinaryTree(2, 0.2, 1)
    within, across = np.zeros((4, 4)), np.zeros((4, 4))
    for number in range(2**11):
        root, a, b, *leaves = [1 - 2 * (number >> k & 1) for k in range(11)]
        parents = [a, a, b, b] * 2
        turns = [root != a, root != b]
        turns += [p != leaf for p, leaf in zip(parents, leaves, strict=True)]
        probability = 0.5 * np.prod([0.2 if t else 0.8 for t in turns])
        x, y = np.array(leaves[:4]), np.array(leaves[4:])
        within += probability * np.outer(x, x)
        across += probability * np.outer(x, y)
    np.testing.assert_allclose(tree.covariance, within, atol=1e-12)
    np.testing.assert_allclose(tree.cross_covariance, across, atol=1e-12)


def test_contrasts_below_the_shared_height_are_not_shared():
    tree = BinaryTree(4, 0.1, 2)
    rho = np.repeat(tree.level_cross_eigenvalues, tree.multiplicities)
    assert np.count_nonzero(np.abs(rho) > 1e-12) == 4  # as many as there are shared nodes
    equal = BinaryTree(3, 0.1, 0)
    np.testing.assert_allclose(equal.canonical_autocorrelations, 1)
    x, y = equal.draw(5, seed=0)
    assert x.tolist() == y.tolist()


def test_signs_turn_as_often_as_they_say():
    pairs = BinaryTree(1, 0.15, 1).draw(20_000, seed=1)
    for view in (pairs.x, pairs.y):
        turned = (view != pairs.latents).mean(0)
        assert (np.abs(turned - 0.15) < 5 * np.sqrt(0.15 * 0.85 / 20_000)).all()


@pytest.mark.parametrize("depth", [1, 2])
def test_the_entropy_of_a_tree_is_that_of_all_its_signs(depth):
    nodes = 2 ** (depth + 1) - 1
    total = 0.0
    for number in range(2**nodes):
        signs = [number >> k & 1 for k in range(nodes)]
        turns = [signs[k] != signs[(k - 1) // 2] for k in range(1, nodes)]
        probability = 0.5 * np.prod([0.1 if t else 0.9 for t in turns])
        total -= probability * np.log(probability)
    assert BinaryTree(depth, 0.1, 0).tree_entropy == pytest.approx(total)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"depth": 0}, "`depth` must be at least 1, got 0"),
        ({"flip": 0.5}, r"`flip` must lie strictly between 0 and 0\.5, got 0\.5"),
        ({"shared": 4}, "`shared` must be a height between 0 and the depth of 3, got 4"),
    ],
)
def test_says_which_tree_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        BinaryTree(**fields)
