"""Radford et al. (2021): the loss of the paper's figure 3, in numpy."""

import numpy as np
import pytest
from hypothesis import given
from scipy.special import log_softmax

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import clip
from tests.oracles.contrastive import CLIP
from tests.oracles.two_views import two_views


@pytest.mark.parametrize("temperature", [0.07, 1.0])
@given(pair=pairs())
def test_it_publishes_the_symmetric_loss_of_figure_3(temperature, pair):
    image, text = (x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair)
    logits = image @ text.T / temperature
    over_rows, over_columns = (-np.diag(log_softmax(logits, axis)).mean() for axis in (0, 1))
    ours = clip(temperature).published(*pair).item()
    assert ours == pytest.approx((over_rows + over_columns) / 2, rel=1e-9, abs=1e-9)


def test_it_is_the_number_of_open_clip():
    assert clip().published(*two_views()).item() == pytest.approx(CLIP, abs=1e-9)
