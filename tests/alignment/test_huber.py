"""The Huber density is a density, Gaussian in the middle and Laplace in the tails."""

import math

import numpy as np
import pytest
import torch
from scipy import integrate
from scipy.special import huber

from ssl_theory.alignment import GeneralisedNormal, Huber


@pytest.mark.parametrize("threshold", [0.1, 1.0, 4.0])
def test_the_density_has_mass_one(threshold):
    origin = torch.zeros(1, dtype=torch.float64)
    density = lambda e: Huber(threshold).log_density(origin + e, given=origin).exp().item()  # noqa: E731
    mass = integrate.quad(density, 0, threshold)[0] + integrate.quad(density, threshold, 60)[0]
    assert 2 * mass == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize("threshold", [0.1, 1.0, 4.0])
def test_differences_of_log_density_are_scipys_huber_function(threshold):
    z, w = torch.randn(2, 9, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    model = Huber(threshold)
    ours = model.log_density(z, given=z) - model.log_density(w, given=z)
    expected = (huber(threshold, (w - z).numpy()) / threshold).sum(1)
    np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_a_vanishing_threshold_makes_a_laplace_density():
    z, w = torch.randn(2, 9, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    # Each axis differs by threshold / 2 in the tails; the mass differs by less.
    ours = Huber(1e-8).log_density(w, given=z)
    torch.testing.assert_close(ours, GeneralisedNormal().log_density(w, given=z), atol=1e-7, rtol=0)


def test_the_pull_grows_to_one_and_no_further():
    w = torch.tensor([[0.5], [2.0], [100.0]], dtype=torch.float64, requires_grad=True)
    Huber(2.0).log_density(w, given=torch.zeros(1, 1, dtype=torch.float64)).sum().backward()
    assert (-w.grad[:, 0]).tolist() == [0.25, 1.0, 1.0]


def test_rows_and_columns_of_views_broadcast():
    z, w = torch.randn(2, 4, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    table = Huber().log_density(w[:, None], given=z[None])
    torch.testing.assert_close(table.diagonal(), Huber().log_density(w, given=z))


def test_it_says_which_threshold_it_wants():
    said = r"`threshold` must be positive, got 0\.0.*Use GeneralisedNormal\(shape=1\)"
    with pytest.raises(ValueError, match=said):
        Huber(0.0)
    assert math.isfinite(Huber(1e-3).log_density(torch.zeros(1, 2), given=torch.zeros(1, 2)).item())
