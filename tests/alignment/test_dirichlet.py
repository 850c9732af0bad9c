"""The Dirichlet model is a density on the simplex with its mode where it is told."""

import numpy as np
import pytest
import torch
from hypothesis import given
from scipy import stats

from ssl_theory.alignment import Dirichlet
from ssl_theory.checks.strategies import pairs


@given(pairs())
def test_it_is_the_dirichlet_density_of_scipy(pair):
    z, w = (x.softmax(1) for x in pair)
    expected = [
        stats.dirichlet.logpdf(target, 5.0 * context + 1)
        for context, target in zip(z.numpy(), w.numpy(), strict=True)
    ]
    ours = Dirichlet(5.0).log_density(w.log(), given=z.log())
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("centre", [(0.4, 0.6), (0.2, 0.5, 0.3)])
def test_the_density_has_mass_one(centre):
    # Its powers are whole numbers here, so Gauss's rule in each free direction is exact.
    nodes, weights = (torch.from_numpy(x) / 2 for x in np.polynomial.legendre.leggauss(20))
    free = len(centre) - 1
    left = torch.ones([20] * free, dtype=torch.float64)
    mass, w = left, []
    for axis in range(free):
        shape = [20 if a == axis else 1 for a in range(free)]
        w.append(left * (nodes + 0.5).reshape(shape))
        mass = mass * left * weights.reshape(shape)
        left = left - w[-1]
    w = torch.stack([*w, left], -1)
    given = torch.tensor(centre, dtype=torch.float64).log()
    total = (mass * Dirichlet(10.0).log_density(w.log(), given=given).exp()).sum()
    assert total.item() == pytest.approx(1, abs=1e-12)


def test_its_mode_is_where_it_is_told():
    # On the simplex the gradient in log w, kappa z, is normal to it at w = z and nowhere else.
    z = torch.tensor([[0.2, 0.5, 0.3]], dtype=torch.float64)
    logits = z.log().requires_grad_()
    Dirichlet(7.0).log_density(logits.log_softmax(-1), given=z.log()).backward()
    torch.testing.assert_close(logits.grad, torch.zeros_like(z), rtol=0, atol=1e-12)


def test_it_says_which_concentration_it_wants():
    with pytest.raises(ValueError, match=r"`concentration` must be positive, got 0\.0.*Use 1 or"):
        Dirichlet(0.0)
