"""Matrix cross-entropies, to the order their authors keep."""

import numpy as np
import pytest
import torch
from scipy.linalg import logm

from ssl_theory.uniformity import MatrixCrossEntropy


def moments(z, w):
    z0, w0 = z - z.mean(0), w - w.mean(0)
    return [p.T @ q / len(z) for p, q in ((z0, z0), (z0, w0), (w0, w0))]


def test_small_spreads_have_the_exact_logarithms():
    z, w = 0.05 * np.random.default_rng(0).standard_normal((2, 30, 3)) + 1
    own_z, across, own_w = moments(z, w)
    eye = np.eye(3)
    exact = np.trace(logm(eye + across)) - np.mean(np.sum(z * w, axis=1))
    exact += 2 * np.trace((eye + own_z) @ logm(eye + own_w))
    part = MatrixCrossEntropy(2.0)
    ours = part.entropy(torch.from_numpy(w), given=torch.from_numpy(z)).item()
    # The next order is the fifth, of covariances of some 0.003.
    assert ours == pytest.approx(exact, abs=1e-11)


def test_equal_isotropic_views_have_the_series_of_one_number():
    # Covariances x I: d ((log(1 + x) - x) + (1 + x) log(1 + x)), logarithms to fourth order.
    d, x = 3, 0.25
    w = np.sqrt(x * d) * torch.cat([torch.eye(d), -torch.eye(d)]).double()
    log = x - x**2 / 2 + x**3 / 3 - x**4 / 4
    expected = d * (log - x + (1 + x) * log)
    assert MatrixCrossEntropy().entropy(w, given=w).item() == pytest.approx(expected, abs=1e-12)
