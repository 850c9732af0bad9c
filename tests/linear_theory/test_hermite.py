"""Functions of Gaussian latents: which are most alike across views, and who is misled by them."""

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior
from ssl_theory.linear_theory import optimum_on_pairs, pencil
from ssl_theory.linear_theory.hermite import (
    Mode,
    all_latents_kept,
    hermite_modes,
    hermite_values,
    nonlinear_optimum,
)
from ssl_theory.moments import PairMoments
from ssl_theory.objectives import (
    barlow_twins,
    cca,
    gaussian_infomax,
    info_nce,
    le_jepa,
    slow_feature_analysis,
    spectral_contrastive,
    vicreg,
    w_mse,
)
from ssl_theory.processes.gaussian_pairs import GaussianPairs
from ssl_theory.uniformity import KernelDensity

FORGETFUL, SOUND = (0.95, 0.6), (0.7, 0.6)  # rho_1^2 above and below rho_2


@pytest.mark.parametrize("rho", [0.8, -0.5])
def test_hermite_polynomials_are_correlated_with_themselves_by_a_power(rho):
    # Gauss and Hermite's quadrature, exact for polynomials of such degrees.
    nodes, weights = np.polynomial.hermite_e.hermegauss(20)
    z, noise = (m.ravel() for m in np.meshgrid(nodes, nodes))
    mass = np.outer(weights, weights).ravel() / (2 * math.pi)
    other = rho * z + math.sqrt(1 - rho**2) * noise
    values = [[hermite_values(Mode(0, (k,)), x[:, None]) for k in range(1, 5)] for x in (z, other)]
    across = np.einsum("in,jn,n->ij", *values, mass)
    assert_allclose(across, np.diag(rho ** np.arange(1, 5)), atol=1e-12)
    assert_allclose(np.einsum("in,jn,n->ij", values[0], values[0], mass), np.eye(4), atol=1e-12)


@given(st.lists(st.floats(-0.9, 0.9), min_size=1, max_size=3), st.integers(1, 8))
def test_the_modes_are_the_largest_of_all(rho, count):
    found = [mode.autocorrelation for mode in hermite_modes(rho, count)]
    degrees = itertools.product(range(18), repeat=len(rho))
    every = [np.prod(np.power(rho, k)) for k in degrees if any(k)]
    assert_allclose(found, np.sort(every)[::-1][:count], atol=1e-12)


@given(st.lists(st.floats(0.05, 0.95), min_size=2, max_size=4))
def test_all_latents_are_kept_exactly_if_the_slowest_squared_is_below_the_fastest(rho):
    if abs(max(rho) ** 2 - min(rho)) > 1e-9:
        assert all_latents_kept(rho) == (max(rho) ** 2 < min(rho))


def test_what_is_anticorrelated_is_seen_through_its_square():
    assert [str(mode) for mode in hermite_modes([-0.5], 2)] == ["He2(z1)", "He4(z1)"]


def on_the_plane(prior):
    kernel = Gaussian(0.1)
    return Objective("kernel_density", kernel, KernelDensity(kernel), "oord2018cpc", prior)


def features(process, n, seed):
    """Every polynomial of degree one to three of two latents, in both views."""
    degrees = [k for k in itertools.product(range(4), repeat=2) if 0 < sum(k) <= 3]
    views = process.draw(n, seed)
    return [np.stack([hermite_values(Mode(0, k), v) for k in degrees], 1) for v in views], degrees


@pytest.mark.parametrize(("rho", "found"), [(FORGETFUL, (2, 0)), (SOUND, (0, 1))])
def test_polynomial_features_solved_on_draws_find_the_modes_predicted(rho, found):
    (x, y), degrees = features(GaussianPairs((1.0, 1.0), rho), 20_000, seed=0)
    solved = pencil(*PairMoments.of(x, y).exchangeable())
    second = hermite_modes(rho, 2)[1]
    assert second.degrees == found
    # Errors of a correlation are at most 3 / sqrt(n) for functions with such fourth moments.
    error = 3 / math.sqrt(20_000)
    assert abs(solved.autocorrelations[1] - second.autocorrelation) < 5 * error
    shares = np.square(solved.directions[:, 1])
    assert degrees[shares.argmax()] == found
    assert shares.max() / shares.sum() > 0.9


@pytest.mark.parametrize(("rho", "kept"), [(FORGETFUL, False), (SOUND, True)])
def test_a_second_order_objective_trained_on_features_loses_the_latent_predicted(rho, kept):
    (x, y), degrees = features(GaussianPairs((1.0, 1.0), rho), 4000, seed=1)
    trained = optimum_on_pairs(gaussian_infomax(), x, y, keep=2)
    embedding = x @ trained.encoder.T
    latent = x[:, degrees.index((0, 1))]
    residual = latent - embedding @ np.linalg.lstsq(embedding, latent)[0]
    explained = 1 - residual.var() / latent.var()
    assert (explained > 0.9) if kept else (explained < 0.05)


def reached(objective, encode, seed, n=600):
    """The least total of linear readings of what a function makes of the forgetful latents."""
    views = [encode(v) for v in GaussianPairs((1.0, 1.0), FORGETFUL).draw(n, seed)]
    reading = optimum_on_pairs(objective, *views, keep=2).encoder.T
    return objective(*(torch.from_numpy(v @ reading) for v in views)).total.item()


@pytest.mark.parametrize(
    ("objective", "misled"),
    [
        (gaussian_infomax(), True),
        (spectral_contrastive(), True),
        (slow_feature_analysis(), True),
        (le_jepa(slices=16), False),
        pytest.param(on_the_plane(Prior.EMPIRICAL), False, marks=pytest.mark.slow),
        (on_the_plane(Prior.FLAT), False),
    ],
    ids=lambda x: f"{x.name}, {x.prior.value}" if isinstance(x, Objective) else str(x),
)
def test_second_moments_prefer_the_square_of_the_slow_latent_and_entropies_the_other(
    objective, misled
):
    straight = lambda v: v  # noqa: E731
    bent = lambda v: np.stack([v[:, 0], (v[:, 0] ** 2 - 1) / math.sqrt(2)], 1)  # noqa: E731
    gained = [
        reached(objective, straight, seed) - reached(objective, bent, seed) for seed in range(3)
    ]
    error = np.std(gained, ddof=1) / math.sqrt(3)
    assert abs(np.mean(gained)) > 5 * error
    assert (np.mean(gained) > 0) == misled


@pytest.mark.parametrize(
    "objective",
    [gaussian_infomax(), spectral_contrastive(), cca(), slow_feature_analysis(), vicreg(),
     barlow_twins(1.0)],
    ids=lambda o: o.name,
)  # fmt: skip
def test_the_nonlinear_optimum_is_the_linear_one_of_the_modes(objective):
    (first, strongest), (second, _) = nonlinear_optimum(objective, FORGETFUL, keep=2)
    assert (str(first), str(second)) == ("z1", "He2(z1)")
    assert strongest > 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: nonlinear_optimum(le_jepa(), SOUND, keep=2),
            LookupError,
            "`le_jepa` is not known to see second moments only, because of SlicedEppsPulley",
        ),
        (lambda: nonlinear_optimum(info_nce(), SOUND, keep=2), LookupError, "of VonMisesFisher"),
        (lambda: nonlinear_optimum(w_mse(), SOUND, keep=2), LookupError, "of VonMisesFisher"),
        (lambda: hermite_modes([1.0], 1), ValueError, "strictly between -1 and 1, got"),
    ],
)
def test_says_what_it_wanted(call, error, message):
    with pytest.raises(error, match=message):
        call()
