"""The mean-square model is a Gaussian whose variance grows with the dimension."""

import pytest
import torch
from torch.distributions import Independent, Normal
from torch.nn.functional import mse_loss

from ssl_theory.alignment import MeanSquare


@pytest.mark.parametrize("d", [1, 2, 7])
def test_it_is_the_normal_law_of_torch(d):
    z, w = torch.randn(2, 6, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    deviation = torch.full_like(z, (d / (2 * 3.0)) ** 0.5)
    expected = Independent(Normal(z, deviation), 1).log_prob(w)
    torch.testing.assert_close(
        MeanSquare(3.0).log_density(w, given=z), expected, rtol=1e-12, atol=0
    )


def test_surprise_grows_by_the_mean_squared_error():
    z, w = torch.randn(2, 6, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    model = MeanSquare(25.0)
    rise = model.log_density(z, given=z) - model.log_density(w, given=z)
    torch.testing.assert_close(rise.mean(), 25 * mse_loss(w, z), rtol=1e-12, atol=0)


def test_it_wants_a_positive_weight():
    with pytest.raises(ValueError, match="`weight` must be positive, got 0"):
        MeanSquare(0)
