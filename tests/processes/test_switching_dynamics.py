"""Switching systems have the second moments of their fixed point from the first moment on."""

import numpy as np
import pytest

from ssl_theory.processes import LinearDynamics, SwitchingDynamics
from ssl_theory.processes.mixings import Orthogonal

TURNS = (((0.9, -0.3), (0.2, 0.7)), ((0.5, 0.4), (-0.7, 0.6)))
SYSTEM = SwitchingDynamics(TURNS, stay=0.7, process_noise=0.5, steps=30)


def test_second_moments_are_the_same_at_every_moment():
    z = SYSTEM.draw(10_000, seed=0).latents
    for t in (0, 1, 29):
        products = z[:, t, :, None] * z[:, t, None, :]
        errors = products.std(0) / np.sqrt(len(z))
        assert (np.abs(products.mean(0) - SYSTEM.latent_covariance) < 5 * errors).all()
    products = z[:, 3, :, None] * z[:, 4, None, :]
    errors = products.std(0) / np.sqrt(len(z))
    assert (errors < 0.05 * SYSTEM.latent_covariance.max()).all()
    assert (np.abs(products.mean(0) - SYSTEM.latent_cross_covariance) < 5 * errors).all()


def test_second_moments_are_those_of_iterating_one_step():
    a = np.array(SYSTEM.transitions)
    moments = np.zeros((2, 2, 2))
    for _ in range(2000):
        arriving = np.einsum("jk,jab->kab", SYSTEM.mode_chain, moments)
        moments = a @ arriving @ a.transpose(0, 2, 1) + 0.5 / 2 * np.eye(2)
    np.testing.assert_allclose(SYSTEM.mode_moments, moments, rtol=1e-9, atol=1e-12)


def test_equal_modes_are_one_linear_system():
    rows = TURNS[0]
    switching = SwitchingDynamics((rows, rows, rows), stay=0.5, process_noise=0.3)
    linear = LinearDynamics(rows, None, 0.3, 0.0)
    np.testing.assert_allclose(switching.latent_covariance, linear.covariance)
    np.testing.assert_allclose(switching.latent_cross_covariance, linear.cross_covariance)


def test_the_mode_stays_as_often_as_it_says_and_names_the_transition():
    drawn = SYSTEM.draw(3000, seed=1)
    mode = drawn.auxiliary["mode"]
    stayed = mode[:, 1:] == mode[:, :-1]
    assert abs(stayed.mean() - 0.7) < 5 * np.sqrt(0.7 * 0.3 / stayed.size)
    moved = np.einsum("ntab,ntb->nta", np.array(SYSTEM.transitions)[mode[:, 1:]],
                      drawn.latents[:, :-1])  # fmt: skip
    noise = drawn.latents[:, 1:] - moved
    spread = np.cov(noise.reshape(-1, 2), rowvar=False)
    np.testing.assert_allclose(spread, 0.5 * np.eye(2), atol=5 * 0.5 * np.sqrt(2 / 87_000))


def test_a_mixing_is_undone_by_its_inverse():
    mixing = Orthogonal(3)
    drawn = SwitchingDynamics(mixing=mixing).draw(20, seed=2)
    np.testing.assert_allclose(mixing.inverse(drawn.x), drawn.latents, atol=1e-12)


def test_each_mode_keeps_its_eigenvalues():
    values = SwitchingDynamics().eigenvalues
    radius, angle = np.abs(values), np.abs(np.angle(values))
    np.testing.assert_allclose(radius, np.sqrt([[0.9] * 2, [0.8] * 2]))
    np.testing.assert_allclose(np.tan(angle), [[1 / 3] * 2, [1 / 2] * 2])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"transitions": (((0.5,),),)}, "two or more square matrices of one size"),
        ({"transitions": (((0.5,),), ((1.2,),))}, r"finite, got growth by 1\.\d+ a step"),
        ({"stay": 1.0}, "`stay` must be a probability below 1, got 1.0"),
        ({"process_noise": 0.0}, "`process_noise` must be a positive variance, got 0.0"),
        ({"steps": 1}, "`steps` must be at least 2, got 1"),
    ],
)
def test_says_which_system_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        SwitchingDynamics(**fields)
