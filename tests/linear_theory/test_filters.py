"""Every closed-form filter is what descent finds, from random starts, on the population loss.

The losses are written out here in matrices, so that nothing of the filters' derivation is shared.
"""

import math

import numpy as np
import pytest
import sympy as sp
import torch
from numpy.testing import assert_allclose

from ssl_theory.linear_theory import SpectralFilter, filters, optimum, pencil
from ssl_theory.linear_theory.numerical import descend

NOISE, FLOOR, KERNEL = 0.5, 0.3, 0.8
SPECTRA = {
    "mixed": [0.95, 0.7, 0.4, 0.05, -0.3],
    "repeated": [0.8, 0.8, 0.5, 0.1, -0.2],
    "negative": [0.6, 0.25, 0.1, -0.4, -0.9],
}
KEEP = 3


def pair(spectrum, seed=0):
    """S and G with these autocorrelations, in no particular basis."""
    p = len(spectrum)
    mix = np.random.default_rng(seed).standard_normal((p, p)) + 2 * np.eye(p)
    return mix @ mix.T, mix @ np.diag(spectrum) @ mix.T


def distance(s, g):
    return 2 * torch.trace(s - g)


def joint(s, g):
    return torch.cat([torch.cat([s, g], 1), torch.cat([g, s], 1)])


def kernel_entropy(c, width):
    wide = torch.eye(len(c), dtype=c.dtype) + c / width
    return (wide.logdet() + torch.trace(torch.linalg.solve(wide, c / width))) / 2


def rate(c, floor):
    return (torch.eye(len(c), dtype=c.dtype) + c / floor).logdet() / 2


LOSSES = {
    "log determinant, both views": (
        filters.log_determinant(NOISE),
        lambda s, g: distance(s, g) / (2 * NOISE) - s.logdet(),
    ),
    "log determinant, one view": (
        filters.log_determinant(NOISE, entropies=1),
        lambda s, g: distance(s, g) / (2 * NOISE) - s.logdet() / 2,
    ),
    "log determinant of the pair": (
        filters.joint_log_determinant(NOISE),
        lambda s, g: distance(s, g) / (2 * NOISE) - joint(s, g).logdet() / 2,
    ),
    "log determinant of one view given the other": (
        filters.conditional_log_determinant(NOISE),
        lambda s, g: distance(s, g) / (2 * NOISE) - (joint(s, g).logdet() - s.logdet()) / 2,
    ),
    "coding rate, both views": (
        filters.coding_rate(NOISE, FLOOR),
        lambda s, g: distance(s, g) / (2 * NOISE) - 2 * rate(s, FLOOR),
    ),
    "coding rate, one view, a high floor": (
        filters.coding_rate(NOISE, 1.0, entropies=1),
        lambda s, g: distance(s, g) / (2 * NOISE) - rate(s, 1.0),
    ),
    "kernel density, both views": (
        filters.kernel_density(NOISE, entropies=2),
        lambda s, g: distance(s, g) / (2 * NOISE) - 2 * kernel_entropy(s, NOISE),
    ),
    "kernel density, one view": (
        filters.kernel_density(NOISE, entropies=1),
        lambda s, g: distance(s, g) / (2 * NOISE) - kernel_entropy(s, NOISE),
    ),
    "kernel density with another kernel": (
        filters.kernel_density(NOISE, entropies=2, kernel=KERNEL),
        lambda s, g: distance(s, g) / (2 * NOISE) - 2 * kernel_entropy(s, KERNEL),
    ),
    "kernel density of the pair": (
        filters.joint_kernel_density(NOISE),
        lambda s, g: distance(s, g) / (2 * NOISE) - kernel_entropy(joint(s, g), NOISE),
    ),
    "quadratic Renyi entropy": (
        filters.quadratic_renyi(NOISE, KERNEL),
        lambda s, g: distance(s, g) / (2 * NOISE) - rate(2 * s, KERNEL),
    ),
    "spectral contrastive": (
        filters.spectral_contrastive(),
        lambda s, g: -2 * torch.trace(g) + torch.trace(s @ s),
    ),
}


