"""A space's projection is idempotent and scale-free, and its densities integrate to one."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.checks.strategies import embeddings
from ssl_theory.spaces import Euclidean, Simplex, Sphere

SPACES = [Euclidean(), Simplex(), Sphere()]


@given(embeddings(min_dimension=2), st.sampled_from(SPACES))
def test_projecting_twice_is_projecting_once(z, space):
    torch.testing.assert_close(space.project(space.project(z)), space.project(z))


@given(embeddings(min_dimension=2), st.integers(-290, 290))
def test_a_direction_does_not_depend_on_the_unit_of_length(z, exponent):
    scaled = Sphere().project(z * 10.0**exponent)
    torch.testing.assert_close(scaled, Sphere().project(z), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("dtype", "scale"), [(torch.float32, 1e30), (torch.float16, 1e4)])
def test_norms_beyond_the_dtype_still_have_a_direction(dtype, scale):
    z = torch.full((1, 64), scale, dtype=dtype)
    assert Sphere().project(z).norm().item() == pytest.approx(1, rel=1e-2)


def test_a_zero_row_has_no_direction():
    assert Sphere().project(torch.zeros(1, 3)).isnan().all()


def test_gradients_of_a_direction_are_tangent():
    z = torch.tensor([[3.0, 4.0, 12.0]], dtype=torch.float64, requires_grad=True)
    torch.autograd.gradcheck(Sphere().project, z)
    (gradient,) = torch.autograd.grad(Sphere().project(z)[0, 0], z)
    assert (gradient * z).sum().item() == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("d", [2, 3, 8])
def test_the_log_area_is_the_constant_of_the_uniform_law(d):
    # As the concentration vanishes a von Mises-Fisher density becomes one over the area.
    at_pole = torch.eye(d, dtype=torch.float64)[:1]
    density = VonMisesFisher(1e-9).log_density(at_pole, given=at_pole)
    assert density.item() == pytest.approx(-Sphere.log_area(d), abs=1e-8)


@pytest.mark.parametrize(("d", "area"), [(1, 2), (2, 2 * math.pi), (3, 4 * math.pi)])
def test_areas_of_the_small_spheres(d, area):
    assert Sphere.log_area(d) == pytest.approx(math.log(area))


@pytest.mark.parametrize("space", SPACES)
def test_degrees_of_freedom(space):
    # The rank of the projection's differential at a generic point.
    z = torch.tensor([0.3, -1.0, 2.0, 0.7], dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(space.project, z)
    assert torch.linalg.matrix_rank(jacobian).item() == space.intrinsic_dimension(4)


@given(embeddings(min_dimension=2))
def test_a_point_on_the_simplex_is_a_softmax_of_logits_that_may_share_any_shift(z):
    there = Simplex().project(z)
    torch.testing.assert_close(there.exp(), z.softmax(-1))
    torch.testing.assert_close(Simplex().project(z + 1e3), there)
