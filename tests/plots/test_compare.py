"""What is drawn is what was predicted, in colours that stay with their names."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ssl_theory.linear_theory import filters, optimum, pencil
from ssl_theory.objectives import (
    barlow_twins,
    gaussian_infomax,
    spectral_contrastive,
    vicreg,
    w_mse,
)
from ssl_theory.plots import compare, comparison, draw_prediction, svg
from ssl_theory.plots.style import PALETTE, colours

SIGNAL = np.array([4.0, 1.0, 0.25])
PAIR = pencil(np.diag(SIGNAL + 1), np.diag(SIGNAL))


def test_signal_in_white_noise_makes_infomax_pca_and_leaves_whitening_flat():
    columns = comparison([gaussian_infomax(0.1), w_mse(), spectral_contrastive()], PAIR)
    assert_allclose(columns["variance"], SIGNAL + 1)
    assert_allclose(columns["gaussian_infomax"], 0.1 * (SIGNAL + 1))  # the power 1 of the variance
    assert_allclose(columns["w_mse"], 1)  # the power 0, which is beta = 1 and not -1
    assert_allclose(columns["spectral_contrastive"], SIGNAL / (SIGNAL + 1))


def test_small_redundancy_weights_of_barlow_twins_lose_directions():
    few = comparison([barlow_twins(0.005)], PAIR)["barlow_twins"]
    many = comparison([barlow_twins(10.0)], PAIR)["barlow_twins"]
    assert few[0] == pytest.approx(3)  # three standardised outputs, all the first direction
    assert (many > 0.3).all()


def test_lines_carry_the_numbers_and_both_axes_their_words():
    figure = compare([gaussian_infomax(), filters.coding_rate(0.1, 0.15)], PAIR)
    left, right = figure.axes
    drawn = [line.get_ydata() for line in left.lines]
    expected = optimum(filters.coding_rate(0.1, 0.15), PAIR.covariance, PAIR.cross_covariance)
    shares = expected.strengths / expected.strengths.max()
    assert_allclose(drawn[1], shares[::-1])
    assert left.get_xlabel() == "canonical autocorrelation ρ of the direction"
    names = {text.get_text() for text in left.texts}
    assert names == {"gaussian_infomax", "coding_rate"}
    guides = {text.get_text() for text in right.texts}
    assert guides == {"β = 1, whitening", "β = 0, PCA", "β = −1"}
    lost = expected.strengths == 0
    assert lost.any() and len(right.lines[-1].get_xdata()) == (~lost).sum()


@pytest.mark.parametrize("make", [gaussian_infomax, spectral_contrastive, vicreg])
def test_a_prediction_is_drawn_as_its_filter_and_its_spectrum(make):
    best = optimum(make(), [0.9, 0.5, -0.2], starts=1)
    figure = draw_prediction(best)
    left, right = figure.axes
    heights = [bar.get_height() for bar in right.patches]
    assert_allclose(heights, best.spectrum)
    assert_allclose(left.lines[-1].get_ydata(), best.strengths)
    assert ("lost below 0" in [t.get_text() for t in left.texts]) == (make is spectral_contrastive)


def test_the_same_picture_has_the_same_bytes():
    once, twice = (svg(compare([w_mse(), gaussian_infomax()], PAIR)) for _ in range(2))
    assert once == twice
    assert once.startswith(b"<?xml")


def test_a_name_keeps_its_colour_in_any_company():
    alone, together = colours(["info_nce"]), colours(["w_mse", "dino", "info_nce", "vicreg"])
    assert alone["info_nce"] == together["info_nce"]
    assert len(set(together.values())) == 4
    with pytest.raises(ValueError, match="`names` must be at most 7, got 8: more colours are not"):
        colours([str(k) for k in range(len(PALETTE) + 1)])
