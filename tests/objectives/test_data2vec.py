"""Baevski et al. (2022): regress contextual targets with a smooth absolute error."""

import pytest
import torch
from hypothesis import given
from torch.nn.functional import smooth_l1_loss

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import data2vec


@pytest.mark.parametrize("threshold", [0.5, 2.0])
@given(pair=pairs())
def test_it_publishes_torchs_smooth_l1(threshold, pair):
    student, teacher = pair
    expected = smooth_l1_loss(student, teacher, reduction="sum", beta=threshold) / len(student)
    ours = data2vec(threshold).published(student, teacher)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


@given(pairs())
def test_the_authors_code_scales_by_the_root_of_the_dimension(pair):
    # Its scale is 1 / sqrt(d) of a sum over d, which is sqrt(d) times torch's own mean.
    student, teacher = pair
    d = student.shape[1]
    scaled = d**0.5 * smooth_l1_loss(student, teacher, beta=2.0)
    ours = data2vec().published(student, teacher) / d**0.5
    torch.testing.assert_close(ours, scaled, rtol=1e-9, atol=1e-9)


def test_only_the_student_moves():
    views = torch.randn(2, 8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    student, teacher = (x.requires_grad_() for x in views.unbind())
    loss = smooth_l1_loss(student, teacher.detach(), reduction="sum", beta=2.0) / 8
    (expected,) = torch.autograd.grad(loss, student)
    ours, still = torch.autograd.grad(data2vec()(student, teacher).total, (student, teacher))
    torch.testing.assert_close(ours, expected)
    torch.testing.assert_close(still, torch.zeros_like(still), rtol=0, atol=1e-15)
