"""Experiments are drawn from their curves alone, and the curves are what is drawn."""

import numpy as np
from numpy.testing import assert_allclose

from ssl_theory.plots import svg
from ssl_theory.plots.gaussian_worlds import draw_gaussian_worlds
from ssl_theory.plots.hermite_trap import draw_hermite_trap
from ssl_theory.plots.predictive_matching import draw_predictive_matching

RNG = np.random.default_rng(0)
POINTS = RNG.standard_normal((30, 3))


def test_both_ways_are_lines_with_dots_and_both_ends_are_scattered():
    share = np.linspace(0, 0.9, 4)
    curves = {"share": share}
    for name, sign in (("log det", -1), ("exact", 1)):
        curves |= {f"{name} predicted": sign * share, f"{name} measured": sign * share + 0.01}
        curves |= {f"{name} embedding": sign * POINTS[:, :2], f"{name} latents": POINTS[:, 1:]}
    figure = draw_hermite_trap(curves)
    way, first, second, _ = figure.axes
    drawn = [line.get_ydata() for line in way.lines[1:]]
    assert_allclose(drawn, [-share, -share + 0.01, share, share + 0.01])
    for axes, sign in ((first, -1), (second, 1)):
        assert_allclose(axes.collections[0].get_offsets(), sign * POINTS[:, :2])
        assert_allclose(axes.collections[0].get_array(), POINTS[:, 2])
    assert svg(figure) == svg(draw_hermite_trap(curves))


def test_deviations_are_bars_with_the_truth_across_them():
    curves = {}
    for name, sizes in (("", [2.0, 1.5, 1.0]), ("deficient ", [2.0, 0.1, 0.0])):
        curves |= {f"{name}deviations": np.array(sizes), f"{name}latents": POINTS}
        curves |= {f"{name}true deviations": np.array(sizes) + 0.1, f"{name}readout": 2 * POINTS}
    figure = draw_predictive_matching(curves)
    bars, full, lacking, _ = figure.axes
    assert_allclose([bar.get_height() for bar in bars.patches], [2, 1.5, 1, 2, 0.1, 0])
    assert_allclose(bars.lines[1].get_ydata(), [2.1, 0.2, 0.1])
    for axes in (full, lacking):
        expected = np.column_stack([POINTS[:, 1], 2 * POINTS[:, 1]])
        assert_allclose(axes.collections[0].get_offsets(), expected)


def test_what_slowness_allows_is_held_against_what_is_unexplained():
    places = np.linspace(-9, 9, 19)
    curves = {
        "allowed": np.array([0.5, 0.01]),
        "unexplained": np.array([0.4, 0.005]),
        "Gaussian": POINTS[:, :2].T,
        "Laplace": POINTS[:, 1:].T,
        "curve": np.stack([places, np.tanh(places)]),
    }
    allowed, gaussian, laplace = draw_gaussian_worlds(curves).axes
    assert_allclose(allowed.lines[1].get_xydata(), [[0.5, 0.4], [0.01, 0.005]])
    assert_allclose(gaussian.lines[1].get_xydata(), POINTS[:, :2])
    x, y = laplace.lines[-1].get_data()
    assert_allclose(y, np.tanh(x))
    assert abs(x).max() < 4
