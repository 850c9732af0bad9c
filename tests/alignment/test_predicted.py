"""A learned prediction moves the centre of a density and nothing else."""

import pytest
import torch
from hypothesis import given
from torch import nn

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian, Perceptron, Predicted, VonMisesFisher
from ssl_theory.checks.strategies import pairs


@given(pairs())
def test_a_predictor_that_changes_nothing_changes_no_density(pair):
    z, w = pair
    plain = Predicted(Gaussian(0.3), nn.Identity()).log_density(w, given=z)
    assert torch.equal(plain, Gaussian(0.3).log_density(w, given=z))
    sphere = VonMisesFisher(2.0)
    headings = (sphere.space.project(x) for x in (w, z))
    expected = sphere.log_density(next(headings), given=next(headings))
    assert torch.equal(Predicted(sphere, nn.Identity()).log_density(w, given=z), expected)


@given(pairs(dimensions=[3]))
def test_a_shift_of_the_prediction_is_a_shift_of_the_target(pair):
    z, w = pair
    predictor = nn.Linear(3, 3, dtype=torch.float64)
    with torch.no_grad():
        predictor.weight.copy_(torch.eye(3))
        predictor.bias.fill_(0.7)
    ours = Predicted(Gaussian(0.3), predictor).log_density(w, given=z)
    torch.testing.assert_close(ours, Gaussian(0.3).log_density(w - 0.7, given=z))


def test_the_predictor_computes_in_its_own_precision_and_answers_in_that_of_the_views():
    z = torch.randn(4, 3, generator=torch.Generator().manual_seed(0))
    model = Predicted(Gaussian(), Perceptron(3))
    assert model.answer(z).dtype == torch.float32
    torch.testing.assert_close(model.answer(z).double(), model.answer(z.double()))


def test_a_perceptron_is_drawn_from_its_seed_and_from_nothing_else():
    before = torch.get_rng_state()
    same, again, other = Perceptron(3, seed=1), Perceptron(3, seed=1), Perceptron(3, seed=2)
    assert torch.equal(before, torch.get_rng_state())
    assert all(
        torch.equal(p, q) for p, q in zip(same.parameters(), again.parameters(), strict=True)
    )
    assert not torch.equal(same.inner, other.inner)


def test_a_perceptron_is_a_rectified_layer_and_a_linear_one():
    ours = Perceptron(3, hidden=5)
    layers = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 3)).double()
    for mine, theirs in zip(ours.parameters(), layers.parameters(), strict=True):
        theirs.data.copy_(mine)
    z = torch.randn(9, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    torch.testing.assert_close(ours(z), layers(z))


@pytest.mark.parametrize("model", [Gaussian(), VonMisesFisher()])
def test_the_prediction_stays_a_letter_on_paper(model):
    formula = Predicted(model, nn.Identity()).formula((nt.w, nt.i), given=(nt.z, nt.i))
    assert r"h\left(z\right)" in nt.latex(formula)
