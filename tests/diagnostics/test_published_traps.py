"""Published numbers that say something other than they seem to, and what is said here instead."""

import itertools

import numpy as np
import pytest
from scipy.integrate import quad

from ssl_theory.diagnostics.cka import biased_cka_of_independent, cka
from ssl_theory.diagnostics.decay import power_law
from ssl_theory.diagnostics.lidar import corrected_lidar, lidar
from ssl_theory.diagnostics.neighbour_entropy import neighbour_entropy
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.rank_me import RANK_ME, rank_me
from ssl_theory.diagnostics.two_nn import two_nn
from ssl_theory.report import diagnose


def noise(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


# --- centring -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "ratio", "rank"), [(0, 227.6, 252), (1, 3.97, 226), (10, 1.02, 57)]
)
def test_a_mean_hides_every_direction_from_what_is_not_centred(mean, ratio, rank):
    """2048 isotropic items in 256 dimensions, and means of so many standard deviations."""
    z = noise(2048, 256) + mean
    # With the noise of a covariance, traces of 1 + mean^2 J + W: d (1 + m^2), and its squares.
    d, n = 256, 2048
    squares = (1 + mean**2 * d) ** 2 + d - 1 + d * (d + 1) / n
    assert (d * (1 + mean**2)) ** 2 / squares == pytest.approx(ratio, rel=0.01)
    assert effective_rank(z, order=2, centred=False) == pytest.approx(ratio, rel=0.015)
    assert effective_rank(z, of="deviation", centred=False) == pytest.approx(rank, abs=1)
    assert rank_me(z, "exact") == pytest.approx(rank, abs=1)
    still = noise(2048, 256)
    for order in (1, 2):
        assert effective_rank(z, order=order) == pytest.approx(
            effective_rank(still, order=order), rel=1e-10
        )


@pytest.mark.parametrize("rank", [1, 7, 40])
def test_a_projector_has_its_rank_and_an_epsilon_adds_to_it(rank):
    """``r`` shares of ``1 / r`` and ``d - r`` of epsilon: what the epsilon adds is known."""
    d = 64
    basis = np.linalg.qr(noise(d, d)).Q
    projector = basis[:, :rank] @ basis[:, :rank].T
    for name, convention in RANK_ME.items():
        if name == "reptrix":
            continue  # centred: a projector of this kind loses its mean
        shares = np.repeat([1 / rank, 0], [rank, d - rank]) + convention.epsilon
        expected = np.exp(-np.sum(shares[shares > 0] * np.log(shares[shares > 0])))
        assert rank_me(projector, name) == pytest.approx(expected, rel=1e-9)
    assert rank_me(projector, "exact") == pytest.approx(rank, rel=1e-12)


# --- alpha-ReQ ------------------------------------------------------------------------------------


def test_calling_again_does_not_move_the_range_of_alpha():
    """A range that a call shifts in place makes the same spectrum steeper at every call."""
    z = noise(600, 300)
    found = [power_law(z) for _ in range(30)]
    assert set(found) == {found[0]}
    assert (found[0].first, found[0].last) == (11, 100)
    drifted = [power_law(z, first=6 + call).exponent for call in range(30)]
    assert drifted == sorted(drifted)  # the trap
    assert drifted[-1] > 1.2 * drifted[0]


@pytest.mark.parametrize("d", [300, 600])
def test_isotropic_items_have_an_alpha_that_is_known(d):
    """Quantiles of Marchenko and Pastur's law, through the same line."""
    ratio = 0.5
    low, high = (1 - np.sqrt(ratio)) ** 2, (1 + np.sqrt(ratio)) ** 2

    def density(x):
        return np.sqrt((high - x) * (x - low)) / (2 * np.pi * ratio * x)

    grid = np.linspace(low, high, 4001)
    pieces = [quad(density, a, b)[0] for a, b in itertools.pairwise(grid)]
    above = 1 - np.concatenate([[0], np.cumsum(pieces)])
    ranks = np.arange(11, 101)
    variances = np.interp(-(ranks - 0.5) / d, -above, grid)
    fit = np.polyfit(np.log(ranks), np.log(variances), 1, w=ranks**-0.5)
    found = [power_law(noise(2 * d, d, seed=seed)) for seed in range(3)]
    assert -fit[0] > 0.15  # the trap: it is not 0
    for law in found:
        assert law.exponent == pytest.approx(-fit[0], rel=0.03)
        assert law.r_squared < 0.97


def test_an_exact_power_law_is_told_from_it():
    variances = np.arange(1, 301) ** -1.0
    z = np.linalg.qr(noise(600, 300) - noise(600, 300).mean(0)).Q
    law = power_law(z * np.sqrt(variances), centred=False)
    assert law.exponent == pytest.approx(1, rel=1e-9)
    assert law.r_squared == pytest.approx(1, abs=1e-12)


# --- views ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("v", "n", "d"), [(10, 1000, 128), (4, 400, 32)])
def test_noise_has_nearly_the_best_lidar_there_is(v, n, d):
    """An F matrix spreads by chance like a covariance above, and once more below: 119 of 128."""
    views = noise(v, n, d)
    expected = d * np.exp(-(d / (n - 1) + d / (n * (v - 1))) / 2)
    assert lidar(views) == pytest.approx(expected, rel=0.01)
    assert lidar(views) > 0.9 * d
    assert corrected_lidar(views) == 0


# --- similarity -----------------------------------------------------------------------------------


def test_independent_representations_are_similar_unless_the_bias_is_taken_off():
    z, w = noise(128, 512), noise(128, 512, seed=1)
    assert biased_cka_of_independent(128, 512, 512) == pytest.approx(0.8)
    assert cka(z, w, debiased=False) == pytest.approx(0.8, abs=0.01)  # the trap
    # Debiased, independent values are within some multiples of 1 / n of zero.
    assert abs(cka(z, w)) < 5 / 128


# --- copies among neighbours ----------------------------------------------------------------------


@pytest.mark.parametrize("statistic", [two_nn, lambda z: neighbour_entropy(z, neighbours=1)])
def test_copies_have_no_nearest_neighbour_at_a_distance(statistic):
    z = noise(60, 3)
    with pytest.raises(ValueError, match="must hold distinct items, got 60 that equal"):
        statistic(np.vstack([z, z]))
    assert diagnose(np.vstack([z, z]))["distinct items"].value == 60
