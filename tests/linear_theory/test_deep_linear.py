"""Deep linear encoders: the scalar laws are what training every layer by itself does."""

import numpy as np
import pytest
import torch
from scipy.integrate import solve_ivp

from ssl_theory.linear_theory.deep_linear import (
    embedding_optimum,
    embedding_time,
    two_layer_time,
    view_optimum,
    view_time,
)

CASES = [(rho, depth) for rho in (0.4, 0.9) for depth in (1, 2, 3)]


def layers(loss, depth, start, until, reach):
    """The time at which the layers, trained by autograd, reach a size, and where they end."""

    def slope(_, u):
        each = torch.from_numpy(u.copy()).requires_grad_()
        (gradient,) = torch.autograd.grad(loss(each), each)
        return -gradient.numpy()

    def reached(_, u):
        return u[0] - reach

    how = {"events": reached, "rtol": 1e-9, "atol": 1e-12, "method": "LSODA"}
    solved = solve_ivp(slope, (0, until), np.full(depth + 1, start), **how)
    assert np.ptp(solved.y, axis=0).max() < 1e-6  # the layers stay equal
    return solved.t_events[0][0], solved.y[:-1, -1].prod()


def in_embedding(rho, covariance):
    def loss(u):  # E (p w x - SG[w] y)^2 / 2, less what no layer changes
        w = u[:-1].prod()
        full = u.prod()
        return full**2 * covariance / rho / 2 - full * w.detach() * covariance

    return loss


def of_view(rho, covariance):
    def loss(u):
        full = u.prod()
        return full**2 * covariance / rho / 2 - full * covariance

    return loss


@pytest.mark.parametrize(("rho", "depth"), CASES)
def test_prediction_in_the_embedding(rho, depth):
    covariance, start = 0.7, 0.3 * rho
    predicted = embedding_time(rho, covariance, depth, start=start)
    until = predicted + 400 / (covariance * rho ** (2 * depth - 1))
    time, end = layers(in_embedding(rho, covariance), depth, start, until, 0.5 * rho)
    assert time == pytest.approx(predicted, rel=1e-6)
    assert end == pytest.approx(embedding_optimum(rho, depth), rel=1e-4)


@pytest.mark.parametrize(("rho", "depth"), CASES)
def test_prediction_of_the_view(rho, depth):
    covariance, start = 0.7, 0.1
    reach = 0.5 * rho ** (1 / (depth + 1))
    predicted = view_time(rho, covariance, depth, start=start)
    time, end = layers(of_view(rho, covariance), depth, start, predicted + 300, reach)
    assert time == pytest.approx(predicted, rel=1e-6)
    assert end == pytest.approx(view_optimum(rho, depth), rel=1e-4)


def test_depth_turns_the_order_of_learning_from_what_varies_to_what_is_predictable():
    def first(time, depth):  # of (covariance 1, rho .4) and (covariance .8, rho .9)
        start, share = 1e-3 ** (1 / depth), 0.5 ** (1 / depth)  # of the whole encoder
        pairs = ((0.4, 1.0), (0.9, 0.8))
        return int(np.argmin([time(*pair, depth, start=start, share=share) for pair in pairs]))

    assert [first(view_time, depth) for depth in (1, 2, 3)] == [0, 0, 0]
    assert [first(embedding_time, depth) for depth in (1, 2, 3)] == [0, 0, 1]


def test_the_leading_term_of_the_time_knows_nothing_of_what_is_predictable():
    for depth in (1, 2, 3):
        start = 1e-4
        leading = 1 / ((2 * depth - 1) * start ** (2 * depth - 1))
        for rho in (0.4, 0.9):
            assert embedding_time(rho, 1.0, depth, start=start) == pytest.approx(leading, rel=0.01)


def test_two_layers_blow_up_where_one_only_grows():
    rate, start = 0.7, 0.2
    law = lambda _, u: [u[0] * u[1] ** 2 * rate, u[1] * u[0] ** 2 * rate]  # noqa: E731
    end = two_layer_time(rate, start=start)
    solved = solve_ivp(law, (0, 0.9 * end), [start, start], rtol=1e-10, atol=1e-12)
    assert solved.y[:, -1].prod() == pytest.approx(start**2 / (1 - 0.9), rel=1e-6)


@pytest.mark.parametrize("start", [0.0, 0.5])
def test_says_where_to_start(start):
    with pytest.raises(ValueError, match=r"`start` must be positive and below 0\.2"):
        embedding_time(0.4, 1.0, 2, start=start)
