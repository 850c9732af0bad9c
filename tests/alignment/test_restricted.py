"""A restricted model is the model, of embeddings that have been moved."""

import torch
from hypothesis import given
from torch.nn.functional import normalize

from ssl_theory.alignment import Gaussian, Restricted, VonMisesFisher
from ssl_theory.batch_spaces import Standardised, Whitened
from ssl_theory.checks.strategies import pairs
from ssl_theory.symmetries import ISOMETRIES, Symmetry


@given(pairs())
def test_the_density_is_the_models_on_its_own_space(pair):
    z, w = (Whitened().project(x) for x in pair)
    cosine = Restricted(VonMisesFisher(3.0), Whitened()).log_density(w, given=z)
    expected = VonMisesFisher(3.0).log_density(normalize(w), given=normalize(z))
    torch.testing.assert_close(cosine, expected)
    plain = Restricted(Gaussian(0.5), Whitened()).log_density(w, given=z)
    torch.testing.assert_close(plain, Gaussian(0.5).log_density(w, given=z))


def test_a_symmetry_survives_if_it_commutes_with_the_restriction():
    assert Restricted(Gaussian(), Standardised()).symmetries == {
        Symmetry.REORDERING,
        Symmetry.AXES,
    }
    assert Restricted(Gaussian(), Whitened()).symmetries == {Symmetry.REORDERING} < ISOMETRIES
