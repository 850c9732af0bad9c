"""What trips losses elsewhere: one item, equal views, few items, half precision."""

import pytest
import torch

from ssl_theory.checks.samples import drawn
from ssl_theory.objectives import CATALOGUE

OBJECTIVES = [make() for make in CATALOGUE]
each = pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda o: o.name)


@each
def test_one_item_is_refused(objective):
    z, w = (x[:1] for x in drawn(objective))
    with pytest.raises(ValueError, match="`z` must hold at least 2 items, got 1"):
        objective(z, w)


@each
def test_equal_views_have_a_value(objective):
    z, _ = drawn(objective)
    assert all(half.isfinite() for half in objective(z, z))


@each
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_every_precision_has_a_value_and_a_gradient(objective, dtype):
    z, w = (x.to(dtype).requires_grad_() for x in drawn(objective))
    total = objective(z, w).total
    assert total.dtype == (dtype if dtype.itemsize >= 4 else torch.float32)
    gradients = torch.autograd.grad(total, (z, w), allow_unused=True, materialize_grads=True)
    assert all(g.dtype == dtype and g.isfinite().all() for g in gradients)


def complaint_about(objective, z, w) -> str:
    try:
        assert all(half.isfinite() for half in objective(z, w))
    except ValueError as error:
        return str(error)
    return ""


@each
def test_fewer_items_than_dimensions_have_a_value_or_an_error_with_a_remedy(objective):
    n, d = objective.nearest_size(3, 12)
    z, w = torch.randn(2, n, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    if complaint := complaint_about(objective, z, w):
        assert " must " in complaint and f", got {n}" in complaint
        wanted, remedy = complaint.split(", got ")[0], complaint.split(". ")[-1]
        assert "items" in wanted and remedy.split(" ")[0] in {"Give", "Use"}
