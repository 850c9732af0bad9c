"""Dynamics are compared up to a change of coordinates, and eigenvalues whatever they are."""

import numpy as np
import pytest
from scipy.linalg import block_diag

from ssl_theory.identifiability import DynamicsR2, matched_eigenvalues


def turning(angle, radius=0.95):
    c, s = np.cos(angle), np.sin(angle)
    return radius * np.array([[c, s], [-s, c]])


SYSTEM = block_diag(turning(0.3), turning(1.1, 0.8))


def run(system, n, seed, noise=1.0):
    z = np.zeros((n, len(system)))
    steps = noise * np.random.default_rng(seed).standard_normal(z.shape)
    z[0] = steps[0]
    for t in range(n - 1):
        z[t + 1] = z[t] @ system + steps[t + 1]
    return z


def test_a_change_of_coordinates_changes_nothing():
    z = run(SYSTEM, 800, seed=0)
    mixing = np.random.default_rng(1).standard_normal((4, 4))
    score = DynamicsR2()(z, z @ mixing + 5)
    assert score.value == pytest.approx(1)
    assert score.parts["system_error"] == pytest.approx(0, abs=1e-9)
    assert score.parts["eigenvalue_error"] == pytest.approx(0, abs=1e-9)
    assert not score.flagged


def test_eigenvalues_are_those_of_the_system():
    z = run(SYSTEM, 20_000, seed=2)
    found = DynamicsR2()(z, z).parts
    wanted = np.concatenate([0.95 * np.exp([0.3j, -0.3j]), 0.8 * np.exp([1.1j, -1.1j])])
    _, error = matched_eigenvalues(wanted, found["eigenvalues"])
    assert error < 5 * 0.6 / np.sqrt(15_000)  # sqrt(1 - radius^2) is the deviation of one
    # One step foretells all but its noise: radius^2 of the variance of each of the two pairs.
    assert found["one_step"] == pytest.approx((0.95**2 + 0.8**2) / 2, abs=0.03)


def test_a_latent_that_is_left_out_is_missed_with_its_eigenvalues():
    z = run(SYSTEM, 4000, seed=3)
    score = DynamicsR2()(z, z[:, :2])
    assert score.value == pytest.approx(0.5, abs=0.05)
    # Half of the eigenvalues are there; the others, of size .8, are matched with zeros.
    assert score.parts["eigenvalue_error"] == pytest.approx(0.4, abs=0.03)
    assert "4 latents and 2 dimensions" in " ".join(score.warnings)


def test_shuffled_items_are_not_a_sequence():
    z = run(SYSTEM, 800, seed=4)
    shuffled = np.random.default_rng(5).permutation(z)
    assert "rows must be in the order of time" in DynamicsR2()(shuffled, shuffled).warnings[0]


def test_noise_and_constants_foretell_nothing():
    z = run(SYSTEM, 2000, seed=6)
    noise = np.random.default_rng(7).standard_normal((2000, 4))
    for h in (noise, np.full((2000, 4), 0.1)):
        assert DynamicsR2()(z, h).value < 0.1
        assert DynamicsR2()(z, h).flagged


def test_eigenvalues_are_matched_all_in_all():
    # The nearest of each by itself would be 0.5 twice.
    in_order, error = matched_eigenvalues(np.array([0.4, 0.55]), np.array([0.5, 1.0, 0.2]))
    assert in_order == pytest.approx([0.2, 0.5])
    assert error == pytest.approx((0.2 + 0.05) / 2)


def test_says_what_it_wanted():
    with pytest.raises(ValueError, match=r"`test_share` must lie in \(0, 1\), got 0"):
        DynamicsR2(test_share=0)(np.eye(8), np.eye(8))
    with pytest.raises(ValueError, match="at least 3 items to fit on, got 4 in all"):
        DynamicsR2()(np.eye(4), np.eye(4))
