"""Kuang et al. (2026): invariance, and one-dimensional transport to a sparse sample."""

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import rectified_lp_jepa
from ssl_theory.uniformity.sliced_epps_pulley import directions
from ssl_theory.uniformity.sliced_wasserstein import rectified_sample


@given(pair=pairs())
def test_it_publishes_the_loss_of_the_authors_example(pair):
    views = [x.numpy() for x in pair]
    n, d = views[0].shape
    target = rectified_sample(n, d, 1.0, 0.0, seed=0).numpy()
    columns = directions(d, 256, 0).numpy().T
    # The authors' loop: project, sort, subtract, square, average.
    carried = [
        np.mean([(np.sort(view @ a) - np.sort(target @ a)) ** 2 for a in columns]) for view in views
    ]
    expected = 25 * ((views[0] - views[1]) ** 2).mean() + 250 * np.mean(carried)
    ours = rectified_lp_jepa().published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)
