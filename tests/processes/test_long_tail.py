"""Classes are as frequent as their masses, and what is rare is long."""

import numpy as np
import pytest
from scipy.optimize import minimize

from ssl_theory.processes import LongTail

TAIL = LongTail((0.6, 0.3, 0.1), size=2)


def test_pairs_are_as_frequent_as_the_joint_law():
    n = 40_000
    pairs = TAIL.draw(n, seed=0)
    counts = pairs.x.T @ pairs.y / n
    assert (np.abs(counts - TAIL.joint) <= 5 * np.sqrt(TAIL.joint / n)).all()
    assert TAIL.joint.sum() == pytest.approx(1)
    np.testing.assert_array_equal(pairs.x.argmax(1) // 2, pairs.auxiliary["class"])


def test_eigenvalues_are_those_of_the_normalised_joint_law():
    marginal = TAIL.joint.sum(1)
    normalised = TAIL.joint / np.sqrt(np.outer(marginal, marginal))
    np.testing.assert_allclose(np.linalg.eigvalsh(normalised)[::-1], TAIL.eigenvalues, atol=1e-12)


def test_the_best_spectral_embedding_is_as_long_as_the_class_is_rare():
    joint, marginal = TAIL.joint, TAIL.joint.sum(1)
    products = np.outer(marginal, marginal)

    def loss(flat):
        f = flat.reshape(6, 3)
        gram = f @ f.T
        value = -2 * (joint * gram).sum() + (products * gram**2).sum()
        return value, 4 * ((products * gram - joint) @ f).ravel()

    start = np.random.default_rng(0).standard_normal(18)
    best = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-9})
    f = best.x.reshape(6, 3)
    expected = np.repeat(TAIL.squared_norms, 2)
    np.testing.assert_allclose(np.square(f).sum(1), expected, rtol=1e-3)
    assert best.fun == pytest.approx(-3, abs=1e-6)


def test_information_is_that_of_the_class():
    ratios = TAIL.joint / np.outer(TAIL.joint.sum(1), TAIL.joint.sum(1))
    kept = TAIL.joint > 0
    information = (TAIL.joint[kept] * np.log(ratios[kept])).sum()
    assert TAIL.mutual_information == pytest.approx(information)
    marginal = TAIL.joint.sum(1)
    assert TAIL.entropy == pytest.approx(-(marginal * np.log(marginal)).sum())
    items = np.eye(6)
    assert TAIL.density_ratio(items[[0, 0]], items[[1, 2]]).tolist() == [np.log(1 / 0.6), -np.inf]


def test_a_law_of_zipf_falls_with_the_rank():
    masses = np.array(LongTail.zipf(50, 1.5).masses)
    ranks = np.log(np.arange(1, 51))
    np.testing.assert_allclose(np.polyfit(ranks, np.log(masses), 1)[0], -1.5)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"masses": (0.5, 0.6)}, r"`masses` must sum to one, got 1\.1"),
        ({"masses": (1.0, 0.0)}, "`masses` must be positive"),
        ({"size": 0}, "`size` must be at least 1, got 0"),
    ],
)
def test_says_which_masses_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        LongTail(**fields)
