"""Mikulasch and Zenke (2026), the mapping of stop-gradient methods, sharpened.

Their table marks BYOL and JEPA as matching without mutual information. With the best linear
predictor, kept best, the field these methods follow ascends half of it.
"""

import pytest
import torch

from ssl_theory.alignment import LinearGaussian
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.uniformity import StopGradient

INPUTS = 5


def exchangeable_views(items=40, seed=0):
    """Views whose empirical moments do not change when the two are exchanged, and are centred."""
    generator = torch.Generator().manual_seed(seed)
    common, *noise = torch.randn(3, items, INPUTS, generator=generator, dtype=torch.float64)
    scale = torch.linspace(0.5, 2, INPUTS, dtype=torch.float64)
    x, y = (common + scale * e for e in noise)
    x, y = torch.cat([x, y]), torch.cat([y, x])
    return x - x.mean(0), y - y.mean(0)


def calibrated(z, w):
    """The law of ``w`` given ``z`` of the Gaussian pair with these moments."""
    n = len(z)
    within, across = z.T @ z / n, z.T @ w / n
    matrix = torch.linalg.solve(within, across).T
    return LinearGaussian(matrix.detach(), (w.T @ w / n - matrix @ across).detach())


def information(z, w):
    """The mutual information of the Gaussian pair with these moments, in nats."""
    n = len(z)
    joint = torch.cat([z, w], 1)
    log_dets = [(v.T @ v / n).logdet() for v in (z, w, joint)]
    return (log_dets[0] + log_dets[1] - log_dets[2]) / 2


def field(encoder, x, y):
    """What the encoder is moved along: minus the gradient of the stop-gradient objective."""
    z, w = x @ encoder.T, y @ encoder.T
    model = calibrated(z, w)
    total = Objective("jepa", model, StopGradient(model), "mikulasch2026ldm")(z, w).total
    return -torch.autograd.grad(total, encoder)[0]


def random_encoder(d, seed):
    generator = torch.Generator().manual_seed(100 + seed)
    return torch.randn(d, INPUTS, generator=generator, dtype=torch.float64).requires_grad_()


@pytest.mark.parametrize("d", [1, 2, 4])
@pytest.mark.parametrize("seed", range(3))
def test_the_field_with_the_best_predictor_is_half_the_gradient_of_information(d, seed):
    x, y = exchangeable_views(seed=seed)
    encoder = random_encoder(d, seed)
    ascent = torch.autograd.grad(information(x @ encoder.T, y @ encoder.T), encoder)[0]
    assert ascent.abs().max() > 1e-3
    torch.testing.assert_close(field(encoder, x, y), ascent / 2, rtol=0, atol=1e-8)


def test_an_invertible_encoder_keeps_all_information_and_feels_nothing():
    x, y = exchangeable_views()
    encoder = random_encoder(INPUTS, 0)
    torch.testing.assert_close(field(encoder, x, y), torch.zeros_like(encoder), rtol=0, atol=1e-8)


def test_the_plug_in_is_the_conditional_entropy_of_the_calibrated_model():
    x, y = exchangeable_views()
    z, w = (v @ random_encoder(2, 0).detach().T for v in (x, y))
    n, d = z.shape
    surprise = StopGradient(calibrated(z, w)).entropy(w, given=z)
    constant = d / 2 * torch.tensor(2 * torch.pi * torch.e, dtype=z.dtype).log()
    entropy = (w.T @ w / n).logdet() / 2 + constant - information(z, w)
    torch.testing.assert_close(surprise, entropy)


def test_a_predictor_that_lags_behind_is_not_information():
    # Calibration matters: with the predictor of another encoder the identity fails.
    x, y = exchangeable_views()
    encoder, other = random_encoder(2, 0), random_encoder(2, 1)
    z, w = x @ encoder.T, y @ encoder.T
    stale = calibrated(x @ other.T, y @ other.T)
    total = Objective("jepa", stale, StopGradient(stale), "mikulasch2026ldm")(z, w).total
    ascent = torch.autograd.grad(information(z, w), encoder, retain_graph=True)[0]
    moved = -torch.autograd.grad(total, encoder)[0]
    assert (moved - ascent / 2).abs().max() > 0.1
