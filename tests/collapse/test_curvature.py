"""Curvature at collapse, against expansions by hand, the linear theory, and a step downhill."""

import numpy as np
import pytest
import sympy as sp
import torch
from torch import nn

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian
from ssl_theory.checks.gradients import field
from ssl_theory.collapse import Kind, collapse_curvature
from ssl_theory.collapse.paths import healthy, path
from ssl_theory.latent_distribution_matching import Objective, Prior
from ssl_theory.linear_theory import spectral_filter
from ssl_theory.linear_theory.spectral_filter import rho, s
from ssl_theory.objectives import (
    align_uniform,
    barlow_twins,
    byol,
    cor_info_max,
    deep_cluster,
    gaussian_infomax,
    info_nce,
    koleo,
    lp_info_nce,
    mae,
    simsiam,
    spectral_contrastive,
    supcon,
    vicreg,
    w_mse,
)
from ssl_theory.uniformity import JointKernelDensity, KernelDensity, QuadraticRenyi

N, D = 24, 4
ORIGIN = torch.zeros(D)


@pytest.mark.parametrize("temperature", [0.1, 0.5, 2.0])
@pytest.mark.parametrize("autocorrelation", [-0.5, 0.0, 1.0])
def test_info_nce_leaves_along_modes_that_views_share(temperature, autocorrelation):
    # On the sphere z_i.w_j = 1 - |u_i - v_j|^2 / 2. Alignment: (1/T) (1 - rho) E|u|^2. The log of
    # the mean over all pairs, i = j too: -(1/T) E|u|^2. Together -(rho/T) E|u|^2, so -2 rho / T.
    bent = collapse_curvature(info_nce(temperature))
    assert bent.own.abs().max() < 1e-9
    expected = -2 * autocorrelation / temperature
    shared = bent.shared * autocorrelation
    np.testing.assert_allclose(shared, expected * np.eye(D - 1), atol=1e-9 / temperature)
    assert bent.threshold == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("t", [1.0, 2.0, 5.0])
def test_align_uniform_spreads_pairs_without_the_item_itself(t):
    # Alignment E|u - v|^2 = 2 (1 - rho) E|u|^2; log E exp(-t |u_i - u_j|^2) over i != j is
    # -t times the mean of |u_i - u_j|^2, which is 2 n / (n - 1).
    bent = collapse_curvature(align_uniform(t))
    spread = -4 * t * N / (N - 1)
    assert bent.common == pytest.approx(spread, abs=1e-9)
    assert bent.along(0.25) == pytest.approx(4 * 0.75 + spread, abs=1e-9)
    assert bent.opposite == pytest.approx(8 + spread, abs=1e-9)
    if t == 1.0:
        assert bent.threshold == pytest.approx(1 - N / (N - 1), abs=1e-8)


def test_vicreg_throws_even_noise_off_the_point():
    # Each view's hinge falls as sqrt(floor + epsilon^2 n/(n-1)) / d along one axis; the views part
    # at 25 E|u - v|^2 = 50 (1 - rho) epsilon^2. Covariances are of fourth order.
    bent = collapse_curvature(vicreg())
    spread = -2 * 25 / D * N / (N - 1) / np.sqrt(1e-4)
    assert bent.common == pytest.approx(spread, rel=1e-9)
    assert bent.opposite == pytest.approx(spread + 200, rel=1e-9)
    assert bent.threshold == -1
    assert str(bent) == "a saddle, left at rate 1.3e+03"


def test_vicreg_wakes_a_dead_axis_as_fast_as_all_of_them():
    # A pattern that no living axis has is uncorrelated with them.
    complete = collapse_curvature(vicreg())
    for kind in (Kind.DIMENSIONAL, Kind.TAIL):
        assert collapse_curvature(vicreg(), kind=kind).common == pytest.approx(complete.common)


def test_the_quartic_at_the_origin_and_on_a_living_axis():
    # Half of it is of second order in u, v: -(2/n) u.v + 2/(n(n-1)) sum_{i != j} l_ij u_i v_j,
    # with l_ij = z_i.w_j on the axes that live.
    bent = collapse_curvature(spectral_contrastive(), at=ORIGIN)
    np.testing.assert_allclose(bent.own, 0, atol=1e-12)
    np.testing.assert_allclose(bent.shared, -4 * np.eye(D), atol=1e-12)
    z, w = (x.numpy() for x in path(Kind.TAIL, *healthy(N, D, 0.1, 0), D - 1)(0.0))
    overlap = z @ w.T
    np.fill_diagonal(overlap, 0)
    alive = np.column_stack([np.ones(N), z[:, : D - 1], w[:, : D - 1]])
    new = np.linalg.svd(alive, full_matrices=True)[0][:, alive.shape[1] :]
    quadratic = -4 * np.eye(new.shape[1]) + 4 / (N - 1) * new.T @ (overlap + overlap.T) / 2 @ new
    bent = collapse_curvature(spectral_contrastive(), kind=Kind.TAIL)
    for autocorrelation in (1.0, 0.3, -1.0):
        expected = np.linalg.eigvalsh(autocorrelation * quadratic).min()
        assert bent.along(autocorrelation) == pytest.approx(expected, rel=1e-9)


def on_the_plane(uniformity, prior):
    return Objective("plane", Gaussian(0.5), uniformity, "oord2018cpc", prior)


