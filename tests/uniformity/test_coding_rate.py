"""The coding rate is an information that Gaussian embeddings share with noisy copies."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from scipy.integrate import quad
from scipy.stats import norm

from ssl_theory.checks.strategies import embeddings
from ssl_theory.uniformity import CodingRate, GaussianLogDeterminant
from tests.uniformity.laws import LAWS, estimates


@given(embeddings())
def test_is_the_same_of_the_matrix_of_items(z):
    n, d = z.shape
    gram = np.eye(n) + d / (n * 0.2) * (z @ z.T).numpy()
    expected = np.linalg.slogdet(gram).logabsdet / 2
    assert CodingRate(0.2).entropy(z, given=z).item() == pytest.approx(expected, abs=1e-9)


def test_exists_for_fewer_items_than_dimensions():
    # Two orthogonal unit vectors in five dimensions: 2 / 2 log(1 + 5 / (2 distortion)).
    w = torch.eye(5, dtype=torch.float64)[:2]
    assert CodingRate(0.5).entropy(w, given=w).item() == pytest.approx(math.log(6), abs=1e-12)


def test_a_tight_frame_of_unit_vectors_has_the_most():
    d = 3
    frame = torch.cat([torch.eye(d, dtype=torch.float64), -torch.eye(d, dtype=torch.float64)])
    best = CodingRate(0.2).entropy(frame, given=frame).item()
    assert best == pytest.approx(d / 2 * math.log(1 + 1 / 0.2), abs=1e-12)
    other = torch.nn.functional.normalize(frame + 0.1 * frame.roll(1, 1))
    other = torch.cat([other, other[:1]])
    assert CodingRate(0.2).entropy(other, given=other).item() < best


def test_little_distortion_leaves_the_log_determinant():
    z = torch.randn(30, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z = z - z.mean(0)
    distortion = 1e-9
    rate = CodingRate(distortion).entropy(z, given=z).item()
    noise = 3 / 2 * math.log(2 * math.pi * math.e * distortion / 3)
    log_det = GaussianLogDeterminant().entropy(z, given=z).item()
    assert rate + noise == pytest.approx(log_det, abs=1e-7)


def test_of_gaussian_items_it_is_what_a_noisy_copy_tells():
    law, d, distortion = LAWS["gaussian 2"], 2, 0.5
    mixing = torch.tensor([[0.8, 0.5], [0.0, 0.8]], dtype=torch.float64)
    eye = torch.eye(d, dtype=torch.float64)
    expected = (eye + d / distortion * mixing.T @ mixing).logdet().item() / 2
    found = estimates(CodingRate(distortion), law, items=4000, batches=10)
    error = found.std().item() / math.sqrt(10)
    assert error < 0.01
    assert abs(found.mean().item() - expected) < 5 * error


def test_of_a_mixture_it_is_more_than_a_noisy_copy_tells():
    d, distortion = 2, 0.5
    noise = distortion / d
    deviation = math.sqrt(1 + noise)

    def surprise(x):
        density = (norm.pdf(x, 2, deviation) + norm.pdf(x, -2, deviation)) / 2
        return -density * np.log(density)

    received = quad(surprise, -14, 14, epsabs=1e-12, points=[-2, 2])[0]
    received += math.log(2 * math.pi * math.e * (1 + noise)) / 2
    information = received - d / 2 * math.log(2 * math.pi * math.e * noise)
    found = estimates(CodingRate(distortion), LAWS["mixture 2"], items=2000, batches=10)
    error = found.std().item() / math.sqrt(10)
    assert error < 0.01
    assert found.mean().item() - information > 5 * error


def test_it_wants_some_distortion():
    with pytest.raises(ValueError, match="`distortion` must be positive, got 0"):
        CodingRate(0)
