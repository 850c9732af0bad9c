"""Li, Chen, LeCun and Sommer (2022): total coding rate with a cosine."""

import numpy as np
import pytest
from hypothesis import given
from torch.nn.functional import cosine_similarity

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import tcr


@pytest.mark.parametrize("weight", [100.0, 2.0])
@given(pair=pairs())
def test_it_publishes_the_loss_of_the_authors_code(weight, pair):
    expected = -weight * cosine_similarity(*pair).mean().item()
    for view in pair:
        rows = view.numpy() / np.linalg.norm(view.numpy(), axis=1, keepdims=True)
        n, d = rows.shape
        expected -= np.linalg.slogdet(np.eye(n) + d / (n * 0.5) * rows @ rows.T).logabsdet / 4
    ours = tcr(weight, 0.5).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)
