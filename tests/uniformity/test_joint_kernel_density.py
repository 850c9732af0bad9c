"""The entropy of a pair is that of its views side by side."""

import math

import torch

from ssl_theory.alignment import Gaussian
from ssl_theory.uniformity import JointKernelDensity, KernelDensity
from tests.uniformity.laws import normal


def test_gaussian_kernels_of_two_views_are_one_of_the_views_side_by_side():
    z, w = normal(9, 2, generator := torch.Generator().manual_seed(0)), normal(9, 2, generator)
    both = torch.cat([z, w], dim=1)
    for itself in (False, True):
        joint = JointKernelDensity(Gaussian(0.3), itself).entropy(w, given=z)
        side_by_side = KernelDensity(Gaussian(0.3), itself).entropy(both, given=both)
        torch.testing.assert_close(joint, side_by_side, rtol=1e-12, atol=1e-12)


def test_a_correlated_gaussian_pair_costs_the_cross_entropy_against_itself_smoothed():
    generator = torch.Generator().manual_seed(0)
    for rho in (0.0, 0.9):
        found = []
        for _ in range(20):
            z = normal(500, 1, generator)
            w = rho * z + math.sqrt(1 - rho**2) * normal(500, 1, generator)
            found.append(JointKernelDensity(Gaussian(0.2)).entropy(w, given=z))
        found = torch.stack(found)
        error = found.std().item() / math.sqrt(20)
        assert error < 0.03
        pair = torch.tensor([[1, rho], [rho, 1]], dtype=torch.float64)
        smoothed = pair + 0.2 * torch.eye(2)
        expected = math.log(2 * math.pi) + smoothed.logdet() / 2
        expected = expected + torch.linalg.solve(smoothed, pair).trace() / 2
        assert abs(found.mean().item() - expected.item()) < 5 * error
