"""The entropy of the mean code: how many codes a batch uses, not how sure it is of each."""

import math

import pytest
import torch
from hypothesis import given
from scipy.special import softmax
from scipy.stats import entropy

from ssl_theory.checks.strategies import embeddings
from ssl_theory.uniformity import MeanEntropy


@given(embeddings(min_dimension=2))
def test_it_is_scipys_entropy_of_the_mean_softmax(z):
    expected = entropy(softmax(z.numpy() / 0.3, axis=1).mean(0))
    ours = MeanEntropy(0.3).entropy(z, given=z).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("codes", [1, 2, 4])
def test_it_counts_the_codes_that_are_equally_used(codes):
    sure = 50 * torch.eye(4, dtype=torch.float64)[torch.arange(8) % codes]
    assert MeanEntropy(1.0).entropy(sure, given=sure).item() == pytest.approx(math.log(codes))


def test_it_cannot_tell_sure_items_of_all_codes_from_unsure_ones():
    sure, unsure = 50 * torch.eye(4, dtype=torch.float64), torch.zeros(4, 4, dtype=torch.float64)
    part = MeanEntropy(1.0)
    torch.testing.assert_close(part.entropy(sure, given=sure), part.entropy(unsure, given=unsure))


def test_it_underestimates_by_half_a_degree_of_freedom_per_item():
    # Miller and Madow: the plug-in entropy of n draws of d codes is (d - 1) / (2 n) too low.
    n, d, batches = 200, 4, 2000
    generator = torch.Generator().manual_seed(0)
    draws = torch.randint(0, d, (batches, n), generator=generator)
    sure = 50 * torch.eye(d, dtype=torch.float64)[draws]
    part = MeanEntropy(1.0)
    found = torch.stack([part.entropy(z, given=z) for z in sure])
    error = found.std().item() / batches**0.5
    assert error < 2e-4
    assert found.mean().item() == pytest.approx(math.log(d) - (d - 1) / (2 * n), abs=5 * error)


def test_a_code_that_nobody_uses_has_a_finite_gradient():
    z = torch.tensor([[0.0, -1e6], [0.0, -1e6]], requires_grad=True)
    MeanEntropy(0.1).entropy(z, given=z).backward()
    assert z.grad.isfinite().all()


def test_it_says_which_temperature_it_wants():
    with pytest.raises(ValueError, match=r"`temperature` must be positive, got 0\.0"):
        MeanEntropy(0.0)
