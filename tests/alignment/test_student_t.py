"""The Student-t model is a density as long as its tail falls faster than volume grows."""

import math

import numpy as np
import pytest
import torch
from scipy import integrate, stats

from ssl_theory.alignment import Gaussian, StudentT


@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_density_has_mass_one(d):
    model = StudentT(exponent=d / 2 + 1, scale=0.7)
    axis = torch.nn.functional.normalize(torch.arange(1.0, d + 1, dtype=torch.float64), dim=0)
    area = 2 * math.pi ** (d / 2) / math.gamma(d / 2)

    def shell(radius: float) -> float:
        point = (axis + radius * axis)[None]
        return area * radius ** (d - 1) * model.log_density(point, given=axis[None]).exp().item()

    assert integrate.quad(shell, 0, np.inf)[0] == pytest.approx(1, abs=1e-8)


@pytest.mark.parametrize("degrees", [0.5, 1.0, 7.0])
@pytest.mark.parametrize("d", [1, 2, 3])
def test_it_is_the_multivariate_t_of_scipy(d, degrees):
    w = torch.randn(6, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    centre = torch.arange(1.0, d + 1, dtype=torch.float64)
    expected = stats.multivariate_t(centre.numpy(), 0.49 * np.eye(d), degrees).logpdf(w.numpy())
    ours = StudentT((degrees + d) / 2, 0.7 * degrees**0.5).log_density(w, given=centre)
    np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_many_degrees_of_freedom_make_a_gaussian():
    z, w = torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    degrees = 1e7
    ours = StudentT((degrees + 3) / 2, 0.7 * degrees**0.5).log_density(w, given=z)
    # The first correction is of order |e|^4 / degrees.
    torch.testing.assert_close(ours, Gaussian(0.49).log_density(w, given=z), rtol=0, atol=1e-4)


def test_views_that_agree_feel_no_force():
    w = torch.ones(2, 3, dtype=torch.float64, requires_grad=True)
    StudentT().log_density(w, given=w.detach().clone()).sum().backward()
    assert torch.equal(w.grad, torch.zeros_like(w))


def test_the_pull_of_a_distant_view_fades():
    # The force is 2 exponent r / (scale^2 + r^2): greatest at r = scale, then falling.
    def force(distance: float) -> float:
        w = torch.tensor([[distance]], dtype=torch.float64, requires_grad=True)
        StudentT(1.0, 2.0).log_density(w, given=torch.zeros(1, 1, dtype=torch.float64)).backward()
        return -w.grad.item()

    assert force(2.0) == pytest.approx(2 * 2 / 8)
    assert force(1.0) < force(2.0) > force(3.0)


def test_the_kernel_of_t_sne_is_a_density_on_a_line_only():
    cauchy = StudentT(exponent=1.0, scale=1.0)
    assert cauchy.dimensions == (1,)
    assert StudentT(exponent=2.5).dimensions == (1, 2, 3, 4)
    assert StudentT(exponent=1e9).dimensions is None
    w = torch.tensor([[0.3], [2.0]], dtype=torch.float64)
    expected = stats.cauchy.logpdf(w.numpy()[:, 0])
    np.testing.assert_allclose(cauchy.log_density(w, given=torch.zeros_like(w)), expected)
    plane = torch.zeros(2, 2, dtype=torch.float64)
    said = r"`exponent` must exceed half the dimensions, got 1\.0 of 2.*Use 1\.5 or more"
    with pytest.raises(ValueError, match=said):
        cauchy.log_density(plane, given=plane)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ((0.5, 1.0), r"`exponent` must be above 1/2, got 0\.5.*Use more than half the dimensions"),
        ((3.0, 0.0), r"`scale` must be positive, got 0\.0.*Use a small scale"),
    ],
)
def test_it_says_which_fields_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        StudentT(*fields)
