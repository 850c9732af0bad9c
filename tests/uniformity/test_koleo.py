"""KoLeo is the one-neighbour entropy without its constants."""

import math

import pytest
import torch
from hypothesis import given
from scipy.special import digamma, gammaln

from ssl_theory.checks.strategies import embeddings
from ssl_theory.spaces import Sphere
from ssl_theory.uniformity import KoLeo, KozachenkoLeonenko


@given(embeddings())
def test_it_is_the_kernel_of_kozachenko_and_leonenko_with_one_neighbour(w):
    n, d = w.shape
    bare = KoLeo(floor=0.0).entropy(w, given=w).item()
    constants = digamma(n) - digamma(1) + d / 2 * math.log(math.pi) - gammaln(d / 2 + 1)
    whole = KozachenkoLeonenko(1).entropy(w, given=w).item()
    assert d * bare + constants == pytest.approx(whole, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("n", [3, 4, 12])
def test_a_regular_polygon_has_its_side(n):
    angle = 2 * math.pi * torch.arange(n, dtype=torch.float64) / n
    w = torch.stack([angle.cos(), angle.sin()], dim=1)
    side = 2 * math.sin(math.pi / n)
    assert KoLeo().entropy(w, given=w).item() == pytest.approx(math.log(side + 1e-8), abs=1e-12)


def test_items_that_coincide_are_as_low_as_the_floor_and_do_not_push():
    w = torch.ones(4, 2, dtype=torch.float64, requires_grad=True)
    found = KoLeo(floor=1e-3).entropy(w, given=w)
    assert found.item() == pytest.approx(math.log(1e-3), abs=1e-12)
    (gradient,) = torch.autograd.grad(found, w)
    assert not gradient.any()


def test_on_a_sphere_it_rises_with_the_spread():
    noise = torch.randn(40, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    spread = Sphere().project(noise)
    huddled = Sphere().project(noise + 5)
    part = KoLeo()
    assert part.entropy(spread, given=spread) > part.entropy(huddled, given=huddled)
