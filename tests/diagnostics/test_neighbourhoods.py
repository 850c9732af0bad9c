"""Dimensions that the shape of neighbourhoods tells: angles, triangles, planes, all distances."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics import patches as module
from ssl_theory.diagnostics.angle_dimension import angle_dimensions
from ssl_theory.diagnostics.local_dimension import intrinsic_dimension
from ssl_theory.diagnostics.local_pca import local_pca_dimensions
from ssl_theory.diagnostics.moment_dimension import moment_dimensions
from ssl_theory.diagnostics.neighbours import nearest_neighbours
from ssl_theory.diagnostics.patches import patches
from ssl_theory.diagnostics.simplex_dimension import expected_skewness, simplex_dimensions
from ssl_theory.diagnostics.tight_dimension import tight_dimensions
from ssl_theory.diagnostics.vendi import rke_score, uniform_rke
from tests.diagnostics.manifolds import torus

ORACLES = json.loads(
    Path(__file__).parents[1].joinpath("oracles/scikit_dimension.json").read_text("utf-8")
)
Z = np.random.default_rng(0).standard_normal((500, 6)) * np.arange(1, 7) ** -0.5
LOCAL = {
    "angles": angle_dimensions,
    "planes": lambda z, **words: local_pca_dimensions(z, rule="participation", **words),
    "moments": moment_dimensions,
    "triangles": simplex_dimensions,
    "all distances": tight_dimensions,
}


@pytest.mark.parametrize(
    ("name", "found", "extra"),
    [
        ("moments", moment_dimensions, ()),
        ("tight", tight_dimensions, ()),
        ("simplex", simplex_dimensions, ("of",)),
        ("local_pca", local_pca_dimensions, ("rule", "level")),
    ],
)
def test_they_are_what_scikit_dimension_finds(name, found, extra):
    for oracle in ORACLES[name]:
        words = {word: oracle[word] for word in ("neighbours", *extra)}
        first = found(Z, **words)[: len(oracle["value"])]
        np.testing.assert_allclose(first, oracle["value"], rtol=1e-9, err_msg=oracle["call"])


def test_a_neighbour_that_reflects_another_is_left_out_with_it():
    oracle = ORACLES["tight_reflected"]
    found = tight_dimensions(oracle["items"], neighbours=oracle["neighbours"])
    np.testing.assert_allclose(found, oracle["value"], rtol=1e-9)


def test_neighbours_are_seen_from_each_item_block_by_block(monkeypatch):
    whole = np.concatenate(list(patches(Z, 7)))
    distances, indices = nearest_neighbours(Z, 7)
    np.testing.assert_array_equal(whole, Z[indices] - Z[:, None])
    np.testing.assert_allclose(np.linalg.norm(whole, axis=2), distances)
    expected = {name: statistic(Z, neighbours=7) for name, statistic in LOCAL.items()}
    monkeypatch.setattr(module, "ENTRIES", 500)
    assert len(list(patches(Z, 7))) > 10
    for name, statistic in LOCAL.items():
        np.testing.assert_allclose(statistic(Z, neighbours=7), expected[name], err_msg=name)


@given(embeddings(min_dimension=2), st.integers(0, 99), st.floats(0.01, 100))
def test_isometries_and_units_change_none(z, seed, scale):
    z = z.numpy()
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((z.shape[1],) * 2))[0]
    for statistic in LOCAL.values():
        found = statistic(scale * z @ rotation + 1, neighbours=3)
        np.testing.assert_allclose(found, statistic(z, neighbours=3), rtol=1e-5)


@pytest.mark.parametrize("size", [1e-100, 1e100])
@pytest.mark.parametrize("name", LOCAL)
def test_no_unit_is_too_large_or_too_small(name, size):
    expected = LOCAL[name](Z[:60], neighbours=8)
    np.testing.assert_allclose(LOCAL[name](size * Z[:60], neighbours=8), expected, rtol=1e-9)


@pytest.mark.parametrize("name", LOCAL)
def test_fewer_neighbours_than_a_shape_needs_are_refused(name):
    with pytest.raises(ValueError, match=r"`neighbours` must be at least \d, got 1"):
        LOCAL[name](Z, neighbours=1)
    with pytest.raises(ValueError, match="`z` must hold distinct items, got 500"):
        LOCAL[name](np.vstack([Z, Z]), neighbours=5)
    dropped = LOCAL[name](np.vstack([Z, Z]), neighbours=5, duplicates="drop")
    assert len(dropped) == len(Z)


def test_angles_are_the_modes_of_the_directions_of_neighbours():
    for unbiased in (False, True):
        found = angle_dimensions(Z, neighbours=9, unbiased=unbiased)
        expected = [
            rke_score(row, kernel="cosine", unbiased=unbiased)
            for block in patches(Z, 9)
            for row in block
        ]
        np.testing.assert_allclose(found, expected)


def ball_around_an_item(d, k, seed):
    """Neighbours spread evenly in a ball, and the item in its middle first."""
    generator = np.random.default_rng(seed)
    around = generator.standard_normal((k, d))
    around *= generator.uniform(size=(k, 1)) ** (1 / d) / np.linalg.norm(
        around, axis=1, keepdims=True
    )
    return np.vstack([np.zeros((1, d)), around])


@pytest.mark.parametrize("d", [1, 2, 7])
def test_evenly_spread_neighbours_tell_the_dimension_on_average(d):
    k, draws = 8, 400
    drawn = [ball_around_an_item(d, k, seed) for seed in range(draws)]
    unbiased = {"angles": lambda z: 1 / angle_dimensions(z, neighbours=k, unbiased=True)[0]}
    unbiased["all angles"] = lambda z: 1 / angle_dimensions(z, neighbours=k)[0]
    unbiased["moments"] = lambda z: 1 / (1 + 1 / moment_dimensions(z, neighbours=k, last=False)[0])
    expected = {"angles": 1 / d, "all angles": 1 / uniform_rke(k, d), "moments": d / (d + 1)}
    for name, inverse in unbiased.items():
        found = [inverse(z) for z in drawn]
        error = np.std(found, ddof=1) / draws**0.5
        assert error < 0.05 * expected[name]
        assert np.mean(found) == pytest.approx(expected[name], abs=5 * error + 1e-12), name


@pytest.mark.parametrize("d", [2, 3, 7])
def test_expected_skewness_is_a_mean_over_angles(d):
    def weighed(f):
        return quad(lambda t: f(t) * np.sin(t) ** (d - 2), 0, np.pi, points=[np.pi / 2])[0]

    mass = weighed(lambda t: 1.0)
    assert expected_skewness(d) == pytest.approx(weighed(np.sin) / mass)
    assert expected_skewness(d, of="projection") == pytest.approx(
        weighed(lambda t: abs(np.cos(t))) / mass
    )


@pytest.mark.parametrize("of", ["area", "projection"])
def test_triangles_tell_the_dimension_of_balls_however_large(of):
    generator = np.random.default_rng(0)
    for d in (2, 40):
        # All others are the neighbours: every patch is of one isotropic law.
        z = generator.standard_normal((150, d))
        found = simplex_dimensions(z, neighbours=149, of=of)
        assert np.mean(found) == pytest.approx(d, rel=0.08)


def test_in_many_dimensions_every_item_is_at_the_border_of_a_gaussian():
    d, words = 20, {"neighbours": 20}
    z = np.random.default_rng(0).standard_normal((1000, d))
    assert simplex_dimensions(z, **words).mean() == pytest.approx(d, rel=0.1)
    assert 0.6 * d < intrinsic_dimension(z, **words) < 0.8 * d
    assert 1 / np.mean(1 / angle_dimensions(z, unbiased=True, **words)) < 0.4 * d


def test_triangles_on_a_line_have_no_area():
    line = np.random.default_rng(0).uniform(size=(30, 1))
    for of in ("area", "projection"):
        np.testing.assert_allclose(simplex_dimensions(line, neighbours=5, of=of), 1)


def test_the_last_neighbour_among_those_averaged_raises_the_dimension():
    k, draws = 8, 400
    found = [
        1 / (1 + 1 / moment_dimensions(ball_around_an_item(1, k, seed), neighbours=k)[0])
        for seed in range(draws)
    ]
    error = np.std(found, ddof=1) / draws**0.5
    assert np.mean(found) == pytest.approx(((k - 1) / 2 + 1) / k, abs=5 * error)


def test_tight_balls_are_shrunk_towards_a_neighbour_until_another_is_on_the_border():
    z = np.random.default_rng(0).standard_normal((40, 3))
    k = 5
    found = tight_dimensions(z, neighbours=k)
    for item, apart in enumerate(np.concatenate(list(patches(z, k)))[:6]):
        radius = np.linalg.norm(apart, axis=1).max()
        logs = 2 * np.log(np.linalg.norm(apart, axis=1) / radius).sum()
        for i, towards in enumerate(apart):
            for j, other in enumerate(apart):
                for point in (other, -other):
                    if i == j:
                        continue

                    def outside(share, centre=towards, x=point, r=radius):
                        return np.linalg.norm(x - (1 - share) * centre) - share * r

                    logs += np.log(brentq(outside, 1e-9, 1 + 1e-9))
        assert found[item] == pytest.approx(-2 * k**2 / logs, rel=1e-6)


@pytest.mark.parametrize("d", [1, 2])
def test_all_distances_vary_less_than_an_items_own_and_tell_nearly_the_same(d):
    k = 10
    drawn = [torus(d, 1000, seed) for seed in range(4)]
    tight = np.array([1 / tight_dimensions(z, neighbours=k) for z in drawn])
    logs = np.log([nearest_neighbours(z, k)[0] for z in drawn])
    own = (logs[..., -1:] - logs).mean(2)  # the radius among them, as there
    assert tight.mean() == pytest.approx((k - 1) / (k * d), rel=0.05)
    assert np.mean(own) == pytest.approx((k - 1) / (k * d), rel=0.05)
    assert tight.std() < 0.9 * own.std()


def test_a_ring_of_neighbours_is_of_no_finite_dimension_to_distances():
    square = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    assert np.isinf(moment_dimensions(square, neighbours=2)).all()


@pytest.mark.parametrize(
    "rule", ["threshold", "share", "mean", "broken stick", "gap", "participation"]
)
def test_planes_are_found_by_every_rule_that_has_an_answer(rule):
    generator = np.random.default_rng(0)
    plane = (
        generator.standard_normal((300, 2)) @ np.linalg.qr(generator.standard_normal((9, 2)))[0].T
    )
    found = local_pca_dimensions(plane, neighbours=40, rule=rule)
    if rule in ("mean", "broken stick", "participation"):
        assert found.min() >= (1 if rule != "broken stick" else 0)
        assert found.max() <= 3
    else:
        assert set(found) == {2.0}


def test_of_equal_variances_all_are_counted():
    corners = np.array([[x, y] for x in (-1.0, 1.0) for y in (-1.0, 1.0)])
    z = np.vstack([[[0.0, 0.0]], corners])
    first = {
        rule: local_pca_dimensions(z, neighbours=4, rule=rule)[0]
        for rule in ("threshold", "share", "participation")
    }
    assert first == {"threshold": 2, "share": 2, "participation": pytest.approx(2)}
    assert local_pca_dimensions(z, neighbours=4, rule="share", level=0.4)[0] == 1


@pytest.mark.parametrize(
    ("shares", "counted"),
    # A stick broken at random in three has pieces of 11 / 18, 5 / 18 and 2 / 18 on average.
    [((0.62, 0.28, 0.10), 2), ((0.62, 0.27, 0.11), 1), ((0.61, 0.29, 0.10), 0)],
)
def test_variances_count_as_long_as_they_exceed_a_broken_sticks(shares, counted):
    cross = np.vstack([np.diag(shares) ** 0.5, -(np.diag(shares) ** 0.5)])
    z = np.vstack([np.zeros((1, 3)), cross])
    assert local_pca_dimensions(z, neighbours=6, rule="broken stick")[0] == counted


@pytest.mark.parametrize(
    ("statistic", "words", "message"),
    [
        (local_pca_dimensions, {"rule": "elbow"}, "`rule` must be one of .* got 'elbow'"),
        (local_pca_dimensions, {"rule": "gap", "level": 0.5}, "`level` must lie .* 0.5 for gap"),
        (local_pca_dimensions, {"level": 5.0}, "`level` must lie between 0 and 1"),
        (simplex_dimensions, {"of": "volume"}, "`of` must be .* got 'volume'"),
    ],
)
def test_they_say_what_they_want(statistic, words, message):
    with pytest.raises(ValueError, match=message):
        statistic(Z, **words)
