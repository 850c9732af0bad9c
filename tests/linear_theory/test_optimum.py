"""Optima predict the spectra, ranks and encoders that training finds."""

import math

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior
from ssl_theory.linear_theory import (
    Route,
    filters,
    implied_metric,
    optimum,
    optimum_on_pairs,
    pencil,
    prediction,
    spectral_filter,
)
from ssl_theory.linear_theory.population import population_value
from ssl_theory.metric_aware_pca import metric_aware_pca
from ssl_theory.metrics import Custom, Within
from ssl_theory.objectives import (
    barlow_twins,
    byol,
    cca,
    cor_info_max,
    gaussian_infomax,
    info_nce,
    ldm_vicreg,
    le_jepa,
    linear_ica,
    slow_feature_analysis,
    spectral_contrastive,
    vicreg,
    vicreg_code,
    w_mse,
)
from ssl_theory.processes.gaussian_pairs import GaussianPairs
from ssl_theory.uniformity import (
    CodingRate,
    ConditionalLogDeterminant,
    JointKernelDensity,
    KernelDensity,
    ModelMarginal,
    MovingLogDeterminant,
    QuadraticRenyi,
)

RHO = (0.95, 0.7, 0.4, 0.05, -0.3)


def plane_info_nce(variance, prior):
    model = Gaussian(variance)
    return Objective("plane", model, ModelMarginal(model), "oord2018cpc", prior)


def on_the_plane(uniformity):
    return Objective("plane", Gaussian(0.3), uniformity, "oord2018cpc", Prior.FLAT)


def plane_align_uniform(variance, kernel):
    parts = Gaussian(variance), QuadraticRenyi(Gaussian(kernel))
    return Objective("plane", *parts, "wang2020alignuniform")


@pytest.mark.parametrize(
    ("objective", "known"),
    [
        (gaussian_infomax(0.2), filters.log_determinant(0.2)),
        (plane_info_nce(0.3, Prior.EMPIRICAL), filters.kernel_density(0.3, entropies=1)),
        (plane_info_nce(0.3, Prior.FLAT), filters.kernel_density(0.3, entropies=2)),
        (plane_align_uniform(0.3, 0.5), filters.quadratic_renyi(0.3, 0.5)),
        (on_the_plane(KernelDensity(Gaussian(0.3))), filters.kernel_density(0.3, entropies=2)),
        (on_the_plane(JointKernelDensity(Gaussian(0.3))), filters.joint_kernel_density(0.3)),
        (
            on_the_plane(ConditionalLogDeterminant()),
            filters.conditional_log_determinant(0.3),
        ),
        (
            cor_info_max(4.0, MovingLogDeterminant(memory=0.2, floor=0.1)),
            filters.coding_rate(0.25, (0.2 + 0.1) / (1 - 0.2)),
        ),
        (ldm_vicreg(0.2), filters.joint_log_determinant(0.2)),
        (spectral_contrastive(), filters.spectral_contrastive()),
        (le_jepa(), filters.whitening()),
        (w_mse(), filters.whitening()),
        (slow_feature_analysis(), filters.whitening()),
        (cca(), filters.whitening(signed=False)),
    ],
)
def test_an_objective_has_the_filter_of_its_parts(objective, known):
    assert spectral_filter(objective) == known


