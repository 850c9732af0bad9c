"""Content as a block: the predictions by regression, codes with known faults; then the headline."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from ssl_theory.experiments import Certificate, Training
from ssl_theory.laboratory import Outcome, content_style
from ssl_theory.laboratory.content_style import CONTENT_STYLE, STYLE, WORLD


def test_style_is_predicted_as_well_as_least_squares_on_content_does():
    latents = WORLD.draw(100_000, seed=0).latents
    content, style = np.c_[np.ones(len(latents)), latents[:, :3]], latents[:, 3:]
    left = style - content @ np.linalg.lstsq(content, style)[0]
    explained = np.mean(1 - left.var(0) / style.var(0))
    assert STYLE.low + STYLE.high == pytest.approx(2 * explained, abs=0.01)


def test_what_was_hardly_trained_is_not_said_to_agree(monkeypatch):
    easily = Certificate(tolerance=1.0)  # any training passes: only the loss can tell
    training = Training(steps=5, batch=64, certificate=easily)
    monkeypatch.setattr(content_style, "TRAINING", training)
    monkeypatch.setattr(content_style, "ITEMS", 600)
    finding = CONTENT_STYLE.conduct(0)
    assert finding.outcome is Outcome.UNCONVERGED
    rows = {row["encoder"]: row for row in finding.table}
    assert min(list(rows["content"].values())[1:3]) > 0.99
    leaky = rows["content and a style"]
    assert leaky["R2 of content"] > 0.98  # this number alone does not notice the leak
    known = (3 + WORLD.bayes_r2[0]) / 4  # of the embedding, what content tells of that style
    assert leaky["R2 of the embedding from content"] == pytest.approx(known, abs=0.02)
    assert all(control.outcome is Outcome.DISAGREES for control in finding.controls)
    assert isinstance(CONTENT_STYLE.draw(finding.curves), Figure)


@pytest.mark.slow  # most of a minute of one core
def test_content_is_found_and_of_style_no_more_than_it_tells():
    finding = CONTENT_STYLE.conduct(0)
    assert finding.outcome is Outcome.AGREES
    (trained,) = (row for row in finding.table if row["encoder"] == "trained")
    assert trained["R2 of content"] > 0.98
    assert abs(trained["R2 of style"] - WORLD.bayes_r2.mean()) < 0.05
