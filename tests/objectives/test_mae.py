"""He et al. (2022): reconstruct the pixels of hidden patches."""

import pytest
import torch
from hypothesis import given
from torch.nn.functional import mse_loss

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import mae


@given(pairs())
def test_it_publishes_the_mean_squared_error_of_pixels(pair):
    reconstruction, pixels = pair
    ours = mae().published(reconstruction, pixels)
    torch.testing.assert_close(ours, mse_loss(reconstruction, pixels), rtol=1e-9, atol=1e-9)


def test_with_other_patches_masked_out_it_is_the_authors_average():
    # Their code averages errors within each patch, then over the patches that a mask selects.
    generator = torch.Generator().manual_seed(0)
    reconstruction, pixels = torch.randn(2, 10, 4, generator=generator, dtype=torch.float64)
    hidden = torch.arange(10) % 3 == 0
    each = (reconstruction - pixels).square().mean(1)
    expected = (each * hidden).sum() / hidden.sum()
    torch.testing.assert_close(mae().published(reconstruction[hidden], pixels[hidden]), expected)


def test_a_gaussian_of_that_width_is_as_surprised_as_its_residual_is_large():
    # At the true variance, 1/2 a pixel, the total is the entropy of the noise.
    n, d = 4000, 3
    generator = torch.Generator().manual_seed(0)
    pixels = torch.randn(n, d, generator=generator, dtype=torch.float64)
    noise = torch.randn(n, d, generator=generator, dtype=torch.float64) / 2**0.5
    entropy = d / 2 * torch.tensor(torch.pi * torch.e).log().item()
    error = (d / 2 / n) ** 0.5
    assert error < 0.02
    assert mae()(pixels + noise, pixels).total.item() == pytest.approx(entropy, abs=5 * error)
