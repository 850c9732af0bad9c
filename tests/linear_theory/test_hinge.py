"""VICReg's linear optimum lies between two encoders that can be written down."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from ssl_theory.linear_theory import optimum
from ssl_theory.linear_theory.hinge import canonical_strengths, equal_diagonal, mixed_strengths
from ssl_theory.linear_theory.population import population_value
from ssl_theory.objectives import vicreg

RHO = np.array([0.97, 0.9, 0.8, 0.7, 0.5, 0.3, 0.2, 0.1])
K = len(RHO)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=8))
def test_a_rotation_can_make_all_axes_equal(spectrum):
    spectrum = np.array(spectrum)
    q = equal_diagonal(spectrum)
    assert_allclose(q @ q.T, np.eye(len(spectrum)), atol=1e-12)
    assert_allclose(np.diag((q * spectrum) @ q.T), spectrum.mean(), atol=1e-9)


@pytest.mark.parametrize(("hinge", "off_diagonal"), [(25, 2.0), (3, 2.0), (25, 40.0), (0.5, 0.2)])
def test_mixed_strengths_solve_their_convex_programme(hinge, off_diagonal):
    align, floor = 6.25, 1e-4

    def loss(v):
        mean = v.mean()
        short = max(0.0, 1 - np.sqrt(mean + floor))
        spread = off_diagonal / K * (np.sum(v**2) - K * mean**2)
        return align * np.sum(v * (1 - RHO)) + hinge * short + spread

    ours = mixed_strengths(RHO, align, hinge, off_diagonal, floor)
    theirs = min(
        (
            minimize(loss, start, bounds=[(0, None)] * K, method="SLSQP", tol=1e-14)
            for start in np.random.default_rng(0).uniform(0.2, 2, size=(5, K))
        ),
        key=lambda r: r.fun,
    )
    assert loss(ours) <= theirs.fun + 1e-9
    assert_allclose(ours, theirs.x, atol=2e-3)


def test_canonical_strengths_solve_their_scalar_problems():
    align, hinge, floor = 6.25, 25.0, 1e-4
    ours = canonical_strengths(RHO, align, hinge, floor)
    grid = np.linspace(0, 2, 400_001)
    for rho, strength in zip(RHO, ours, strict=True):
        cost = align * grid * (1 - rho) + hinge / K * np.maximum(0, 1 - np.sqrt(grid + floor))
        assert strength == pytest.approx(grid[cost.argmin()], abs=1e-5)


def test_small_off_diagonal_weights_mix_and_lose_half_of_the_directions():
    # The weights 25, 25, 1 of the code, whose distance is a mean over the K axes.
    best = optimum(vicreg(25 / K, 12.5, 1.0), RHO)
    expected = np.array([3.59375, 2.71875, 1.46875, 0.21875, 0, 0, 0, 0])
    # By hand: v_i = (v + (g - 50 (1 - rho_i)) / 4)_+ with mean one at g = 11.875.
    assert_allclose(np.maximum(1 + (11.875 - 50 * (1 - RHO)) / 4, 0), expected)
    assert_allclose(best.spectrum, expected, atol=1e-4 * expected.max())
    axes = np.diag(best.encoder @ best.encoder.T)
    assert_allclose(axes, 1 - 1e-4, atol=1e-8)  # every axis looks healthy


def test_large_off_diagonal_weights_keep_the_canonical_axes():
    best = optimum(vicreg(25 / K, 12.5, 2000.0), RHO, starts=1)
    expected = np.minimum(1, 1 / (4 * (1 - RHO))) ** 2 - 1e-4
    assert_allclose(best.spectrum, expected, atol=5e-3)
    assert (best.spectrum > 0.05).all()


@pytest.mark.parametrize("off_diagonal", [1.0, 2000.0])
def test_no_random_start_ends_far_below_the_better_of_the_proposals(off_diagonal):
    objective = vicreg(25 / K, 12.5, off_diagonal)
    value = population_value(objective)

    def reached(**how):
        w = optimum(objective, RHO, **how).encoder
        return float(value(torch.from_numpy(w @ w.T), torch.from_numpy((w * RHO) @ w.T)).total)

    # Where the penalty has a finite weight the canonical encoder is no optimum, but near one: at
    # 2000 another start has reached 14.14257 beside its 14.14280. The other basin is at 17.9.
    best = reached(starts=0)
    assert all(best <= reached(starts=1, seed=seed) * (1 + 1e-4) for seed in range(2))
