"""The centroids' spectrum is flat if they are unit vectors that fill every direction alike."""

import math

import numpy as np
import pytest
import torch

from ssl_theory.uniformity import CentroidSpectrum


def test_a_tight_frame_of_agreeing_views_has_the_most():
    frame = torch.cat([torch.eye(3, dtype=torch.float64), -torch.eye(3, dtype=torch.float64)])
    assert CentroidSpectrum().entropy(frame, given=frame).item() == pytest.approx(0, abs=1e-12)


def test_views_that_cancel_have_no_spectrum():
    z = torch.nn.functional.normalize(torch.arange(1.0, 13.0, dtype=torch.float64).view(4, 3))
    assert CentroidSpectrum().entropy(-z, given=z).item() == pytest.approx(-0.5, abs=1e-12)


@pytest.mark.parametrize("n", [2, 4, 5, 9])
def test_is_a_nuclear_norm_and_a_frobenius_norm_whatever_the_shape(n):
    d = 4
    z, w = torch.randn(2, n, d, generator=torch.Generator().manual_seed(n), dtype=torch.float64)
    centroids = ((z + w) / 2).numpy()
    nuclear, frobenius = (np.linalg.norm(centroids, kind) for kind in ("nuc", "fro"))
    expected = nuclear / math.sqrt(n * d) - 0.5 - frobenius**2 / (2 * n)
    assert CentroidSpectrum().entropy(w, given=z).item() == pytest.approx(expected, abs=1e-12)
