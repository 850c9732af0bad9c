"""Films of a dot, followed by a filter: the pieces, and what is found."""

import numpy as np
import pytest
from scipy.stats import norm

from ssl_theory.laboratory.experiment import Outcome
from ssl_theory.laboratory.kalman_matching import (
    CIRCLE,
    KALMAN_CIRCLE,
    KALMAN_SQUARE,
    SQUARE,
    Films,
    baselines,
    higher_harmonics,
    predictions,
)


def test_no_even_turn_follows_the_higher_harmonics_of_a_square():
    beyond = higher_harmonics(SQUARE)
    share = np.square(beyond).mean() / SQUARE.covariance[0, 0]
    assert share == pytest.approx(1 - SQUARE.first_harmonic_share, rel=1e-3)
    spectrum = np.abs(np.fft.rfft(beyond)) / len(beyond)
    assert spectrum[1] < 1e-12
    assert spectrum[3] == pytest.approx(8 * 2 * np.sin(3 * np.pi / 4) / (3 * np.pi) ** 2, rel=1e-3)
    assert not higher_harmonics(CIRCLE).any()


def test_the_angle_decides_between_a_turn_and_the_best_step_without_memory():
    angle = predictions(SQUARE)[1]
    assert angle.low < 2 * np.pi / 20 < angle.high
    assert angle.low - np.angle(SQUARE.eigenvalues[1]) > 0.004


def test_the_circle_shrinks_a_step_as_its_process_says():
    length = predictions(CIRCLE)[3]
    assert length.low < np.abs(CIRCLE.eigenvalues[1]) < length.high
    assert predictions(CIRCLE)[0].high == 1


def test_films_to_look_at_share_no_path_with_those_the_readout_is_fitted_to():
    films = Films.of(CIRCLE, seed=0)
    assert films.fit.x.shape == films.test.x.shape == (200, 100, 100)
    starts = {tuple(f.latents[i, 0]) for f in films for i in range(200)}
    assert len(starts) == 600
    assert films.fitful.auxiliary["pixel_noise"].std() > 0.09
    assert films.test.auxiliary["pixel_noise"].std() < 1e-12


def test_an_untrained_encoder_loses_the_place_and_principal_components_keep_most_of_it():
    """By symmetry the components of a turning dot are its first harmonic."""
    untrained, components = baselines(Films.of(CIRCLE, seed=0), seed=0)
    assert untrained["R2 of ten moments"] < 0.7
    assert 0.9 < components["R2 of ten moments"] < 0.97


def test_the_figure_has_a_panel_for_each_form():
    found = np.zeros((80, 2))
    curves = {"moment": np.arange(80), "truth": found}
    for form in ("stop-gradient", "neighbours"):
        curves |= {f"{form} found": found, f"{form} band": found + 1}
    figure = KALMAN_CIRCLE.draw(curves)
    assert [axes.get_title() for axes in figure.axes] == ["stop-gradient", "neighbours"]


def _wrong(finding):
    assert {control.outcome for control in finding.controls} == {Outcome.DISAGREES}, str(finding)
    return {m.prediction.name: m.value for m in finding.measured if m.outcome is not Outcome.AGREES}


@pytest.mark.slow  # 3 minutes of one core
def test_on_a_circle_films_alone_teach_a_filter_where_the_dot_is_and_how_surely():
    finding = KALMAN_CIRCLE.conduct(0)
    assert not _wrong(finding), str(finding)
    narrowed = [c.value for c in finding.controls if "neighbours, a quarter" in c.prediction.name]
    assert narrowed == [pytest.approx(2 * norm.cdf(1.96 / 2) - 1, abs=0.02)]


@pytest.mark.slow  # 3 minutes of one core
def test_on_a_square_the_filter_turns_evenly_and_not_as_the_best_step_from_place_to_place():
    """One number was wrong, .977: by stop-gradient misfits pass for noise, and the band is wide."""
    wrong = _wrong(KALMAN_SQUARE.conduct(0))
    assert 0.97 < wrong.pop("stop-gradient: coverage of the 95 % band", 0.977) < 0.99
    assert not wrong
