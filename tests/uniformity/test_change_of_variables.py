"""The change of variables: what a linear encoder adds to the entropy of its inputs."""

import pytest
import torch

from ssl_theory.uniformity import (
    AdditiveCoupling,
    ChangeOfVariables,
    GaussianLogDeterminant,
    KozachenkoLeonenko,
)


def _normal(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


INPUTS = _normal(20, 3) @ _normal(3, 3, seed=1) + 5
MATRIX = _normal(3, 3, seed=2)


def _entropy(w: torch.Tensor) -> torch.Tensor:
    return ChangeOfVariables(INPUTS).entropy(w, given=w)


def test_it_is_the_log_determinant_of_the_encoder():
    found = _entropy(INPUTS @ MATRIX.T + 2)
    torch.testing.assert_close(found, torch.linalg.slogdet(MATRIX).logabsdet)


def test_its_gradient_in_the_encoder_is_the_inverse_transposed():
    matrix = MATRIX.clone().requires_grad_()
    _entropy(INPUTS @ matrix.T).backward()
    torch.testing.assert_close(matrix.grad, torch.linalg.inv(MATRIX).T)


def test_it_is_what_any_entropy_gains_from_inputs_to_outputs():
    # Whatever the law of the inputs: the Gaussian bound is off by as much before as after, and
    # neighbours stay neighbours under a similarity.
    w = INPUTS @ MATRIX.T
    bound = GaussianLogDeterminant()
    gain = bound.entropy(w, given=w) - bound.entropy(INPUTS, given=INPUTS)
    torch.testing.assert_close(_entropy(w), gain)
    turned = 3 * INPUTS @ torch.linalg.qr(MATRIX).Q
    estimate = KozachenkoLeonenko()
    gain = estimate.entropy(turned, given=turned) - estimate.entropy(INPUTS, given=INPUTS)
    torch.testing.assert_close(_entropy(turned), gain)


def test_inputs_that_do_not_vary_in_every_dimension_are_refused():
    flat = torch.cat([INPUTS[:, :2], INPUTS[:, :2].sum(1, keepdim=True)], dim=1)
    for inputs in (flat, INPUTS[:3]):
        with pytest.raises(ValueError, match=r"`inputs` must vary in all their 3 dimensions"):
            ChangeOfVariables(inputs)


def test_a_batch_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"shape of the inputs, got \(8, 3\) of \(20, 3\).*Give"):
        _entropy(_normal(8, 3))


class _Stretch(torch.nn.Module):
    """``x + a tanh(x)`` on each axis."""

    def __init__(self) -> None:
        super().__init__()
        self.a = torch.nn.Parameter(torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.a * x.tanh()


def test_a_nonlinear_encoder_adds_the_mean_of_its_log_slopes():
    encoder = _Stretch()
    x = INPUTS - 5
    w = encoder(x) @ MATRIX.T - 1
    slopes = (1 + encoder.a / x.cosh().square()).log().sum(1).mean()
    found = ChangeOfVariables(x, encoder).entropy(w, given=w)
    torch.testing.assert_close(found, slopes + torch.linalg.slogdet(MATRIX).logabsdet)


def test_a_nonlinear_encoder_feels_its_own_volume_once():
    # It is asked of the batch and of the encoder: moving together they must not count twice.
    encoder = _Stretch()
    x = INPUTS - 5
    slopes = (1 + encoder.a / x.cosh().square()).log().sum(1).mean()
    (expected,) = torch.autograd.grad(slopes, encoder.a)
    w = encoder(x)
    (found,) = torch.autograd.grad(ChangeOfVariables(x, encoder).entropy(w, given=w), encoder.a)
    torch.testing.assert_close(found, expected)


def test_a_coupling_changes_volumes_by_its_scales_alone():
    encoder = AdditiveCoupling(3, seed=1)
    w = encoder(INPUTS)
    found = ChangeOfVariables(INPUTS, encoder).entropy(w, given=w)
    torch.testing.assert_close(found, encoder.log_scale.sum())
