"""Figures have their lines where the numbers are, and their words too."""

import re

import numpy as np
import pytest

from ssl_theory.report import Curve
from ssl_theory.report.axes import Axis
from ssl_theory.report.drawing import draw_masses, draw_shared, draw_spectra
from ssl_theory.report.drawn import SAMPLE


def coordinates(path: str) -> np.ndarray:
    return np.array([[float(x) for x in p.split()] for p in path.strip("MZ").split("L")])


def test_the_band_is_drawn_where_the_null_is():
    # Through two points of one curve, heights are linear in the logarithm of the variance.
    curve = Curve("z", (8.0, 4.0, 2.0, 1.0), 0.0, (2.0,) * 4, (4.0,) * 4)
    drawn = draw_spectra([curve])
    (path,) = re.findall(r'class="curve of0" d="([^"]*)"', drawn)
    line = coordinates(path)
    (path,) = re.findall(r'class="null of0" d="([^"]*)"', drawn)
    band = coordinates(path)
    np.testing.assert_allclose(band[:4, 1], line[2, 1])  # a variance of 2
    np.testing.assert_allclose(band[4:, 1], line[1, 1])  # a variance of 4
    np.testing.assert_allclose(band[:4, 0], line[:, 0])
    np.testing.assert_allclose(band[4:, 0], line[::-1, 0])


def test_shared_correlations_are_drawn_with_the_chance_of_so_many_items():
    drawn = draw_shared([Curve("z", (2.0, 1.0), 0.0, shared=(1.0, 0.0))], items=401)
    (path,) = re.findall(r'class="curve of0" d="([^"]*)"', drawn)
    one, none = coordinates(path)[:, 1]
    (path,) = re.findall(r'class="null" d="([^"]*)"', drawn)
    low, _, high, _ = coordinates(path)[:, 1]
    # Unrelated views of n items correlate by 1 / sqrt(n - 1), give or take: here by 1/20.
    assert (none - high) / (none - one) == pytest.approx(1.96 / 20, abs=1e-3)
    assert (low - none) / (none - one) == pytest.approx(1.96 / 20, abs=1e-3)
    assert "1 of 2 directions above chance (0.098)" in drawn


def test_correlations_of_many_items_are_of_those_drawn():
    # 4,096 are drawn of more: beyond, chance is as wide as for so many.
    curve = [Curve("z", (2.0, 1.0), 0.0, shared=(1.0, 0.0))]
    assert (
        draw_shared(curve, 10**6) == draw_shared(curve, SAMPLE) != draw_shared(curve, SAMPLE // 2)
    )


def test_masses_reach_from_one_coordinate_to_all():
    drawn = draw_masses([Curve("z", (2.0, 1.0), 0.0, masses=(1.0, 16.0))], dimensions=16)
    (path,) = re.findall(r'class="curve of0" d="([^"]*)"', drawn)
    (axis,) = re.findall(r'class="axis" d="M\S+ (\S+)V(\S+)H', drawn)
    top, bottom = map(float, axis)
    assert coordinates(path)[:, 1].tolist() == [bottom, top]
    (path,) = re.findall(r'class="chance" d="([^"]*)"', drawn)
    rng = np.random.default_rng(0)
    directions = rng.standard_normal((100_000, 16))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    random = 1 / np.mean(np.sum(directions**4, axis=1))  # 6, to a thousandth or so
    height = (bottom - coordinates(path)[0, 1]) / (bottom - top)
    assert height == pytest.approx(np.log(random) / np.log(16), abs=2e-3)


def test_what_is_not_known_is_not_drawn():
    bare = Curve("z", (2.0, 1.0), 0.0)
    assert draw_masses([bare], 2) is None and draw_shared([bare], 9) is None
    assert 'class="null' not in draw_spectra([bare])
    assert draw_spectra([]) is None and draw_spectra([Curve("z", (0.0,), 0.0)]) is None


@pytest.mark.parametrize(
    ("axis", "wanted"),
    [
        (Axis(0, 1, 0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (Axis(-0.31, 0.9, 0, 1), [-0.2, 0, 0.2, 0.4, 0.6, 0.8]),
        (Axis(0, 1e5, 0, 1), [0, 20000, 40000, 60000, 80000, 100000]),
        (Axis(1, 16, 0, 1, True), [1, 2, 5, 10]),
        (Axis(3e-4, 3, 0, 1, True), [1e-3, 1e-2, 1e-1, 1]),
        (Axis(0.3, 0.7, 0, 1), [0.3, 0.4, 0.5, 0.6, 0.7]),
    ],
)
def test_ticks_are_round_and_within(axis, wanted):
    assert axis.ticks() == pytest.approx(wanted)


@pytest.mark.parametrize("logarithmic", [False, True])
def test_an_axis_is_even_in_values_or_in_decades(logarithmic):
    axis = Axis(1, 100, 10, 30, logarithmic)
    assert axis(1) == axis(0.5) == 10 and axis(100) == axis(1e9) == 30
    assert axis(10) == pytest.approx(20 if logarithmic else 10 + 20 * 9 / 99, abs=0.01)
