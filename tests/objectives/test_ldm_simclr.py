"""Mikulasch and Zenke (2026): two pairs repel only if both of their views are near."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.checks.strategies import pairs
from ssl_theory.latent_distribution_matching import Matching, Objective, Prior
from ssl_theory.objectives import ldm_simclr
from ssl_theory.uniformity import KernelDensity


@given(pair=pairs())
def test_it_publishes_equation_47(pair):
    z, w = (x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair)
    repulsion = [
        math.log(
            math.fsum(math.exp((z[i] @ z[j] + w[i] @ w[j]) / 0.2) for j in range(len(z))) / len(z)
        )
        for i in range(len(z))
    ]
    expected = np.mean(repulsion) - np.mean(np.sum(z * w, axis=1)) / 0.2
    ours = ldm_simclr(temperature=0.2).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(pair=pairs())
def test_equal_views_are_one_view_read_with_a_kernel_twice_as_sharp(pair):
    # Two equal exponents add; only the normalisers of two kernels and of one differ.
    z, _ = pair
    model, sharper = VonMisesFisher(5.0), VonMisesFisher(10.0)
    joint = -ldm_simclr(temperature=0.2)(z, z).uniformity
    single = Objective("one", sharper, KernelDensity(sharper, itself=True), "mikulasch2026ldm")
    d = z.shape[1]
    pole = torch.eye(d, dtype=torch.float64)[:1]
    constants = [m.log_density(pole, given=pole).item() - m.concentration for m in (model, sharper)]
    expected = -single(z, z).uniformity + constants[1] - 2 * constants[0]
    torch.testing.assert_close(joint, expected, rtol=1e-9, atol=1e-9)


def test_it_matches_the_pair_and_counts_one_entropy():
    objective = ldm_simclr()
    assert objective.matching is Matching.JOINT
    assert objective.prior is Prior.FLAT
    assert objective.entropies == 1
