"""A watch costs a loop of training little."""

import pytest
import torch

from benchmarks import callback
from ssl_theory.collapse.monitor import Monitor

SECONDS = [(1.0, 2.0), (2.0, 4.0), (9.0, 9.0)]


@pytest.mark.slow
def test_the_watch_takes_less_of_the_time_of_training_than_its_budget():
    cost = callback.measure(1)
    assert len(cost.looks) == len(cost.watched) == len(cost.without) == 1
    assert cost.monitor.probes == 2  # one of them to warm up
    # The ratio of one round is too rough for a verdict; the share is not.
    assert 0 < cost.share(0) <= callback.BUDGET


@pytest.mark.parametrize(("more", "code", "verdict"), [(0.04, 0, "kept"), (0.06, 1, "exceeded")])
def test_the_verdict_is_that_of_the_median_round(more, code, verdict, monkeypatch, capsys):
    watched = [(cpu * (1 + more), wall) for cpu, wall in SECONDS[:2]] + [(90.0, 9.0)]
    cost = callback.Cost(SECONDS, watched, [(0.1, 0.2)] * 3, Monitor())
    assert cost.ratio(0) == pytest.approx(1 + more) and cost.ratio(1) == 1
    assert cost.share(0) == pytest.approx(0.05) and cost.share(1) == pytest.approx(0.05)
    monkeypatch.setattr(callback, "measure", lambda rounds: cost)
    monkeypatch.setattr("sys.argv", ["callback"])
    assert callback.main() == code
    assert capsys.readouterr().out.endswith(f"of CPU seconds: {verdict}\n")


def test_the_model_is_as_large_as_it_says_and_learns():
    torch.manual_seed(0)
    loop = callback.Loop()
    layers = [tuple(p.shape) for p in loop.model.parameters() if p.ndim == 2]
    assert layers == [(1024, 784), (1024, 1024), (256, 1024), (256, 256), (128, 256)]
    before = loop.model[0][0].weight.clone()
    loop.step()
    assert loop.model(loop.items(64)).shape == (64, 128)
    assert not torch.equal(before, loop.model[0][0].weight)
