"""The benchmark of sweeps trains what it says, and judges by its limits."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.sweep import CELLS, judged, measure, overhead, plain, products, ratio, textbook
from ssl_theory.experiments import Training, run
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.processes import GaussianPairs

SMALL = replace(CELLS[1], runs=4, steps=6, looped=2)


def test_all_contenders_are_timed_in_each_round():
    taken = measure(SMALL, rounds=2)
    assert list(taken) == ["plain", "run", "sweep", "products"]
    assert all(len(seconds) == 2 and min(seconds) > 0 for seconds in taken.values())


def test_the_plain_loop_learns_what_a_run_learns():
    # Of other weights and data, so that only the loss that is reached can be compared.
    cell = replace(SMALL, steps=150)
    process = GaussianPairs((1.0,) * cell.features, (0.5,) * cell.features)
    theirs = plain(cell, process, seed=0)
    encoder = Perceptron(cell.outputs, (cell.width, cell.width), activation="relu")
    training = Training(cell.steps, cell.batch, schedule="constant", certificate=None)
    ours = run(textbook, process, encoder, training, seed=0).losses
    ends = [np.mean(losses[-50:]) for losses in (theirs, ours)]
    errors = [np.std(losses[-50:]) / 50**0.5 for losses in (theirs, ours)]
    assert abs(ends[0] - ends[1]) < 5 * np.hypot(*errors)
    assert ends[0] < theirs[0]


def test_the_products_are_those_of_a_step():
    # Counted by torch itself: what autograd multiplies, with similarities there and back.
    cell = replace(SMALL, steps=1)
    with FlopCounterMode(display=False) as ours:
        products(cell)
    layers = [torch.nn.Linear(a, b, bias=False) for a, b in pairwise(cell.sizes)]
    with FlopCounterMode(display=False) as theirs:
        z, w = torch.nn.Sequential(*layers)(torch.randn(2 * cell.batch, 4)).split(cell.batch)
        (z @ w.T).sum().backward()
    assert ours.get_total_flops() == theirs.get_total_flops()


@pytest.mark.parametrize(("sweep", "kept"), [(0.9, True), (1.1, False)])
def test_a_cell_is_judged_by_the_median_of_ratios(sweep, kept):
    taken = {"plain": [10.0, 1.0, 10.0], "run": [10.0] * 3, "products": [1.0] * 3}
    row, said = judged(CELLS[1], taken | {"sweep": [sweep, 1.0, sweep]})
    assert said is kept and row.count("|") == 13
    assert ratio(taken, "plain", "products") == 10.0


def test_keeping_what_comes_back_costs_something():
    sent, kept = overhead(groups=20)
    assert sent < kept < 0.1


def test_a_wide_cell_must_be_near_its_products():
    taken = {name: [1.0] for name in ("plain", "run", "sweep")}
    assert judged(CELLS[2], taken | {"products": [0.7]})[1]
    assert not judged(CELLS[2], taken | {"products": [0.6]})[1]
