"""Hu et al. (2023): cross-entropy of a Student-t similarity."""

import pytest
import torch
from hypothesis import given
from torch.nn.functional import nll_loss

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import t_moco


def _cross_entropy(queries, keys, degrees, temperature):
    # The authors' route: powers of similarities, normalised, and only then the logarithm.
    squares = queries.square().sum(1)[:, None] + keys.square().sum(1) - 2 * queries @ keys.T
    similarity = (1 + squares / temperature / degrees) ** -(degrees / 2 + 1 / 2)
    share = similarity / similarity.sum(1, keepdim=True)
    return nll_loss(share.log(), torch.arange(len(queries)))


@pytest.mark.parametrize(("degrees", "temperature"), [(5.0, 0.2), (10.0, 5.0)])
@given(pair=pairs())
def test_it_publishes_the_authors_cross_entropy(degrees, temperature, pair):
    z, w = pair
    both = (_cross_entropy(a, b, degrees, temperature) for a, b in ((z, w), (w, z)))
    expected = sum(both) / 2
    ours = t_moco(degrees, temperature).published(z, w)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)