@pytest.mark.parametrize(
    "objective",
    [
        gaussian_infomax(0.2),
        plane_info_nce(0.3, Prior.FLAT),
        plane_info_nce(0.3, Prior.EMPIRICAL),
        plane_align_uniform(0.3, 0.5),
        vicreg(0.5, 2.0, 1.0),
        vicreg_code(1.0, 2.0, 1.0),
        ldm_vicreg(0.2),
        spectral_contrastive(),
        barlow_twins(0.5),
        slow_feature_analysis(),
        on_the_plane(KernelDensity(Gaussian(0.3))),
        on_the_plane(JointKernelDensity(Gaussian(0.3))),
        on_the_plane(CodingRate(0.3)),
        on_the_plane(ConditionalLogDeterminant()),
        cor_info_max(4.0, MovingLogDeterminant(memory=0.2, floor=0.1)),
        cor_info_max(
            4.0,
            MovingLogDeterminant(0.2, 0.1, torch.zeros(2), torch.ones(2).diag()),
        ),
    ],
    ids=lambda o: f"{o.name}, {type(o.uniformity).__name__}",
)
def test_each_half_of_the_population_loss_is_the_limit_of_that_half(objective):
    process = GaussianPairs((1.3, 0.4), (0.8, -0.2), mixing_seed=1)
    batches = [map(torch.from_numpy, process.draw(800, seed)) for seed in range(8)]
    drawn = np.array([[half.item() for half in objective(*views)] for views in batches])
    moments = [torch.from_numpy(m) for m in (process.covariance, process.cross_covariance)]
    exact = [half.item() for half in population_value(objective)(*moments)]
    error = drawn.std(0, ddof=1) / math.sqrt(len(drawn))
    # Averages of squares are off by about 1 / n, below the error unless a half is held constant.
    assert (np.abs(drawn.mean(0) - exact) < 5 * error + 1e-9).all()
    assert (error < 0.03 * np.maximum(np.abs(exact), 1)).all()  # 3 %, or hundredths of a nat


def test_marginal_less_joint_matching_is_the_mutual_information_of_the_embedding():
    noise, keep = 0.5, 3
    best = optimum(filters.log_determinant(noise), RHO, keep=keep)
    s, g = (best.encoder @ m @ best.encoder.T for m in (np.eye(5), np.diag(RHO)))
    joint = np.block([[s, g], [g, s]])
    half = lambda m: np.linalg.slogdet(2 * np.pi * np.e * m)[1] / 2  # noqa: E731
    align = -np.trace(s - g) / noise
    marginal, together = align + 2 * half(s), align + half(joint)
    information = -sum(math.log(1 - r * r) for r in RHO[:keep]) / 2
    assert marginal - together == pytest.approx(information, abs=1e-10)
    assert best.kept.mutual_information == pytest.approx(information, abs=1e-10)


def test_the_two_log_determinants_have_one_optimum():
    sigma, gamma = GaussianPairs((3.0, 1.0, 0.2), (0.9, 0.3, -0.5), mixing_seed=2), None
    sigma, gamma = sigma.covariance, sigma.cross_covariance
    for keep in (1, 2, 3):
        one, other = (
            optimum(make(0.7), sigma, gamma, keep=keep)
            for make in (filters.log_determinant, filters.joint_log_determinant)
        )
        assert_allclose(one.gram, other.gram, atol=1e-12)


@pytest.mark.parametrize(
    "known",
    [
        filters.log_determinant(0.5),
        filters.coding_rate(0.5, 0.1),
        filters.kernel_density(0.5, entropies=2),
        filters.joint_kernel_density(0.5),
        filters.whitening(),
    ],
    ids=lambda k: k.name,
)
def test_an_optimum_is_metric_aware_pca_in_its_implied_metric(known):
    process = GaussianPairs((3.0, 1.0, 0.4, 0.2), (0.9, 0.3, -0.5, 0.6), mixing_seed=2)
    pair = pencil(process.covariance, process.cross_covariance)
    metric = implied_metric(known)(pair)
    best = optimum(known, process.covariance, process.cross_covariance, keep=2)
    assert_allclose(best.encoder @ metric @ best.encoder.T, np.eye(2), atol=1e-12)
    solved = metric_aware_pca(process.covariance, Custom((metric + metric.T) / 2), keep=2)
    assert_allclose(solved.eigenvalues, known([0.9, 0.6]), rtol=1e-9)
    if known.name != "whitening":  # whose mu are all one, so that no subspace is preferred
        assert_allclose(solved.directions @ solved.directions.T, best.gram, atol=1e-9)
    assert_allclose(implied_metric(known).inverse(pair) @ metric, np.eye(4), atol=1e-9)


