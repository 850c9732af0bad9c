"""Labels say who may be a partner, and the density is averaged over them."""

import pytest
import torch
from hypothesis import given

from ssl_theory.alignment import Gaussian, Labelled
from ssl_theory.checks.strategies import pairs
from ssl_theory.symmetries import Symmetry


@given(pair=pairs())
def test_labels_that_all_differ_leave_the_model(pair):
    z, w = pair
    labelled = Labelled(Gaussian(0.3), tuple(range(len(z))))
    expected = Gaussian(0.3).log_density(w, given=z)
    torch.testing.assert_close(labelled.log_density(w, given=z), expected)


def test_one_label_averages_over_every_other_embedding():
    z, w = torch.tensor([[[0.0], [1.0]], [[0.5], [3.0]]], dtype=torch.float64)
    found = Labelled(Gaussian(0.5), (7, 7)).log_density(w, given=z)
    # Squared distances of 0.5 to 0, 1 and 3, and of 3 to 0, 1 and 0.5; variance one half.
    squares = torch.tensor([0.25 + 0.25 + 6.25, 9 + 4 + 6.25], dtype=torch.float64)
    expected = -squares / 3 - 0.5 * torch.log(torch.tensor(torch.pi, dtype=torch.float64))
    torch.testing.assert_close(found, expected)


def test_relabelling_changes_nothing_and_reordering_does():
    z, w = torch.randn(2, 4, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    one, other = (Labelled(Gaussian(), labels) for labels in ((0, 0, 1, 2), (9, 9, 5, 4)))
    torch.testing.assert_close(one.log_density(w, given=z), other.log_density(w, given=z))
    assert Symmetry.REORDERING not in one.symmetries


def test_a_batch_of_another_size_is_an_error_with_a_remedy():
    z = torch.zeros(3, 2)
    message = "`labels` must name the kind of each of 3 items, got 2. Make the objective anew"
    with pytest.raises(ValueError, match=message):
        Labelled(Gaussian(), (0, 1)).log_density(z, given=z)
