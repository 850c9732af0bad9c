"""The cost model counts what a step does, and prefers what is cheaper."""

import itertools

import pytest
import torch

from ssl_theory.experiments import Training
from ssl_theory.experiments.cost import ROOM, Work, best_together, seconds, traced
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.experiments.groups import planned
from ssl_theory.experiments.request import Request
from ssl_theory.processes import GaussianPairs

TOY = Work(operations=150, multiplications=80_000, size=200_000, dtype=torch.float32)
WIDE = Work(operations=150, multiplications=450_000_000, size=40_000_000, dtype=torch.float32)


def squared(z, w):
    return (z - w).square().mean()


def asked(width, seed=0, steps=100, batch=32, objective=squared):
    training = Training(steps, batch, certificate=None)
    encoder = ENCODERS.setdefault(width, Perceptron(4, (width, width)))
    return Request(objective, WORLD, encoder, training, seed, ("",) * 4)


ENCODERS: dict = {}
WORLD = GaussianPairs((1.0,) * 8, (0.5,) * 8)


@pytest.mark.parametrize("width", [16, 48])
def test_counts_the_multiplications_of_a_step(width):
    # Two views through three layers; each again for the weights, and for the input of all but one.
    items, layers = 64, [(8, width), (width, width), (width, 4)]
    ahead = sum(items * a * b for a, b in layers)
    back = ahead + sum(items * a * b for a, b in layers[1:])
    assert traced(asked(width)).multiplications == ahead + back


def test_wider_encoders_do_no_more_operations_but_larger_ones():
    narrow, wide = traced(asked(16)), traced(asked(64))
    assert narrow.operations == wide.operations and 2 * narrow.size < wide.size


def test_toys_share_a_program_and_wide_runs_are_looped():
    assert best_together(TOY, 64) == 64
    assert best_together(WIDE, 64) <= 4
    # The time that is left on the table is what is said to be worth nothing.
    for work in (TOY, WIDE):
        chosen = seconds(work, best_together(work, 64))
        assert chosen <= 1.05 * min(seconds(work, size) for size in range(1, 65))


def test_no_program_is_larger_than_there_is_room():
    large = Work(operations=10**6, multiplications=1, size=int(ROOM // 5), dtype=torch.float32)
    assert best_together(large, 64) == 5
    assert best_together(Work(1, 1, int(2 * ROOM), torch.float32), 64) == 1


def test_a_plan_holds_each_run_once_and_only_what_fits_together():
    requests = [asked(width, seed) for width, seed in itertools.product([16, 32], range(5))]
    requests += [asked(16, seed, steps=7) for seed in range(3)]
    plan = planned(requests, together=2, processes=1)
    assert sorted(n for group in plan.groups for n in group.numbers) == list(range(13))
    for group in plan.groups:
        members = [requests[n] for n in group.numbers]
        assert len(members) <= 2
        assert len({(id(r.encoder), r.training.steps) for r in members}) == 1
    costs = [group.seconds for group in plan.groups]
    assert costs == sorted(costs, reverse=True)


def test_groups_are_even():
    plan = planned([asked(16, seed) for seed in range(7)], together=5, processes=1)
    assert sorted(len(group.numbers) for group in plan.groups) == [3, 4]


def test_several_processes_have_a_group_each():
    requests = [asked(16, seed) for seed in range(8)]
    assert len(planned(requests, together=None, processes=1).groups) == 1
    assert len(planned(requests, together=None, processes=3).groups) == 3


def test_short_work_stays_and_long_work_is_shared(monkeypatch):
    monkeypatch.setattr("ssl_theory.experiments.groups.os.cpu_count", lambda: 4)
    short = [asked(16, seed, steps=10) for seed in range(8)]
    assert planned(short, None, processes=None).processes == 1
    long = [asked(512, seed, steps=10**5, batch=256) for seed in range(8)]
    assert planned(long, None, processes=None).processes == 4
