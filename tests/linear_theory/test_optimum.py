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
    population,
    spectral_filter,
)
from ssl_theory.linear_theory.population import population_loss
from ssl_theory.metric_aware_pca import metric_aware_pca
from ssl_theory.metrics import Custom, Within
from ssl_theory.objectives import gaussian_infomax, info_nce, vicreg
from ssl_theory.processes.gaussian_pairs import GaussianPairs
from ssl_theory.uniformity import ModelMarginal, QuadraticRenyi

RHO = (0.95, 0.7, 0.4, 0.05, -0.3)


def plane_info_nce(variance, prior):
    model = Gaussian(variance)
    return Objective("plane", model, ModelMarginal(model), "oord2018cpc", prior)


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
    ],
)
def test_each_half_of_the_population_loss_is_the_limit_of_that_half(objective):
    process = GaussianPairs((1.3, 0.4), (0.8, -0.2), mixing_seed=1)
    batches = [map(torch.from_numpy, process.draw(800, seed)) for seed in range(8)]
    drawn = np.array([[half.item() for half in objective(*views)] for views in batches])
    moments = [torch.from_numpy(m) for m in (process.covariance, process.cross_covariance)]
    spread = objective.entropies * population.entropy(objective.uniformity, *moments).item()
    exact = population.alignment(objective.model, *moments).item(), -spread
    error = drawn.std(0, ddof=1) / math.sqrt(len(drawn))
    # InfoNCE counts the partner among its 800 negatives: a bias of 1 / n, below the error.
    assert (np.abs(drawn.mean(0) - exact) < 5 * error).all()
    assert (error < 0.02 * np.abs(exact)).all()
    assert population_loss(objective)(*moments).item() == pytest.approx(sum(exact), abs=1e-12)


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


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: optimum(gaussian_infomax(), RHO, keep=6), "between 1 and the rank 5 of the pair"),
        (lambda: optimum(gaussian_infomax(), [1.0, 0.5]), "below 1, got 1: views that agree"),
    ],
)
def test_says_what_it_wanted(call, message):
    with pytest.raises(ValueError, match=message):
        call()
