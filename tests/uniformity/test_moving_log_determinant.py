"""A moving log determinant is that of the batch, softened by what was seen before."""

import math

import numpy as np
import pytest
import torch

from ssl_theory import notation as nt
from ssl_theory.symmetries import Symmetry
from ssl_theory.uniformity import GaussianLogDeterminant, MovingLogDeterminant
from tests.uniformity.laws import LAWS, estimates


def batches(count, n=9, d=3):
    generator = torch.Generator().manual_seed(0)
    return 1.0 + torch.randn(count, n, d, generator=generator, dtype=torch.float64)


def test_without_memory_it_is_the_log_determinant():
    (w,) = batches(1)
    constant = 3 / 2 * math.log(2 * math.pi * math.e)
    ours = MovingLogDeterminant(memory=0.0, floor=0.0).entropy(w, given=w).item()
    expected = GaussianLogDeterminant().entropy(w, given=w).item() - constant
    assert ours == pytest.approx(expected, abs=1e-12)


def test_a_long_memory_settles_on_the_law():
    law, d = LAWS["gaussian 2"], 2
    generator = torch.Generator().manual_seed(0)
    part = MovingLogDeterminant(memory=0.9, floor=0.0)
    for _ in range(200):
        part = part.updated(law.draw(200, generator), law.draw(200, generator))
    expected = law.entropy - d / 2 * math.log(2 * math.pi * math.e)
    found = estimates(part, law, items=200, batches=10)
    # The average holds about 19 batches of both views: 7600 items, so that its log determinant
    # strays by sqrt(d / 7600), half of that as an entropy is sqrt(d / 2 / 7600).
    error = math.sqrt(d / 2 / 7600)
    assert error < 0.02
    assert abs(found.mean().item() - expected) < 5 * error


def test_fewer_items_than_dimensions_will_do_while_the_past_fills_the_rest():
    w = batches(1, n=2, d=5)[0]
    past = np.eye(5) * 0.5
    deviations = w.numpy() - 0.5 * w.numpy().mean(0)
    covariance = past + 0.5 * deviations.T @ deviations / 2
    expected = np.linalg.slogdet(covariance + 0.1 * np.eye(5)).logabsdet / 2
    ours = MovingLogDeterminant(memory=0.5, floor=0.1).entropy(w, given=w).item()
    assert ours == pytest.approx(expected, abs=1e-12)


def test_updating_makes_a_new_part_that_holds_no_gradient():
    z, w = batches(2)
    part = MovingLogDeterminant(memory=0.3)
    later = part.updated(z.requires_grad_(), w)
    assert part.mean is None and part.dimensions is None and later.dimensions == (3,)
    assert not later.mean.requires_grad and not later.covariance.requires_grad
    torch.testing.assert_close(later.mean, 0.7 * torch.cat([z, w]).mean(0))


@pytest.mark.parametrize("memory", [0.0, 0.4])
def test_the_formula_is_the_code_and_only_a_remembered_past_breaks_translations(memory):
    z, w, new = batches(3)
    part = MovingLogDeterminant(memory=memory).updated(z, w)
    paper = nt.evaluate(part.formula(), z.numpy(), new.numpy())
    assert paper == pytest.approx(part.entropy(new, given=z).item(), abs=1e-12)
    change = part.entropy(new + 1, given=z) - part.entropy(new, given=z)
    assert (abs(change.item()) < 1e-9) == (Symmetry.TRANSLATION in part.symmetries)


@pytest.mark.parametrize("memory", [-0.1, 1.0])
def test_the_share_of_the_past_is_below_one(memory):
    with pytest.raises(ValueError, match="`memory` must be at least 0 and below 1, got"):
        MovingLogDeterminant(memory=memory)


def test_a_past_is_a_mean_and_a_covariance():
    with pytest.raises(ValueError, match="`mean` and `covariance` must be given together"):
        MovingLogDeterminant(mean=torch.zeros(3))
