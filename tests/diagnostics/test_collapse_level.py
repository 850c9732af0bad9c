"""lightly's level hears a collapse to a point, and to few axes, but not to few directions."""

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.collapse_level import collapse_level
from ssl_theory.diagnostics.rank import effective_rank


@given(embeddings(min_dimension=2))
def test_it_is_the_tutorials_with_torchs_deviations(z):
    deviation = torch.nn.functional.normalize(z).std(0).mean().item()
    assert collapse_level(z) == pytest.approx(max(0, 1 - z.shape[1] ** 0.5 * deviation))


def test_half_the_dimensions_go_unheard():
    generator = np.random.default_rng(0)
    z = generator.standard_normal((2000, 64)) * (np.arange(64) < 32)
    turned = z @ np.linalg.qr(generator.standard_normal((64, 64)))[0]
    assert effective_rank(turned) < 33
    assert collapse_level(turned) < 0.05
    assert collapse_level(z) == pytest.approx(1 - 0.5**0.5, abs=0.02)  # it hears dead coordinates
    assert collapse_level(z + 10) > 0.5  # and a common direction


def test_uniform_directions_are_at_the_bottom():
    # At most the root of a mean square, which is 1 of uniform directions: never above by much.
    levels = [
        collapse_level(np.random.default_rng(s).standard_normal((500, 16))) for s in range(20)
    ]
    assert max(levels) < 0.01
