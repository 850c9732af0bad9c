"""Mordacq et al. (2025): invariance, and on each view a tree and a sphere."""

import numpy as np
import pytest
from hypothesis import given
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import pdist, squareform

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import t_regs


@given(pair=pairs())
def test_it_publishes_invariance_less_two_trees_and_two_spheres(pair):
    z, w = (x.numpy() for x in pair)
    n = len(z)
    expected = 10 * ((z - w) ** 2).sum() / n
    for view in (z, w):
        expected -= 0.2 * minimum_spanning_tree(squareform(pdist(view))).sum() / n
        expected += 0.7 * ((np.linalg.norm(view, axis=1) - 1) ** 2).sum() / n
    ours = t_regs(invariance=10.0, length=0.2, sphere=0.7).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)
