"""Cross-correlations cost what the entropy of the pair loses to them, to second order."""

import numpy as np
import pytest
import torch

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.uniformity import CrossCorrelation, JointLogDeterminant


def standard_pair(cross, n=40):
    """Views with identity covariances and exactly these correlations across them."""
    d = len(cross)
    noise = np.random.default_rng(0).standard_normal((n, 2 * d))
    basis = np.linalg.qr(np.column_stack([np.ones(n), noise]))[0][:, 1:] * np.sqrt(n)
    z, e = basis[:, :d], basis[:, d:]
    rest = np.linalg.cholesky(np.eye(d) - cross.T @ cross)
    return torch.from_numpy(z), torch.from_numpy(z @ cross + e @ rest.T)


CROSS = np.array([[0.5, 0.3, 0.0], [0.2, -0.4, 0.1], [0.0, 0.6, 0.2]])


def test_the_diagonal_counts_whole_and_the_rest_by_its_weight():
    z, w = standard_pair(CROSS)
    squares = [0.25 + 0.16 + 0.04, 0.09 + 0.04 + 0.01 + 0.36]
    for weight in (0.005, 1.0, 2.0):
        entropy = CrossCorrelation(weight).entropy(w, given=z).item()
        assert entropy == pytest.approx(3 - squares[0] - weight * squares[1], abs=1e-12)


def test_at_weight_one_it_is_twice_the_loss_of_joint_entropy_to_second_order():
    z, w = standard_pair(0 * CROSS)
    alone = JointLogDeterminant().entropy(w, given=z).item()
    losses = []
    for t in (0.2, 0.1, 0.05):
        z, w = standard_pair(t * CROSS)
        together = JointLogDeterminant().entropy(w, given=z).item()
        ours = 3 - CrossCorrelation(1.0).entropy(w, given=z).item()
        losses.append((2 * (alone - together) - ours) / ours)
    # The next order is the fourth: halving t divides the relative remainder by four.
    assert losses[0] < 0.03
    assert losses[0] / losses[1] == pytest.approx(4, rel=0.05)
    assert losses[1] / losses[2] == pytest.approx(4, rel=0.02)


def test_at_weight_one_a_rotation_of_white_views_changes_nothing():
    z, w = standard_pair(CROSS)
    q = torch.linalg.qr(torch.from_numpy(CROSS) + torch.eye(3)).Q
    part = CrossCorrelation(1.0)
    assert part.entropy(w @ q, given=z @ q).item() == pytest.approx(part.entropy(w, given=z).item())
    other = CrossCorrelation(0.5)
    assert abs((other.entropy(w @ q, given=z @ q) - other.entropy(w, given=z)).item()) > 1e-3


def test_views_that_are_not_standardised_are_refused():
    clash = r"matches on Euclidean\(\) but measures entropy on Standardised\(\)"
    with pytest.raises(ValueError, match=clash):
        Objective("unequal", Gaussian(), CrossCorrelation(), "zbontar2021barlow")
