"""Mikulasch and Zenke (2026), equation 9."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import gaussian_infomax, ldm_vicreg


@given(pairs())
def test_it_publishes_its_equation(pair):
    z, w = (x.numpy() for x in pair)
    distance = np.mean([np.linalg.norm(a - b) ** 2 for a, b in zip(z, w, strict=True)])
    # The determinant from the means and differences of the views: a map of determinant one.
    half = np.hstack([(z + w) / 2, w - z])
    log_det = np.linalg.slogdet(np.cov(half.T, ddof=0)).logabsdet
    expected = distance / (2 * 0.3) - log_det / 2
    assert ldm_vicreg(variance=0.3).published(*pair).item() == pytest.approx(expected, rel=1e-9)


def test_it_is_above_infomax_by_the_information_of_a_gaussian_pair():
    # One axis, views of variance 2 and correlation 0.5, exactly.
    noise = np.random.default_rng(0).standard_normal((9, 2))
    basis = 3 * np.linalg.qr(np.column_stack([np.ones(9), noise]))[0][:, 1:]
    z = torch.from_numpy(math.sqrt(2) * basis[:, :1])
    w = torch.from_numpy(math.sqrt(2) * (0.5 * basis[:, :1] + math.sqrt(0.75) * basis[:, 1:]))
    gap = ldm_vicreg()(z, w).total - gaussian_infomax()(z, w).total
    assert gap.item() == pytest.approx(-math.log(0.75) / 2, abs=1e-12)
