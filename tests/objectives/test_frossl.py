"""Skean et al. (2024): logarithms of Frobenius norms."""

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import frossl
from tests.oracles.second_order import FROSSL
from tests.oracles.two_views import two_views


def loss(views, weight):
    """The sum over views of a log norm and a distance from the mean of the views."""
    mean, total = np.mean(views, axis=0), 0
    for view in views:
        moment = view @ view.T
        total += 2 * np.log(np.linalg.norm(moment / np.trace(moment)))
        total += weight * np.mean((view - mean) ** 2)
    return total


@pytest.mark.parametrize("weight", [1.0, 4.0])
@given(pair=pairs())
def test_it_publishes_the_loss_of_the_authors_multi_view_code(weight, pair):
    views = [x.numpy() for x in pair]
    d = views[0].shape[1]
    expected = loss([np.sqrt(d) * x / np.linalg.norm(x, axis=1)[:, None] for x in views], weight)
    ours = frossl(weight).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_lightly_normalises_axes_and_not_items():
    views = [x.numpy() / np.linalg.norm(x.numpy(), axis=0) for x in two_views()]
    # Its distances are multiplied by the number of views and of axes.
    assert loss(views, 2 * 32) == pytest.approx(FROSSL, abs=1e-9)
    assert abs(frossl().published(*two_views()).item() - FROSSL) > 1
