"""Dinh et al. (2015): the log likelihood of sources behind a flow."""

import pytest
import torch
from scipy import stats

from ssl_theory.objectives import nice
from ssl_theory.uniformity import AdditiveCoupling


@pytest.mark.parametrize("seed", [0, 1])
def test_it_publishes_the_negative_log_likelihood(seed):
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.randn(12, 4, generator=generator, dtype=torch.float64)
    flow = AdditiveCoupling(4, seed)
    # By differences: what each item's coordinates do to its sources.
    step = 1e-5 * torch.eye(4, dtype=torch.float64)
    slopes = (flow(inputs[:, None] + step) - flow(inputs[:, None] - step)) / 2e-5
    volume = torch.linalg.slogdet(slopes.detach()).logabsdet
    sources = flow(inputs)
    likelihood = stats.logistic.logpdf(sources.detach().numpy()).sum(1) + volume.numpy()
    ours = nice(inputs, flow).published(sources, sources).item()
    assert ours == pytest.approx(-likelihood.mean(), rel=1e-9, abs=1e-9)
