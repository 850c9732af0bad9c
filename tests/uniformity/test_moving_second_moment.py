"""A moving second moment repels items from those of the batches before, as far as it remembers."""

import numpy as np
import pytest
import torch
from torch.nn.functional import normalize

from ssl_theory import notation as nt
from ssl_theory.symmetries import Symmetry
from ssl_theory.uniformity import MovingSecondMoment


def batches(count, n=7, d=3):
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(count, n, d, generator=generator, dtype=torch.float64)
    return normalize(noise + torch.tensor([1.0, 0.0, 0.0]), dim=-1)


def test_without_memory_it_is_the_mean_squared_cosine():
    (w,) = batches(1)
    cosines = (w @ w.T).numpy()
    ours = MovingSecondMoment(2.0, memory=0.0).entropy(w, given=w).item()
    assert ours == pytest.approx(-2 * np.mean(cosines**2), abs=1e-12)


def test_with_memory_each_past_item_counts_less_the_older_its_batch():
    old, middle, new = batches(3)
    part = MovingSecondMoment(2.0, memory=0.75).updated(old).updated(middle)
    shares = [0.25 * 0.75**2, 0.25 * 0.75, 0.25]
    expected = sum(
        share * (new @ past.T).square().mean()
        for share, past in zip(shares, (old, middle, new), strict=True)
    )
    torch.testing.assert_close(part.entropy(new, given=new), -2 * expected)


def test_updating_makes_a_new_part_that_holds_no_gradient():
    (w,) = batches(1)
    part = MovingSecondMoment()
    later = part.updated(w.requires_grad_())
    assert part.moment is None and part.dimensions is None
    assert later.dimensions == (3,) and not later.moment.requires_grad
    assert later.memory == part.memory and later.weight == part.weight


def test_gradients_reach_this_batch_through_its_share_of_the_average():
    old, new = batches(2)
    part = MovingSecondMoment(memory=0.9).updated(old)
    assert torch.autograd.gradcheck(lambda w: part.entropy(w, given=w), new.requires_grad_())


@pytest.mark.parametrize("memory", [0.0, 0.9])
def test_the_formula_is_the_code_and_only_a_remembered_past_breaks_rotations(memory):
    old, new = batches(2)
    part = MovingSecondMoment(memory=memory).updated(old)
    paper = nt.evaluate(part.formula(), old.numpy(), new.numpy())
    assert paper == pytest.approx(part.entropy(new, given=old).item(), abs=1e-12)
    turned = Symmetry.ROTATION.act(new, new, torch.Generator().manual_seed(0))[0]
    change = part.entropy(turned, given=turned) - part.entropy(new, given=new)
    assert (abs(change.item()) < 1e-9) == (Symmetry.ROTATION in part.symmetries)


@pytest.mark.parametrize("memory", [-0.1, 1.0])
def test_the_share_of_the_past_is_below_one(memory):
    with pytest.raises(ValueError, match="`memory` must be at least 0 and below 1, got"):
        MovingSecondMoment(memory=memory)