def test_the_metric_of_infomax_is_the_covariance_of_the_difference():
    process = GaussianPairs((3.0, 1.0), (0.9, -0.5), mixing_seed=2)
    pair = pencil(process.covariance, process.cross_covariance)
    ours = implied_metric(gaussian_infomax(0.5))(pair)
    assert_allclose(ours, Within(process.cross_covariance)(process.covariance) / (2 * 0.5))


def test_hard_whitening_is_the_power_one_and_not_minus_one():
    process = GaussianPairs((4.0, 1.0), (0.3, 0.6), mixing_seed=2)
    pair = pencil(process.covariance, process.cross_covariance)
    assert_allclose(implied_metric(filters.whitening())(pair), process.covariance)


def test_an_implied_metric_has_no_matrix_where_a_direction_is_lost():
    lost = implied_metric(filters.spectral_contrastive())
    pair = pencil([0.5, -0.2])
    with pytest.raises(ValueError, match=r"every autocorrelation above 0, got -0\.2"):
        lost(pair)
    assert_allclose(lost.inverse(pair), np.diag([0.5, 0]))


def test_predictions_of_one_optimum():
    best = optimum(filters.spectral_contrastive(), RHO)
    assert_allclose(best.spectrum, [0.95, 0.7, 0.4, 0.05, 0])
    assert best.active == 4
    assert best.condition_number == np.inf
    shares = np.array([0.95, 0.7, 0.4, 0.05]) / 2.1
    assert best.effective_rank() == pytest.approx(np.exp(-np.sum(shares * np.log(shares))))
    roots = np.sqrt(shares) / np.sqrt(shares).sum()
    assert best.effective_rank(of_deviations=True) == pytest.approx(
        np.exp(-np.sum(roots * np.log(roots)))
    )
    best = optimum(filters.log_determinant(0.5), RHO)
    assert best.condition_number == pytest.approx(1.3 / 0.05)
    assert optimum(filters.spectral_contrastive(), [-0.5]).effective_rank() == 0


def standard_error(known, rho, n):
    """Of ``s`` per unit of variance, when both moments are estimated from ``n`` pairs."""
    step = 1e-6
    s = known(rho)
    slope = (known(rho + step) - known(rho - step)) / (2 * step)
    a, b = slope, rho * slope + s
    return np.sqrt(((a**2 + b**2) * (1 + rho**2) - 4 * rho * a * b) / n)


def in_canonical_coordinates(gram, pair):
    """Directions have unit variance here: ``V^{-1} W' W V^{-T}``, with ``V^{-1} = V' S``."""
    back = pair.directions.T @ pair.covariance
    return back @ gram @ back.T


def test_a_trained_encoder_is_as_far_from_the_optimum_as_its_sample():
    n, noise = 20_000, 0.5
    process = GaussianPairs((2.0, 1.0, 0.5), (0.8, 0.4, -0.3), mixing_seed=3)
    x, y = map(torch.from_numpy, process.draw(n, seed=0))
    encoder = torch.nn.Linear(3, 3, bias=False, dtype=torch.float64)
    torch.nn.init.orthogonal_(encoder.weight, generator=torch.Generator().manual_seed(0))
    descent = torch.optim.LBFGS(encoder.parameters(), max_iter=300, line_search_fn="strong_wolfe")

    def step():
        descent.zero_grad()
        total = gaussian_infomax(noise)(encoder(x), encoder(y)).total
        total.backward()
        return total

    descent.step(step)
    weight = encoder.weight.detach().numpy()
    pair = pencil(process.covariance, process.cross_covariance)
    measured = in_canonical_coordinates(weight.T @ weight, pair)
    strengths = spectral_filter(gaussian_infomax(noise))(pair.autocorrelations)
    # W' W is 2 noise over the covariance of x - y, whose inverse has the spread of a Wishart.
    relative = measured / np.sqrt(np.outer(strengths, strengths))
    error = np.sqrt((1 + np.eye(3)) / n)
    assert (np.abs(relative - np.eye(3)) < 5 * error).all()
    assert error.max() == pytest.approx(0.01)
    assert_allclose(np.diag(error) * strengths, standard_error(
        spectral_filter(gaussian_infomax(noise)), pair.autocorrelations, n
    ), rtol=1e-6)  # fmt: skip


