"""Yu et al. (2020): the coding rate of all items less that of each class."""

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import mcr2


@pytest.mark.parametrize("distortion", [0.5, 0.1])
@given(pair=pairs())
def test_it_publishes_minus_the_rate_reduction_with_a_class_for_each_pair(distortion, pair):
    views = [x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair]
    features = np.vstack(views).T
    (d, m), n = features.shape, len(views[0])
    members = np.vstack([np.eye(n), np.eye(n)])  # of item, of class
    eye = np.eye(d)
    expanded = np.linalg.slogdet(eye + d / (m * distortion) * features @ features.T).logabsdet / 2
    compressed = 0
    for share in members.T:
        own = d / (share.sum() * distortion) * features @ np.diag(share) @ features.T
        compressed += share.sum() / (2 * m) * np.linalg.slogdet(eye + own).logabsdet
    ours = mcr2(distortion).published(*pair).item()
    assert ours == pytest.approx(compressed - expanded, rel=1e-9, abs=1e-9)
