"""The linear-Gaussian model is a Gaussian law, and the conditional of a joint one."""

import numpy as np
import pytest
import torch
from scipy.stats import multivariate_normal

from ssl_theory.alignment import Gaussian, LinearGaussian, direct_predictor

MATRIX = torch.tensor([[0.5, -0.2, 0.1], [0.3, 0.4, 0.0], [-0.1, 0.2, 0.6]], dtype=torch.float64)
NOISE = torch.tensor([[1.0, 0.3, 0.1], [0.3, 0.5, -0.1], [0.1, -0.1, 0.7]], dtype=torch.float64)


def draw(n=5):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(2, n, 3, generator=generator, dtype=torch.float64)


def test_it_is_the_multivariate_normal_of_scipy():
    z, w = draw()
    expected = [
        multivariate_normal.logpdf(target, MATRIX.numpy() @ context.numpy(), NOISE.numpy())
        for context, target in zip(z, w, strict=True)
    ]
    ours = LinearGaussian(MATRIX, NOISE).log_density(w, given=z)
    np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_the_joint_density_is_the_marginal_times_the_conditional():
    joint = torch.randn(6, 6, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    joint = joint @ joint.T + torch.eye(6)
    within, across, target = joint[:3, :3], joint[:3, 3:], joint[3:, 3:]
    matrix = across.T @ within.inverse()
    conditional = LinearGaussian(matrix, target - matrix @ across)
    z, w = draw()
    whole = multivariate_normal.logpdf(torch.cat([z, w], 1).numpy(), cov=joint.numpy())
    marginal = multivariate_normal.logpdf(z.numpy(), cov=within.numpy())
    np.testing.assert_allclose(conditional.log_density(w, given=z), whole - marginal, rtol=1e-9)


def test_the_identity_and_white_noise_make_the_isotropic_model():
    z, w = draw()
    eye = torch.eye(3, dtype=torch.float64)
    ours = LinearGaussian(eye, 0.3 * eye).log_density(w[:, None], given=z[None])
    torch.testing.assert_close(ours, Gaussian(0.3).log_density(w[:, None], given=z[None]))


def test_a_direct_predictor_commutes_with_the_correlation_and_squares_to_it():
    root = direct_predictor(NOISE, boost=0.0)
    torch.testing.assert_close(root @ root, NOISE)
    largest = torch.linalg.eigvalsh(NOISE).max()
    boosted = direct_predictor(NOISE, boost=0.1)
    torch.testing.assert_close(boosted - root, 0.1 * largest * torch.eye(3, dtype=torch.float64))


def test_it_says_which_matrices_it_wants():
    with pytest.raises(
        ValueError, match=r"must both be \(d, d\), got shapes \(3, 3\) and \(2, 2\)"
    ):
        LinearGaussian(MATRIX, NOISE[:2, :2])
    with pytest.raises(ValueError, match="must be positive definite, got one that has no Cholesky"):
        LinearGaussian(MATRIX, -NOISE)