def descended(loss, spectrum, *, extra=0, starts=5):
    """``W' W`` of the best of several descents, without a look at the pencil."""
    sigma, gamma = map(torch.from_numpy, pair(spectrum))
    scale = 1 / math.sqrt(float(sigma.trace()))
    found = descend(
        lambda w: loss(w[:, : len(sigma)], w[:, len(sigma) :], sigma, gamma),
        (KEEP, len(sigma) + extra),
        starts=starts,
        scale=scale,
    )
    w = found.encoder[:, : len(sigma)]
    return w.T @ w


@pytest.mark.parametrize("spectrum", SPECTRA.values(), ids=SPECTRA)
@pytest.mark.parametrize("row", LOSSES)
def test_the_filter_is_where_descent_ends(row, spectrum):
    known, loss = LOSSES[row]
    measured = descended(lambda w, _, s, g: loss(w @ s @ w.T, w @ g @ w.T), spectrum)
    predicted = optimum(known, *pair(spectrum), keep=KEEP).gram
    assert_allclose(measured, predicted, atol=1e-5)


@pytest.mark.parametrize("spectrum", SPECTRA.values(), ids=SPECTRA)
def test_a_learned_predictor_whitens_innovations(spectrum):
    def loss(w, predictor, sigma, gamma):
        s, g = w @ sigma @ w.T, w @ gamma @ w.T
        error = s - predictor @ g - g @ predictor.T + predictor @ s @ predictor.T
        return torch.trace(error) / (2 * NOISE) - s.logdet() / 2

    best = optimum(filters.predictive(NOISE), *pair(spectrum), keep=KEEP)
    # With an anticorrelated direction to find, about half of the descents stop at the wrong one.
    assert_allclose(descended(loss, spectrum, extra=KEEP, starts=12), best.gram, atol=1e-5)
    s, g = (best.encoder @ m @ best.encoder.T for m in pair(spectrum))
    assert_allclose(s - g @ np.linalg.solve(s, g), NOISE * np.eye(KEEP), atol=1e-10)


def test_a_predictor_keeps_what_is_anticorrelated_where_alignment_does_not():
    spectrum = SPECTRA["negative"]
    kept = {
        make.__name__: optimum(make(NOISE), spectrum, keep=2).kept.autocorrelations.round(12)
        for make in (filters.predictive, filters.log_determinant)
    }
    assert kept["predictive"].tolist() == [0.6, -0.9]
    assert kept["log_determinant"].tolist() == [0.6, 0.25]


@pytest.mark.parametrize("spectrum", SPECTRA.values(), ids=SPECTRA)
def test_whitened_alignment_keeps_the_canonical_subspace_at_unit_strength(spectrum):
    def loss(w, _, sigma, gamma):
        root = torch.linalg.cholesky(w @ sigma @ w.T)
        w = torch.linalg.solve_triangular(root, w, upper=False)
        return distance(w @ sigma @ w.T, w @ gamma @ w.T)

    sigma, gamma = map(torch.from_numpy, pair(spectrum))
    found = descend(lambda w: loss(w, None, sigma, gamma), (KEEP, 5), starts=5)
    w = found.encoder
    w = np.linalg.solve(np.linalg.cholesky(w @ sigma.numpy() @ w.T), w)
    best = optimum(filters.whitening(), sigma, gamma, keep=KEEP)
    assert_allclose(w.T @ w, best.gram, atol=1e-5)
    top = np.sort(spectrum)[::-1][:KEEP]
    assert found.loss == pytest.approx(2 * np.sum(1 - top), abs=1e-10)


def test_canonical_correlations_count_what_is_anticorrelated_as_much():
    spectrum = SPECTRA["negative"]
    best = optimum(filters.whitening(signed=False), *pair(spectrum), keep=2)
    assert_allclose(np.sort(best.kept.autocorrelations), [-0.9, 0.6], atol=1e-10)
    assert_allclose(best.spectrum, [1, 1], atol=1e-10)


