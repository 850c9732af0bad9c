"""What a spectrum is drawn with: where noise would lie, which coordinates, and what views share."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ssl_theory.report import diagnose
from ssl_theory.report.curves import curve
from ssl_theory.report.gathering import gather


def normal(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


def curves(*views):
    found = gather(views, ["z", "w"][: len(views)]).views()
    return curve(*found)


def test_noise_lies_in_the_band_of_noise_and_structure_outside():
    inside = [
        np.mean((c.eigenvalues >= np.array(c.null_low)) & (c.eigenvalues <= np.array(c.null_high)))
        for c in (curves(normal(400, 30, seed)) for seed in range(1, 9))
    ]
    assert 0.8 < np.mean(inside) < 0.97  # nine of ten draws at each rank
    strong = curves(normal(400, 30) * np.r_[3.0, np.ones(29)])
    assert strong.eigenvalues[0] > 2 * strong.null_high[0]


@pytest.mark.parametrize(("n", "d"), [(300, 8), (20, 30)])
def test_an_axis_is_one_coordinate_and_a_diagonal_all(n, d):
    z = normal(n, d) * 0.01
    z[:, 0] = normal(n, 1, 5)[:, 0]
    assert curves(z).masses[0] == pytest.approx(1, rel=0.01)
    diagonal = normal(n, 1) @ np.ones((1, d)) + 1e-6 * normal(n, d, 3)
    assert curves(diagonal).masses[0] == pytest.approx(d, rel=1e-3)


def test_views_correlate_along_what_they_share_and_not_along_noise():
    signal = 3 * normal(2000, 2)
    z = np.hstack([signal, normal(2000, 3, 1)]) + 5
    w = np.hstack([signal, normal(2000, 3, 2)]) - 7
    shared = np.array(curves(z, w).shared)
    assert_allclose(shared[:2], 1, atol=0.01)
    assert np.abs(shared[2:]).max() < 4 / np.sqrt(2000)


def test_a_collapsed_view_has_no_direction():
    found = curves(np.ones((9, 3)))
    assert found.masses == found.shared == found.null_low == ()


def test_two_views_are_drawn_with_two_spectra():
    report = diagnose(normal(100, 4), normal(100, 4, 1))
    assert [c.of for c in report.spectra] == ["z", "w"]
    assert all(len(c.shared) == len(c.masses) == 4 for c in report.spectra)
