"""Skean et al. (2024): logarithms of Frobenius norms."""

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import frossl


@pytest.mark.parametrize("weight", [1.0, 4.0])
@given(pair=pairs())
def test_it_publishes_the_sum_over_views_of_the_authors_code(weight, pair):
    d = pair[0].shape[1]
    views = [x.numpy() for x in pair]
    views = [np.sqrt(d) * x / np.linalg.norm(x, axis=1, keepdims=True) for x in views]
    mean = np.mean(views, axis=0)
    expected = 0
    for view in views:
        moment = view @ view.T
        expected += 2 * np.log(np.linalg.norm(moment / np.trace(moment)))
        expected += weight * np.mean((view - mean) ** 2)
    ours = frossl(weight).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)
