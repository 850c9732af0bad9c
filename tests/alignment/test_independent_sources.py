"""Independent sources: a law of one view, which the other has no part in."""

import pytest
import torch

from ssl_theory.alignment import (
    Gaussian,
    GeneralisedNormal,
    IndependentSources,
    Logistic,
    VonMisesFisher,
)
from ssl_theory.symmetries import Symmetry


@pytest.mark.parametrize("law", [Gaussian(0.5), GeneralisedNormal(0.7, 4.0), Logistic(0.7)])
def test_the_density_is_the_law_at_the_origin_whatever_is_given(law):
    z, w = torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    ours = IndependentSources(law).log_density(w, given=z)
    torch.testing.assert_close(ours, law.log_density(w, given=torch.zeros(3, dtype=z.dtype)))


def test_axes_are_independent():
    w = torch.randn(6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    model = IndependentSources(Logistic(0.7))
    alone = [model.log_density(w[:, [axis]], given=w[:, [axis]]) for axis in range(3)]
    torch.testing.assert_close(model.log_density(w, given=w), sum(alone))


def test_all_pairs_broadcast():
    z, w = torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    pairs = IndependentSources(Logistic()).log_density(w[:, None], given=z[None, :])
    assert pairs.shape == (6, 6)
    assert torch.equal(pairs, pairs[:, :1].expand(6, 6))


def test_only_gaussian_sources_can_be_rotated_unnoticed():
    laws = [Gaussian(), GeneralisedNormal(1.0, 1.0), GeneralisedNormal(1.0, 4.0), Logistic()]
    hidden = [Symmetry.ROTATION in IndependentSources(law).symmetries for law in laws]
    assert hidden == [True, False, False, False]


def test_a_law_that_has_no_origin_is_refused():
    with pytest.raises(ValueError, match=r"`law` must be on Euclidean\(\), got Sphere\(\).*Use a"):
        IndependentSources(VonMisesFisher())