@pytest.mark.parametrize("spectrum", SPECTRA.values(), ids=SPECTRA)
def test_whitening_the_cross_covariance_has_many_optima_of_which_the_smallest_is_taken(spectrum):
    sigma, gamma = pair(spectrum)
    best = optimum(filters.cross_covariance_whitening(), sigma, gamma, keep=2)
    w = best.encoder
    assert_allclose(w @ gamma @ w.T, np.eye(2), atol=1e-12)
    values, axes = np.linalg.eigh(gamma)
    for seed in range(5):  # any other solution on positive directions is larger
        turn, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((5, 5)))
        positive = values > 0
        other = (axes[:, positive] / np.sqrt(values[positive])) @ turn[: positive.sum(), :2]
        other = np.linalg.solve(np.linalg.cholesky(other.T @ gamma @ other), other.T)
        assert_allclose(other @ gamma @ other.T, np.eye(2), atol=1e-8)
        assert np.sum(other**2) >= np.sum(w**2) - 1e-12


ROWS = {name: known for name, (known, _) in LOSSES.items()} | {
    "predictive": filters.predictive(0.5)
}


@pytest.mark.parametrize("known", ROWS.values(), ids=ROWS)
def test_the_filter_solves_its_scalar_problem_symbolically(known):
    if known.strength is None:
        with pytest.raises(ValueError, match="has no formula to put into its gain"):
            known.stationarity()
    else:
        assert known.stationarity() == 0


@pytest.mark.parametrize("known", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("r", [-0.7, -0.2, 0.3, 0.9])
def test_no_other_strength_gains_more(known, r):
    grid = np.concatenate([[0.0], np.logspace(-6, 3, 400)])
    assert (known._gain(grid, r) <= known.worth([r])[0] + 1e-12).all()


@pytest.mark.parametrize("known", [k for k in ROWS.values() if k.least > -1], ids=lambda k: k.name)
def test_a_direction_is_lost_exactly_below_the_threshold(known):
    just = known.least + np.array([-1e-6, 0.0, 1e-6])
    strengths = known(just)
    assert strengths[:2].tolist() == [0, 0]
    assert 0 < strengths[2] < 1e-4


@pytest.mark.parametrize("known", [k for k in ROWS.values() if k.least == -1], ids=lambda k: k.name)
def test_without_a_threshold_no_direction_is_lost(known):
    assert (known(np.linspace(-0.999, 0.999, 50)) > 0).all()


def test_uncorrelated_directions_survive_two_kernel_entropies_at_the_golden_ratio_less_one():
    for noise in (0.1, 1.0, 3.0):
        strength = filters.kernel_density(noise, entropies=2)([0.0])
        assert strength[0] == pytest.approx(noise * (float(sp.GoldenRatio) - 1))
    assert filters.kernel_density(1.0, entropies=1)([0.0]).tolist() == [0]


def test_wide_kernels_turn_density_into_the_logarithm_they_expand_to():
    # As noise vanishes next to the spread, kernel entropies are those of the Gaussian.
    r = np.array([0.9999, 0.99999])
    for m in (1, 2):
        kernel, gaussian = (
            filters.kernel_density(1, entropies=m),
            filters.log_determinant(1, entropies=m),
        )
        assert_allclose(kernel(r), gaussian(r), rtol=3e-4)


def test_equal_filters_are_equal_values():
    assert filters.whitening() == filters.whitening()
    assert filters.log_determinant(0.5) != filters.log_determinant(0.25)
    assert isinstance(filters.whitening(), SpectralFilter)
    assert r"\frac{\sigma^2}{1 - \rho}" in filters.joint_log_determinant(0.5)._repr_latex_()


def test_the_pencil_of_a_mixed_pair_is_the_spectrum_it_was_made_from():
    for spectrum in SPECTRA.values():
        solved = pencil(*pair(spectrum))
        assert_allclose(solved.autocorrelations, spectrum, atol=1e-12)