@pytest.mark.parametrize(
    "objective",
    [
        spectral_contrastive(),
        cor_info_max(),
        on_the_plane(KernelDensity(Gaussian(0.5)), Prior.EMPIRICAL),
        on_the_plane(KernelDensity(Gaussian(0.8)), Prior.FLAT),
        on_the_plane(QuadraticRenyi(Gaussian(1.5)), Prior.EMPIRICAL),
        on_the_plane(JointKernelDensity(Gaussian(0.5)), Prior.FLAT),
    ],
    ids=lambda objective: f"{objective.name} {type(objective.uniformity).__name__}",
)
def test_at_the_origin_it_is_the_slope_of_the_linear_gain(objective):
    items = 120
    bent = collapse_curvature(objective, at=torch.zeros(2), dimension=2, items=items)
    linear = spectral_filter(objective)
    slope = sp.limit(sp.diff(linear.gain, s), s, 0)
    for autocorrelation in (-0.9, 0.0, 0.4, 1.0):
        expected = -2 * nt.number(slope.subs(rho, sp.Rational(str(autocorrelation))), 1, 1)
        # What spreads may be a mean over pairs i != j: n / (n - 1) times that over all.
        spread = expected - 2 * (1 - autocorrelation) / objective.model.variance
        gap = abs(bent.along(autocorrelation) - expected)
        assert gap <= abs(spread) / (items - 1) * (1 + 1e-9) + 1e-9
    assert bent.threshold == pytest.approx(max(linear.least, -1.0), abs=2 / (items - 1))


@pytest.mark.parametrize(("make", "concentration"), [(simsiam, 1.0), (byol, 2.0)])
@pytest.mark.parametrize("strength", [0.25, 0.5, 1.0, 1.5])
def test_a_linear_predictor_decides_what_a_stop_gradient_does(make, concentration, strength):
    # At e_1 on the sphere the loss is K |p u - v|^2 / 2 with v held fixed: moved against
    # K p (p u - v). The radial direction is flat. [tian2021directpred] without noise.
    predictor = nn.Linear(3, 3, bias=False, dtype=torch.float64)
    with torch.no_grad():
        predictor.weight.copy_(torch.diag(torch.tensor([1.0, strength, strength])))
    at = torch.tensor([1.0, 0.0, 0.0])
    bent = collapse_curvature(make(predictor), at=at)
    for autocorrelation in (1.0, 0.4, -1.0):
        pull = concentration * strength * (strength - autocorrelation)
        assert bent.along(autocorrelation) == pytest.approx(min(pull, 0.0), abs=1e-9)
        matrix = bent.own + autocorrelation * bent.shared
        assert torch.linalg.eigvals(matrix).real.max().item() == pytest.approx(max(pull, 0.0))
    assert (bent.threshold is None) == (strength >= 1)


@pytest.mark.parametrize("make", [info_nce, spectral_contrastive, simsiam, byol, align_uniform])
def test_a_step_downhill_grows_a_mode_at_the_rate(make):
    # The gradient itself, of embeddings that are free to move, instead of its derivative.
    objective = make()
    bent = collapse_curvature(objective)
    d = objective.nearest_size(N, D)[1]
    centre = objective.model.space.project(torch.ones(N, d, dtype=torch.float64))
    pattern = torch.cat([torch.ones(N // 2), -torch.ones(N // 2)]).double()[:, None]
    size = 1e-6
    found = []
    for axis in torch.eye(d, dtype=torch.float64):
        step = size * pattern * axis
        pulls = field(objective, centre + step, centre + step)
        still = field(objective, centre - step, centre - step)
        # A mean over items gives each 1/n: in the metric of mean squares the flow is n times that.
        together = N * sum(a - b for a, b in zip(pulls, still, strict=True)) / (2 * size)
        found.append((pattern * together).mean(0))
    eigenvalues = np.linalg.eigvals(torch.stack(found).numpy()).real
    assert bent.common == pytest.approx(eigenvalues.min(), rel=1e-6)


@pytest.mark.parametrize(
    ("objective", "kind", "reason"),
    [
        (gaussian_infomax(), Kind.COMPLETE, "the total diverges"),
        (gaussian_infomax(), Kind.TAIL, "the total diverges"),
        (koleo(), Kind.CLUSTER, "the total diverges"),
        (barlow_twins(), Kind.COMPLETE, "what coincides cannot be standardised"),
        (w_mse(), Kind.DIMENSIONAL, "what coincides cannot be whitened"),
        (lp_info_nce(), Kind.COMPLETE, "a kink: it falls at once, with slope"),
        (info_nce(), Kind.LOCAL, "no symmetry makes the gradient vanish there"),
        (info_nce(), Kind.MEAN_DRIFT, "the mean is at no finite distance"),
        (deep_cluster(), Kind.TAIL, "the gradient does not vanish there"),
    ],
)
def test_where_there_is_none_it_says_why(objective, kind, reason):
    bent = collapse_curvature(objective, kind=kind)
    assert bent.common is bent.opposite is bent.threshold is None
    assert reason in str(bent)


def test_alignment_alone_is_indifferent_to_what_views_share_and_pulls_them_together():
    bent = collapse_curvature(mae())
    assert bent.common == 0 and bent.threshold is None
    assert bent.opposite == pytest.approx(8)
    assert str(bent).startswith("marginal")


def test_too_few_items_leave_no_direction():
    bent = collapse_curvature(info_nce(), kind=Kind.TAIL, items=7)
    assert str(bent) == "there are too few items for one to leave"


def test_of_items_that_an_objective_tells_apart_none_stands_for_another():
    # Six with labels, on a sphere of three dimensions: five ways to part along each tangent.
    assert collapse_curvature(supcon()).own.shape == (15, 15)
    assert collapse_curvature(info_nce()).own.shape == (3, 3)
