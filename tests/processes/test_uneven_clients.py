"""Clients have the weights of a Dirichlet law, and keep them."""

import numpy as np
import pytest
from scipy.stats import beta, kstest

from ssl_theory.processes import UnevenClients

WORLD = UnevenClients(clients=3, concentration=0.7, weights_seed=2)
N = 30_000


@pytest.mark.parametrize("concentration", [0.02, 0.5, 3.0])
def test_weights_have_the_law_of_dirichlet(concentration):
    world = UnevenClients(4000, 4, concentration, weights_seed=1)
    weights = world.class_weights
    np.testing.assert_allclose(weights.sum(1), 1)
    if concentration > 0.1:  # else many are 0 and 1 to rounding
        law = beta(concentration, 3 * concentration)
        assert kstest(weights[:, 2], law.cdf).pvalue > 1e-5
    error = world.agreement.std() / np.sqrt(4000)
    assert abs(world.agreement.mean() - world.expected_agreement) < 5 * error
    assert error < 0.01


def test_each_client_sees_its_classes_as_often_as_its_weights():
    drawn = WORLD.draw(N, seed=0).auxiliary
    for client in range(3):
        label = drawn["class"][drawn["client"] == client]
        assert abs(len(label) - N / 3) < 5 * np.sqrt(N * 2 / 9)
        pi = WORLD.class_weights[client]
        counts = np.bincount(label, minlength=4) / len(label)
        assert (np.abs(counts - pi) <= 5 * np.sqrt(pi * (1 - pi) / len(label))).all()


def test_each_client_has_its_own_cross_covariance():
    drawn = WORLD.draw(N, seed=1)
    for client in range(3):
        chosen = drawn.auxiliary["client"] == client
        x, y = (v[chosen] - v[chosen].mean(0) for v in drawn)
        products = x[:, :, None] * y[:, None, :]
        errors = products.std(0) / np.sqrt(chosen.sum())
        truth = WORLD.client_cross_covariance(client)
        assert (np.abs(products.mean(0) - truth) < 5.5 * errors).all()
        assert errors.max() < 0.1


def test_weights_belong_to_the_world_and_not_to_a_draw():
    assert np.array_equal(
        WORLD.class_weights, UnevenClients(3, 4, 0.7, weights_seed=2).class_weights
    )
    assert not np.array_equal(WORLD.class_weights, UnevenClients(3, 4, 0.7).class_weights)


def test_a_client_alone_is_a_set_of_clusters():
    alone = UnevenClients(clients=1)
    np.testing.assert_allclose(alone.cross_covariance, alone.client_cross_covariance(0))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"clients": 0}, "`clients` must be at least 1, got 0"),
        ({"classes": 1}, "`classes` must be at least 2, got 1"),
        ({"concentration": 0.0}, "`concentration` must be positive"),
        ({"dimension": 2}, "`dimension` must be at least 4, got 2"),
    ],
)
def test_says_which_clients_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        UnevenClients(**fields)
