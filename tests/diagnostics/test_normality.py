"""SIGReg as a diagnostic: its number, its law, and what it cannot see."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.normality import (
    epps_pulley_statistics,
    random_directions,
    sliced_normality,
)
from ssl_theory.diagnostics.sphericity import johns_test
from ssl_theory.nulls.gaussian import gaussian_null
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.uniformity import SlicedEppsPulley
from ssl_theory.uniformity.sliced_epps_pulley import directions, epps_pulley

ORACLES = json.loads(Path(__file__).parents[1].joinpath("oracles/lejepa.json").read_text("utf-8"))


@given(embeddings(), st.floats(1, 5), st.integers(2, 20))
def test_it_is_the_uniformity_of_the_same_projections(z, reach, knots):
    expected = epps_pulley(z, reach, knots)
    found = epps_pulley_statistics(z.numpy(), reach=reach, knots=knots)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
    assert sliced_normality(z, slices=7, reach=reach, knots=knots, seed=3) == pytest.approx(
        epps_pulley(z @ torch.from_numpy(random_directions(z.shape[1], 7, 3)), reach, knots)
        .mean()
        .item(),
        rel=1e-9,
    )


def test_in_the_authors_directions_it_is_the_authors_statistic():
    x = np.random.default_rng(0).standard_normal((512, 32)) * np.arange(1, 33) ** -0.5
    seen = x[:256] @ directions(32, 64, 0).numpy()
    found = epps_pulley_statistics(seen).mean()
    assert found == pytest.approx(ORACLES["lejepa"]["statistic"], rel=1e-6)


def test_in_one_dimension_it_is_minus_the_entropy_of_the_part():
    # Every direction of a line sees the same, but for a sign that the statistic does not see.
    z = np.random.default_rng(0).standard_normal((40, 1)) ** 3
    part = -SlicedEppsPulley().entropy(torch.from_numpy(z), given=torch.from_numpy(z)).item()
    assert sliced_normality(z) == pytest.approx(part)


def test_an_isotropic_collapse_is_within_its_null_where_johns_test_is_certain():
    n, d, rank = 256, 512, 256
    generator = np.random.default_rng(0)
    axes = np.linalg.qr(generator.standard_normal((d, rank)))[0]
    z = generator.standard_normal((n, rank)) @ axes.T * (d / rank) ** 0.5

    def seen(x):
        return sliced_normality(x, slices=64)

    null = gaussian_null(seen, n, d, draws=49)
    assert p_value(seen(z), null, larger=True) > 0.02
    assert johns_test(z).p_value < 1e-12
    line = generator.standard_normal((n, 1)) @ axes[:, :1].T * d**0.5
    assert seen(line) > 10 * null.max()


@given(embeddings(min_dimension=2), st.floats(0.1, 10), st.floats(-10, 10))
def test_standardised_neither_units_nor_the_origin_matter(z, scale, constant):
    assert sliced_normality(scale * z + constant, slices=5, standardised=True) == pytest.approx(
        sliced_normality(z, slices=5, standardised=True), rel=1e-6
    )


def test_as_published_both_do():
    z = np.random.default_rng(0).standard_normal((200, 4))
    still = sliced_normality(z)
    assert sliced_normality(z + 1) > 5 * still
    assert sliced_normality(2 * z) > 5 * still


def test_a_rotation_matters_as_little_as_another_seed():
    z = np.random.default_rng(0).standard_exponential((100, 3)) - 1
    rotation = np.linalg.qr(np.random.default_rng(1).standard_normal((3, 3)))[0]
    still, turned = sliced_normality(z, slices=2000), sliced_normality(z @ rotation, slices=2000)
    assert turned != still
    assert turned == pytest.approx(still, rel=0.05)


def test_heavy_tails_are_told_from_any_gaussian():
    z = 3 + np.random.default_rng(0).standard_t(2, (400, 3))

    def seen(x):
        return sliced_normality(x, slices=32, standardised=True)

    assert p_value(seen(z), gaussian_null(seen, 400, 3, draws=49), larger=True) == 0.02


@pytest.mark.parametrize(
    "words", [{"slices": 0}, {"knots": 1}, {"reach": 0.0}], ids=lambda words: next(iter(words))
)
def test_it_says_what_it_wants(words):
    with pytest.raises(ValueError, match="`slices` must be at least 1, `knots` at least 2 and"):
        sliced_normality(np.eye(3), **words)


def test_a_point_cannot_be_standardised():
    with pytest.raises(ValueError, match=r"`z` must vary, got 5 items.*Pass standardised=False"):
        sliced_normality(np.ones((5, 1)), standardised=True)
