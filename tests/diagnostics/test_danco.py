"""DANCo picks the ball whose distances and angles are most like those of the items."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import vonmises

from ssl_theory.diagnostics.danco import (
    Concentration,
    concentration,
    concentration_divergence,
    danco,
)

ORACLES = json.loads(
    Path(__file__).parents[1].joinpath("oracles/scikit_dimension.json").read_text("utf-8")
)["danco"]
Z = np.random.default_rng(0).standard_normal((500, 6)) * np.arange(1, 7) ** -0.5


def test_the_dimension_of_distances_is_what_scikit_dimension_finds():
    # It stops where a gradient is small: to five digits.
    assert concentration(Z).dimension == pytest.approx(ORACLES[0]["value"], rel=1e-5)
    assert danco(Z) == ORACLES[1]["value"]


def test_the_divergence_is_scikit_dimensions_less_a_constant_it_keeps():
    # The constant is the same for all dimensions, so the choice is not touched by it.
    one, other = Concentration(5.0, 1.5, 3.0), Concentration(5.5, 1.52, 3.5)
    kept = 1 + np.sum(1 / np.arange(1, 10))
    found = concentration_divergence(one, other, 10)
    assert found == pytest.approx(ORACLES[2]["value"] - kept, rel=1e-9)


dimensions, angles, sharpnesses = st.floats(1, 30), st.floats(0.2, 3), st.floats(0.01, 50)


@given(dimensions, dimensions, angles, angles, sharpnesses, sharpnesses, st.integers(2, 20))
def test_the_divergence_is_two_relative_entropies(d, c, nu, mu, tau, rho, k):
    def density(r, d):
        return k * d * r ** (d - 1) * (1 - r**d) ** (k - 1)

    def surprise(r):
        there = density(r, d)
        logs = np.log(d / c) + (d - c) * np.log(r) + (k - 1) * np.log((1 - r**d) / (1 - r**c))
        return there * logs if there > 0 else 0.0

    of_distances = quad(surprise, 0, 1, limit=400, points=[k ** (-1 / d)])[0]
    one, other = vonmises(tau, loc=nu), vonmises(rho, loc=mu)
    t = nu + np.linspace(-np.pi, np.pi, 4001)[:-1]  # a periodic integrand: sums are exact
    of_angles = (one.pdf(t) * (one.logpdf(t) - other.logpdf(t))).sum() * 2 * np.pi / 4000
    found = concentration_divergence(Concentration(d, nu, tau), Concentration(c, mu, rho), k)
    assert found == pytest.approx(of_distances + of_angles, rel=1e-4, abs=1e-6)


def test_angles_get_the_likeliest_of_von_mises_laws():
    z = np.random.default_rng(0).standard_normal((12, 4))
    expected = []
    for item in range(12):
        apart = np.delete(z, item, axis=0) - z[item]
        nearest = apart[np.argsort(np.linalg.norm(apart, axis=1))[:6]]
        units = nearest / np.linalg.norm(nearest, axis=1, keepdims=True)
        kappa, loc, _ = vonmises.fit(np.arccos((units @ units.T)[np.triu_indices(6, 1)]), fscale=1)
        expected.append([loc, kappa])
    found = concentration(z, neighbours=6)
    assert [found.angle, found.sharpness] == pytest.approx(np.mean(expected, axis=0), rel=1e-5)


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_flat_items_in_a_larger_space_have_their_dimension(d):
    generator = np.random.default_rng(d)
    plane = np.linalg.qr(generator.standard_normal((8, d)))[0].T
    z = generator.uniform(size=(400, d)) @ plane
    assert [danco(z, seed=seed) for seed in range(3)] == [d] * 3


def test_it_holds_where_distances_alone_fall_short():
    d = 16
    z = np.random.default_rng(0).uniform(size=(400, d))
    assert concentration(z).dimension < 0.85 * d
    assert abs(danco(z, largest=24) - d) <= 2


def test_on_a_line_all_angles_are_flat_or_none():
    line = np.cumsum(np.random.default_rng(0).uniform(1, 2, size=(50, 1)), axis=0)
    assert danco(line) == 1


def test_it_says_what_it_wants():
    with pytest.raises(ValueError, match="`neighbours` must lie between 2 and 30, got 40"):
        danco(Z, neighbours=40)
    with pytest.raises(ValueError, match="`largest` must be at least 1, got 0"):
        danco(Z, largest=0)


def test_isometries_units_duplicates_and_empty_dimensions_change_nothing():
    z = np.random.default_rng(0).uniform(size=(200, 3))
    rotation = np.linalg.qr(np.random.default_rng(1).standard_normal((5, 5)))[0]
    moved = 7 * np.hstack([z, np.zeros((200, 2))]) @ rotation + 1
    for seed in range(3):
        found = danco(np.vstack([moved, moved]), largest=6, duplicates="drop", seed=seed)
        assert found == danco(z, largest=6, seed=seed) == 3
