"""Balestriero and LeCun (2025): prediction of the mean view, and a test along directions."""

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import le_jepa


def _statistic(view, columns):
    # The whole interval, with complex exponentials; the library visits half of it in reals.
    t = np.linspace(-3, 3, 33)
    found = []
    for column in columns:
        law = np.exp(1j * np.outer(t, view @ column)).mean(1)
        gap = np.abs(law - np.exp(-(t**2) / 2)) ** 2
        found.append(len(view) * np.trapezoid(gap * np.exp(-(t**2) / 2), t))
    return np.mean(found)


@pytest.mark.parametrize("trade_off", [0.05, 0.5])
@given(pair=pairs())
def test_it_publishes_the_loss_of_the_authors_example(trade_off, pair):
    views = np.stack([x.numpy() for x in pair])
    drawn = torch.randn(views.shape[-1], 8, generator=torch.Generator().manual_seed(3)).numpy()
    columns = (drawn.astype(float) / np.linalg.norm(drawn.astype(float), axis=0)).T
    prediction = ((views.mean(0) - views) ** 2).mean()
    spread = np.mean([_statistic(view, columns) for view in views])
    expected = (1 - trade_off) * prediction + trade_off * spread
    ours = le_jepa(trade_off, slices=8, seed=3).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)