@pytest.mark.parametrize(
    "objective", [ldm_vicreg(0.5), spectral_contrastive()], ids=lambda o: o.name
)
def test_encoders_trained_on_pairs_have_the_filter_within_the_error_of_the_sample(objective):
    n, rho = 1000, np.array([0.8, 0.4])
    process = GaussianPairs((2.0, 1.0, 0.5), (0.8, 0.4, -0.3), mixing_seed=3)
    trained = optimum_on_pairs(objective, *process.draw(n, seed=0), keep=2)
    assert trained.route is Route.SAMPLE
    pair = pencil(process.covariance, process.cross_covariance)
    measured = np.diag(in_canonical_coordinates(trained.gram, pair))[:2]
    known = spectral_filter(objective)
    error = standard_error(known, rho, n)
    assert (error / known(rho) < 0.1).all()
    assert (np.abs(measured - known(rho)) < 5 * error).all()


@pytest.mark.slow
@pytest.mark.parametrize("prior", Prior)
def test_a_contrastive_encoder_trained_on_pairs_has_the_kernel_filter(prior):
    n = 3000
    process = GaussianPairs((2.0, 1.0, 0.5), (0.9, 0.6, -0.3), mixing_seed=3)
    objective = plane_info_nce(0.5, prior)
    trained = optimum_on_pairs(objective, *process.draw(n, seed=1), keep=2)
    assert trained.route is Route.SAMPLE
    pair = pencil(process.covariance, process.cross_covariance)
    measured = np.diag(in_canonical_coordinates(trained.gram, pair))[:2]
    known = spectral_filter(objective)
    error = standard_error(known, np.array([0.9, 0.6]), n)
    assert (error / known([0.9, 0.6]) < 0.08).all()
    assert (np.abs(measured - known([0.9, 0.6])) < 5 * error).all()


def test_spherical_embeddings_have_no_closed_form_but_can_be_trained():
    with pytest.raises(LookupError, match="embeddings under VonMisesFisher are not Gaussian"):
        spectral_filter(info_nce())
    with pytest.raises(LookupError, match="`VonMisesFisher` has no closed form over Gaussian"):
        optimum(info_nce(), RHO)
    process = GaussianPairs((1.0, 1.0, 1.0), (0.9, 0.8, 0.0))
    trained = optimum_on_pairs(info_nce(0.5), *process.draw(500, seed=0), keep=2, seed=1)
    share = trained.gram[2, 2] / np.trace(trained.gram)
    assert share < 0.02  # the direction that views do not share is left out


def test_two_routes_say_which_they_are():
    assert optimum(gaussian_infomax(), RHO, keep=2).route.value == "closed form"
    assert "numerical" in optimum(vicreg(0.5, 2.0, 1.0), RHO, keep=2, starts=0).route.value


