"""Each symmetry is a group action on pairs: it moves them, and keeps what it says it keeps."""

import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import generators, pairs
from ssl_theory.symmetries import ISOMETRIES, Symmetry


def distances(z, w):
    return torch.cdist(torch.cat([z, w]), torch.cat([z, w]))


def sorted_distances(z, w):
    return distances(z, w).flatten().sort().values


@given(pairs(), generators())
def test_isometries_keep_every_distance(pair, generator):
    for symmetry in ISOMETRIES:
        moved = symmetry.act(*pair, generator)
        torch.testing.assert_close(sorted_distances(*moved), sorted_distances(*pair))


@given(pairs(), generators())
def test_a_scale_keeps_ratios_of_distances(pair, generator):
    before, after = (sorted_distances(*p) for p in (pair, Symmetry.SCALE.act(*pair, generator)))
    torch.testing.assert_close(after / after.max(), before / before.max())


@given(pairs(), generators())
def test_units_keep_correlations(pair, generator):
    moved = Symmetry.UNITS.act(*pair, generator)
    for before, after in zip(pair, moved, strict=True):
        torch.testing.assert_close(after.T.corrcoef(), before.T.corrcoef())


@given(pairs(), generators())
def test_lengths_keep_directions(pair, generator):
    moved = Symmetry.LENGTHS.act(*pair, generator)
    for before, after in zip(pair, moved, strict=True):
        cosines = torch.nn.functional.cosine_similarity(before, after)
        torch.testing.assert_close(cosines, torch.ones_like(cosines))


@pytest.mark.parametrize("symmetry", Symmetry)
def test_none_of_them_is_the_identity_and_none_writes_into_its_input(symmetry):
    z, w = torch.randn(2, 9, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    before = z.clone(), w.clone()
    moved = symmetry.act(z, w, torch.Generator().manual_seed(2))
    assert torch.equal(z, before[0])
    assert torch.equal(w, before[1])
    assert (moved[0] - z).abs().max() > 1e-3


@pytest.mark.parametrize("symmetry", Symmetry)
def test_the_same_seed_gives_the_same_element(symmetry):
    z, w = torch.randn(2, 9, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    first, second = (symmetry.act(z, w, torch.Generator().manual_seed(7)) for _ in range(2))
    assert torch.equal(first[0], second[0])
    assert torch.equal(first[1], second[1])


@pytest.mark.parametrize("symmetry", [s for s in Symmetry if s is not Symmetry.LENGTHS])
def test_both_views_are_moved_by_the_same_element(symmetry):
    z = torch.randn(9, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    first, second = symmetry.act(z, z.clone(), torch.Generator().manual_seed(3))
    assert torch.equal(first, second)
