"""VICReg with terms switched off: usual monitors point the wrong way, and ours names the kind."""

import importlib.util
from pathlib import Path

import pytest

from ssl_theory.collapse.kinds import Kind
from ssl_theory.diagnostics.collapse_level import collapse_level

FILE = Path(__file__).parents[2] / "figures" / "wrong_sign.py"
_spec = importlib.util.spec_from_file_location("figures_wrong_sign", FILE)
case = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(case)

SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 8))]
DELAY = 20  # probes: 80 of the 160 steps that follow


@pytest.fixture(scope="module", params=SEEDS)
def runs(request):
    return case.trained(request.param, case.FAULTS | {"healthy": {}})


def at_the_end(run):
    return {name: values[-1] for name, values in case.measured(run).items()}


def test_variance_is_lost_while_rank_me_and_the_deviation_improve(runs):
    end = at_the_end(runs["complete"])
    assert end["variance"] < 1 / 10
    assert end["rank_me"] > 1.05 and end["deviation"] > 1.05


def test_dimensions_are_lost_while_the_deviation_and_the_variance_improve(runs):
    end = at_the_end(runs["dimensional"])
    assert end["participation"] < 1 / 5
    assert end["deviation"] > 1.3 and end["variance"] > 1.2


def test_a_level_of_collapse_read_off_the_deviation_falls_too(runs):
    for fault in case.FAULTS:
        embedded = dict(runs[fault])
        before, after = (collapse_level(embedded[step]) for step in (case.ONSET, case.END))
        assert after < before < 0.5  # lightly's threshold, which is never reached


@pytest.mark.parametrize("kind", [Kind.COMPLETE, Kind.DIMENSIONAL], ids=lambda kind: kind.value)
def test_the_monitor_names_the_kind(runs, kind):
    first, *_ = case.alarms(runs[kind.value])
    assert first.kinds[0] is kind
    assert case.ONSET < first.step <= case.ONSET + DELAY * case.EVERY


def test_the_monitor_is_silent_while_training_is_healthy(runs):
    assert case.alarms(runs["healthy"]) == []
