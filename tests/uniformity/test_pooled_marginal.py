"""Both views together smooth the law; only the partner makes a small batch optimistic."""

import math

import pytest
import torch

from ssl_theory.alignment import Gaussian
from ssl_theory.uniformity import ModelMarginal, PooledMarginal
from tests.uniformity.laws import normal


@pytest.mark.parametrize("items", [4, 50])
def test_without_the_partner_a_gaussian_is_never_below_its_entropy(items):
    # Views that nearly coincide: the partner's density is huge, and says nothing of the law.
    generator = torch.Generator().manual_seed(0)
    without, with_partner = [], []
    for _ in range(200):
        z = normal(items, 2, generator)
        w = z + 0.01 * normal(items, 2, generator)
        without.append(PooledMarginal(Gaussian(0.05), partner=False).entropy(w, given=z))
        with_partner.append(PooledMarginal(Gaussian(0.05)).entropy(w, given=z))
    entropy = math.log(2 * math.pi * math.e)
    found = torch.stack(without)
    error = found.std().item() / math.sqrt(len(found))
    assert found.mean().item() > entropy - 5 * error
    if items == 4:
        assert torch.stack(with_partner).mean().item() < entropy - 0.5


def test_a_large_batch_does_not_see_which_view_it_is_smoothed_by():
    generator = torch.Generator().manual_seed(0)
    z, w = normal(1000, 1, generator), normal(1000, 1, generator)
    one, pooled = (
        part(Gaussian(0.5)).entropy(w, given=z) for part in (ModelMarginal, PooledMarginal)
    )
    # Each mean of n densities of relative deviation below one is off by less than 1 / sqrt(n).
    assert abs((one - pooled).item()) < 5 / math.sqrt(1000)
    assert pooled.item() == pytest.approx(math.log(2 * math.pi * 1.5) / 2 + 1 / 3, abs=0.1)


def test_a_far_apart_batch_knows_only_its_partners():
    w = 1e6 * torch.arange(4, dtype=torch.float64)[:, None]
    found = PooledMarginal(Gaussian(1.0)).entropy(w, given=w).item()
    assert found == pytest.approx(math.log(7) + math.log(2 * math.pi) / 2, abs=1e-9)
