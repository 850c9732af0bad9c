"""The second variation against second differences of the loss, by quadrature."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.laboratory.second_variation import bending, least_curvature
from ssl_theory.linear_theory.hermite import Mode, hermite_values

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(24)
LATENTS = np.stack(np.meshgrid(NODES, NODES, indexing="ij"), -1).reshape(-1, 2)
CHANCES = np.outer(WEIGHTS, WEIGHTS).ravel() / WEIGHTS.sum() ** 2


def normalised(k, z):
    return hermite_values(Mode(0.0, (k,)), z[:, None])


def slope(k, z):
    """The derivative of the normalised polynomial."""
    return np.sqrt(k) * normalised(k - 1, z) if k else np.zeros(len(z))


def loss(rho, a, b, f, g):
    """Alignment from the functions' expansions; entropy from the determinant itself."""
    (z, w), kinds = LATENTS.T, ((a, b, f), (a + 1, b - 1, g))
    jacobian = np.tile(np.eye(2), (len(z), 1, 1))
    alignment = 0.0
    for i, (p, q, size) in enumerate(kinds):
        jacobian[:, i, 0] += size * slope(p, z) * normalised(q, w)
        jacobian[:, i, 1] += size * normalised(p, z) * slope(q, w)
        alignment += 1 + size**2 * (1 - rho[0] ** p * rho[1] ** q) / (1 - rho[i])
    return alignment - 2 * CHANCES @ np.log(np.abs(np.linalg.det(jacobian)))


@pytest.mark.parametrize("degrees", [(0, 1), (0, 2), (1, 1), (2, 1), (0, 3), (1, 2)])
@pytest.mark.parametrize("rho", [(0.95, 0.6), (0.3, 0.8)])
def test_the_form_is_the_second_difference_of_the_loss(rho, degrees):
    size = 1e-4
    for f, g in ((1.0, 0.0), (0.0, 1.0), (0.6, 0.8), (0.6, -0.8)):
        still = loss(rho, *degrees, 0.0, 0.0)
        bent = [loss(rho, *degrees, sign * size * f, sign * size * g) for sign in (1, -1)]
        rise = (sum(bent) / 2 - still) / size**2
        direction = np.array([f, g])
        expected = direction @ bending(*rho, *degrees) @ direction
        assert rise == pytest.approx(expected, rel=1e-4, abs=1e-5)


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_latents_that_agree_are_a_strict_local_minimum_up_to_a_rotation(first, second):
    assert least_curvature(first, second, degree=12) > 0
    flat, steep = np.linalg.eigvalsh(bending(first, second, 0, 1))
    assert flat == pytest.approx(0, abs=1e-9)
    assert steep > 0
