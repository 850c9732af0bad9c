"""What is observed has an entropy that no encoder moves."""

import torch

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.uniformity import Observed


def test_the_total_is_the_surprise_of_the_data_and_its_best_reconstruction_is_the_mean():
    # Maximum likelihood: of all constants, the mean of the data makes it least surprising.
    data = torch.randn(9, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    guess = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    value = Objective("plain", Gaussian(0.5), Observed(), "he2022mae")(guess.expand(9, 3), data)
    assert value.uniformity.item() == 0
    value.total.backward()
    torch.testing.assert_close(guess.grad, -2 * data.mean(0))
