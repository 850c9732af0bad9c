"""Tian, Chen and Ganguli (2021): predict with what the correlation dictates."""

import numpy as np
import torch
from hypothesis import given
from torch.nn.functional import mse_loss

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import direct_pred

CORRELATION = torch.tensor(
    [[1.0, 0.3, 0.1], [0.3, 0.5, -0.1], [0.1, -0.1, 0.7]], dtype=torch.float64
)


@given(pairs(dimensions=[3]))
def test_it_publishes_half_the_squared_distance_to_the_linear_prediction(pair):
    online, target = pair
    s, u = np.linalg.eigh(CORRELATION.numpy())
    predictor = sum((np.sqrt(s[j]) + 0.2 * s.max()) * np.outer(u[:, j], u[:, j]) for j in range(3))
    prediction = online @ torch.from_numpy(predictor).T
    expected = mse_loss(prediction, target, reduction="sum") / (2 * len(online))
    ours = direct_pred(CORRELATION, boost=0.2).published(online, target)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


def test_a_mode_grows_with_its_own_predictor_and_shrinks_with_the_square():
    # The field on a one-hot batch with identical views: -d/dz of |p z - sg z|^2 / 2 = p (1 - p) z.
    z = torch.eye(3, dtype=torch.float64, requires_grad=True)
    s = torch.tensor([0.81, 0.25, 0.04], dtype=torch.float64)
    direct_pred(torch.diag(s), boost=0.0)(z, z.detach()).total.backward()
    p = s.sqrt()
    torch.testing.assert_close(-3 * z.grad, torch.diag(p * (1 - p)))
