"""Caron et al. (2021): a student predicts a teacher that is centred and sharpened."""

import torch
from hypothesis import given
from torch.nn.functional import cross_entropy, normalize

from ssl_theory.checks import conformance
from ssl_theory.checks.strategies import pairs
from ssl_theory.codes import Directions, Softmax
from ssl_theory.objectives import dino


@given(pairs())
def test_it_publishes_the_cross_entropy_of_centred_and_sharpened_targets(pair):
    student, teacher = pair
    target = Softmax(0.04).updated(teacher, momentum=0.3)
    expected = cross_entropy(student / 0.1, ((teacher - 0.7 * teacher.mean(0)) / 0.04).softmax(1))
    ours = dino(target=target).published(student, teacher)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


def test_its_gradient_is_that_of_a_loss_whose_teacher_is_detached():
    views = torch.randn(2, 8, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    student, teacher = (x.requires_grad_() for x in views.unbind())
    loss = cross_entropy(student / 0.1, (teacher.detach() / 0.04).softmax(1))
    (expected,) = torch.autograd.grad(loss, student)
    ours, still = torch.autograd.grad(dino()(student, teacher).total, (student, teacher))
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-12)
    torch.testing.assert_close(still, torch.zeros_like(still), rtol=0, atol=1e-12)


def test_a_student_that_agrees_feels_nothing():
    # At equal temperatures the field is p - q, which vanishes where they agree.
    z = torch.randn(8, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    student = z.clone().requires_grad_()
    dino(0.1, Softmax(0.1))(student, z).total.backward()
    torch.testing.assert_close(student.grad, torch.zeros_like(z), rtol=0, atol=1e-12)


def test_a_centre_fixes_the_number_of_codes_and_meets_every_obligation():
    target = Softmax(0.04, torch.tensor([0.3, -1.0, 0.5, 0.0], dtype=torch.float64))
    objective = dino(target=target)
    assert objective.dimensions == (4,)
    for check in conformance(objective):
        check.run()


def test_prototypes_turn_embeddings_into_the_scores_of_student_and_teacher():
    learned = Directions(dimension=3, codes=5, seed=1)
    views = torch.randn(2, 8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z, w = (x.requires_grad_() for x in views.unbind())
    student, teacher = (normalize(x) @ normalize(learned.weight).T for x in (z, w))
    expected = cross_entropy(student / 0.1, (teacher.detach() / 0.04).softmax(1))
    objective = dino(prototypes=learned)
    torch.testing.assert_close(objective.published(z, w), expected, rtol=1e-9, atol=1e-9)
    ours = torch.autograd.grad(objective(z, w).total, (z, learned.weight))
    torch.testing.assert_close(ours, torch.autograd.grad(expected, (z, learned.weight)))
    for check in conformance(objective):
        check.run()
