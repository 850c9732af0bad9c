"""A kernel density exceeds the entropy by a divergence, and by less as its kernel sharpens."""

import math

import numpy as np
import pytest
import torch
from scipy.integrate import quad
from scipy.stats import norm, vonmises

from ssl_theory.alignment import Gaussian, VonMisesFisher
from ssl_theory.uniformity import KernelDensity
from tests.uniformity.laws import LAWS, estimates, normal


@pytest.mark.parametrize("variance", [0.5, 2.0])
def test_a_gaussian_costs_the_cross_entropy_against_itself_smoothed(variance):
    found = estimates(KernelDensity(Gaussian(variance)), LAWS["white 2"], items=500, batches=20)
    error = found.std().item() / math.sqrt(20)
    assert error < 0.03
    expected = math.log(2 * math.pi * (1 + variance)) + 1 / (1 + variance)
    assert abs(found.mean().item() - expected) < 5 * error


@pytest.mark.parametrize("items", [2, 5])
def test_left_out_of_its_own_density_an_item_is_never_below_the_entropy(items):
    found = estimates(KernelDensity(Gaussian(0.1)), LAWS["white 2"], items=items, batches=400)
    error = found.std().item() / math.sqrt(400)
    assert found.mean().item() - LAWS["white 2"].entropy > 5 * error


def test_with_its_own_term_the_entropy_of_far_items_is_that_of_their_labels_and_a_kernel():
    w = 1e6 * torch.arange(5, dtype=torch.float64)[:, None]
    found = KernelDensity(Gaussian(0.5), itself=True).entropy(w, given=w).item()
    assert found == pytest.approx(math.log(5) - norm.logpdf(0, scale=math.sqrt(0.5)), abs=1e-9)
    without = KernelDensity(Gaussian(0.5)).entropy(w, given=w).item()
    assert without > 1e11


def test_two_items_smooth_each_other():
    w = torch.tensor([[0.0], [3.0]], dtype=torch.float64)
    found = KernelDensity(Gaussian(2.0)).entropy(w, given=w).item()
    assert found == pytest.approx(-norm.logpdf(3, scale=math.sqrt(2)), abs=1e-12)


def test_a_kernel_that_sharpens_with_the_items_converges_at_the_rate_of_rosenblatt():
    # On the circle, with a kernel of variance h^2, the divergence is to leading order
    # h^4 E[(p''/p)^2] / 8 + sqrt(pi) / (2 n h); at h^2 = n^(-2/5) / 2 that falls as n^(-4/5).
    generator = np.random.default_rng(0)
    curvature = quad(
        lambda t: vonmises.pdf(t, 1) * (math.sin(t) ** 2 - math.cos(t)) ** 2, -math.pi, math.pi
    )[0]
    constant = curvature / 32 + math.sqrt(math.pi / 2)
    excess, errors = [], []
    for n, batches in ((50, 300), (800, 60)):
        part, found = KernelDensity(VonMisesFisher(2 * n**0.4)), []
        for _ in range(batches):
            angle = generator.vonmises(0, 1, n)
            w = torch.tensor(np.stack([np.cos(angle), np.sin(angle)], axis=1))
            # The same items' own surprise is a control: only the divergence is left.
            found.append(part.entropy(w, given=w).item() + vonmises.logpdf(angle, 1).mean())
        excess.append(np.mean(found))
        errors.append(np.std(found) / math.sqrt(batches) / excess[-1])
    fall, error = math.log(excess[0] / excess[1]), math.hypot(*errors)
    assert abs(fall - 0.8 * math.log(16)) < 5 * error
    assert 5 * error < 0.8 * math.log(16) / 2
    assert abs(excess[1] * 800**0.8 / constant - 1) < 5 * errors[1]


def test_it_reads_one_view_only():
    w = normal(6, 2, torch.Generator().manual_seed(0))
    part = KernelDensity(Gaussian(0.5))
    torch.testing.assert_close(part.entropy(w, given=w), part.entropy(w, given=7 * w))
