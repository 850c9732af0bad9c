"""Closed-form learning curves are what integrating the gradient of the whole loss gives."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from scipy.integrate import solve_ivp

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior
from ssl_theory.linear_theory import filters, spectral_filter
from ssl_theory.linear_theory.learning_curve import critical_times, growth_rates, learning_curves
from ssl_theory.linear_theory.population import population_value
from ssl_theory.objectives import gaussian_infomax, ldm_vicreg, spectral_contrastive
from ssl_theory.uniformity import KernelDensity

RHO = np.array([0.9, 0.5, 0.5, 0.1, -0.3])


def flow(loss, encoder, times):
    """``W`` at each time of ``dW/dt = -d loss / dW``, all entries of the matrix free."""

    def slope(_, flat):
        w = torch.from_numpy(flat.copy()).reshape(encoder.shape).requires_grad_()
        (gradient,) = torch.autograd.grad(loss(w), w)
        return -gradient.numpy().ravel()

    how = {"t_eval": times, "rtol": 1e-9, "atol": 1e-12}
    solved = solve_ivp(slope, (0, times[-1]), encoder.ravel(), **how)
    return solved.y.T.reshape(len(times), *encoder.shape)


@pytest.mark.parametrize(
    "objective",
    [
        gaussian_infomax(0.5),
        ldm_vicreg(0.5),
        spectral_contrastive(),
        Objective("kde", Gaussian(0.5), KernelDensity(Gaussian(0.5)), "oord2018cpc"),
        Objective("kde", Gaussian(0.5), KernelDensity(Gaussian(0.5)), "oord2018cpc", Prior.FLAT),
    ],
    ids=lambda o: f"{o.name}, {o.prior.value}",
)
def test_the_curves_are_the_gradient_flow_of_the_population_loss(objective):
    value, rho = population_value(objective), torch.from_numpy(RHO)
    times, start = np.array([0.0, 0.1, 0.4, 1.0, 3.0]), 0.02
    encoders = flow(
        lambda w: value(w @ w.T, (w * rho) @ w.T).total, np.sqrt(start) * np.eye(5), times
    )
    measured = np.square(encoders).sum(1)
    curves = learning_curves(spectral_filter(objective), RHO, times, start=start)
    assert_allclose(curves, measured, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize(
    "known",
    [filters.log_determinant(0.5), filters.spectral_contrastive(), filters.coding_rate(0.5, 0.3)],
    ids=lambda k: k.name,
)
def test_every_curve_ends_at_the_filter(known):
    late = learning_curves(known, RHO, [0.0, 400.0], start=0.01)[-1]
    assert_allclose(late, known(RHO), atol=1e-6)


def test_a_random_small_start_learns_one_direction_after_another():
    gamma = np.array([1.0, 0.5, 0.2])
    start = np.random.default_rng(0).standard_normal((3, 3)) * 1e-4
    cross, eye = torch.from_numpy(np.diag(gamma)), torch.eye(3, dtype=torch.float64)
    times = np.linspace(0, 18, 2000)
    encoders = flow(lambda w: (w @ cross @ w.T - eye).square().sum(), start, times)
    strengths = np.square(encoders).sum(1)
    halfway = [times[np.argmax(strengths[:, j] * gamma[j] > 0.5)] for j in range(3)]
    # A direction starts from what of it is orthogonal to the faster ones: Gram and Schmidt.
    effective = np.diag(np.linalg.qr(start)[1]) ** 2
    known = filters.cross_covariance_whitening()
    predicted = np.array([
        critical_times(known, [g], start=s0).item() for g, s0 in zip(gamma, effective, strict=True)
    ])  # fmt: skip
    assert_allclose(halfway, predicted, rtol=0.01)
    assert (np.diff(predicted) > 1).all()
    assert_allclose(predicted, -np.log(gamma * effective) / (8 * gamma), rtol=1e-6)


def test_contrast_grows_what_is_correlated_and_shrinks_what_is_not():
    one, two = (filters.kernel_density(0.5, entropies=m) for m in (1, 2))
    assert_allclose(growth_rates(one, RHO), 2 * RHO / 0.5)
    assert_allclose(growth_rates(two, RHO), 2 * (1 + RHO) / 0.5)
    assert (growth_rates(filters.log_determinant(0.5), RHO) == np.inf).all()
    early = learning_curves(one, RHO, [0.0, 0.5], start=1e-9)
    assert_allclose(np.log(early[1] / early[0]) / (2 * 0.5), growth_rates(one, RHO), rtol=1e-5)


def test_a_lost_direction_is_never_halfway():
    times = critical_times(filters.spectral_contrastive(), RHO, start=1e-3)
    assert np.isfinite(times).tolist() == [True, True, True, True, False]
    known = filters.spectral_contrastive()
    curves = learning_curves(known, RHO[:1], [times[0]], start=1e-3)
    assert curves.item() == pytest.approx(RHO[0] / 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: learning_curves(filters.whitening(), RHO, [1.0], start=0.1), "which is imposed"),
        (
            lambda: learning_curves(filters.spectral_contrastive(), RHO, [1.0], start=0.0),
            "`start` must be positive, got 0",
        ),
        (
            lambda: critical_times(filters.log_determinant(0.5), RHO, start=0.1),
            "`known` must have a logistic curve, got `log_determinant`",
        ),
    ],
)
def test_says_what_it_wanted(call, message):
    with pytest.raises(ValueError, match=message):
        call()