@pytest.mark.parametrize("make", [w_mse, slow_feature_analysis, cca])
def test_whitened_objectives_trained_on_pairs_keep_the_directions_predicted(make):
    n = 4000
    process = GaussianPairs((2.0, 1.0, 0.5), (0.3, 0.7, -0.9), mixing_seed=3)
    trained = optimum_on_pairs(make(), *process.draw(n, seed=1), keep=2, starts=4)
    pair = pencil(process.covariance, process.cross_covariance)
    best = optimum(make(), process.covariance, process.cross_covariance, keep=2)
    lost = [-0.9] if make is not cca else [0.3]
    left_out = np.diag(in_canonical_coordinates(best.gram, pair)) < 0.5
    assert pair.autocorrelations[left_out] == pytest.approx(lost)
    # Its span is all that such an objective decides: the shares of the directions in it.
    span, _ = np.linalg.qr(pair.directions.T @ pair.covariance @ trained.encoder.T)
    shares = np.square(span).sum(1)
    # Off by about the error of a correlation over the gap to the next, here 0.4 and more.
    assert shares[left_out].max() < (5 / (0.4 * math.sqrt(n))) ** 2 < 0.05
    assert (shares[~left_out] > 0.95).all()


def test_the_normality_that_le_jepa_asks_for_whitens():
    process = GaussianPairs((2.0, 1.0), (0.8, 0.2), mixing_seed=3)
    trained = optimum_on_pairs(le_jepa(slices=16), *process.draw(1000, seed=1), keep=2)
    # Less by (1 - rho) against n times a weight of 0.05 times a curvature near 0.24.
    assert_allclose(trained.spectrum, 1, atol=0.8 / (1000 * 0.05 * 0.24))


@pytest.mark.parametrize("rho", [(0.9, 0.1), (0.9, 0.8)])
@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_barlow_twins_mixes_two_directions_by_a_formula_or_takes_one_twice(rho, factor):
    first, second = rho
    apart, together = first - second, first + second
    weight = factor * (1 - first) * apart / (first * together)
    t = ((1 - second) * apart + weight * second * together) / (apart**2 + weight * together**2)
    best = optimum(barlow_twins(weight), rho)
    assert best.route is Route.NUMERICAL
    assert_allclose(best.strengths, 2 * np.array([min(t, 1), 1 - min(t, 1)]), atol=1e-5)
    assert best.active == (1 if factor < 1 else 2)


def test_without_a_population_loss_a_prediction_is_trained_on_draws():
    best = prediction(info_nce(0.5), RHO, keep=2, items=300)
    assert best.route is Route.DRAWN
    assert best.spectrum.sum() == pytest.approx(1)
    assert best.strengths[2:].sum() < 0.1
    assert prediction(gaussian_infomax(), RHO).route is Route.CLOSED_FORM


def test_an_optimum_prints_its_filter_its_directions_and_its_embedding():
    printed = str(optimum(spectral_contrastive(), [0.5, 0.25, -0.3]))
    assert printed.splitlines() == [
        "spectral_contrastive: closed form",
        "  s(ρ) = ρ,  used if ρ > 0",
        "       rho         s",
        "       0.5       0.5  " + 24 * "█",
        "      0.25      0.25  " + 12 * "█",
        "      -0.3         0  lost",
        "  spectrum          0.5, 0.25, 0",
        "  carry variance    2 of 3 dimensions",
        "  condition number  inf",
        "  effective rank    1.89 of variances, 1.971 of deviations",
        "  information       0.1761 of 0.2233 nats kept",
    ]
    assert "s(ρ) = σ²/(1 − ρ),  used always,  σ² = 0.5" in str(optimum(ldm_vicreg(0.5), [0.5]))
    assert "vicreg: numerical" in str(optimum(vicreg(), [0.5, 0.1], starts=1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: prediction(byol(), RHO, keep=3), "`byol` must have a loss to descend, got a sto"),
        (
            lambda: prediction(linear_ica(), RHO, keep=2),
            r"one of the widths \(3,\) that `linear_ica",
        ),
        (lambda: optimum(gaussian_infomax(), RHO, keep=6), "between 1 and the rank 5 of the pair"),
        (lambda: optimum(gaussian_infomax(), [1.0, 0.5]), "below 1, got 1: views that agree"),
    ],
)
def test_says_what_it_wanted(call, message):
    with pytest.raises(ValueError, match=message):
        call()
