"""collapse-bench: runs are what their names say, and damage is what it says."""

import json

import numpy as np
import pandas as pd
import pytest
from torch import Generator

from benchmarks.collapse import baselines, judging, measuring, plan, runner, running, table
from benchmarks.collapse.__main__ import main
from benchmarks.collapse.damages import DAMAGES, PLACES
from benchmarks.collapse.data import DATA, FRAMES, SIDE, augmented
from benchmarks.collapse.plan import Run
from benchmarks.collapse.training import Training
from ssl_theory.collapse import damage
from ssl_theory.collapse.detectors import KIND_OF, measure
from ssl_theory.collapse.kinds import Kind


def drawn(seed=0):
    return Generator().manual_seed(seed)


@pytest.mark.parametrize("name", DATA)
def test_items_of_a_trajectory_are_nearer_than_others(name):
    items = DATA[name].draw(200, drawn()).flatten(2)
    assert items.shape == (200, FRAMES, SIDE**2)
    assert items.std() == pytest.approx(1, abs=1e-3)
    along = (items[:, 1:] - items[:, :-1]).square().mean()
    between = (items[1:] - items[:-1]).square().mean()
    assert 0.02 < along / between < 0.8


def test_views_are_of_one_item():
    items = DATA["digits"].draw(50, drawn()).flatten(0, 1)
    z, w = (augmented(items, 1.0, drawn(seed)).flatten(1) for seed in (1, 2))
    apart, other = (z - w).square().sum(1).mean(), (z - w.roll(1, 0)).square().sum(1).mean()
    assert apart < other / 3


@pytest.mark.parametrize("kind", [k for k in DAMAGES if PLACES[k][0] == "z"], ids=lambda k: k.value)
def test_damage_inside_is_damage_to_what_is_seen(kind):
    """By the channels of its kind, the same as of the observation damaged from without."""
    training = Training("vicreg", "mixture", "mlp", 0)
    for _ in range(5):
        training.step()
    healthy, before = training.observe(), training.taps()
    severity = 0.9 if kind is Kind.LOCAL else 0.6  # of 256 items, fewer lost directions show little
    for place in PLACES[kind]:
        training.damages(place)[place] = DAMAGES[kind](before[place], severity, drawn())
    inside, outside = training.observe(), damage.plant(kind, severity, healthy)
    at_first, found, expected = measure(healthy), measure(inside), measure(outside)
    for name in _channels(kind):
        lost, wanted = found[name] - at_first[name], expected[name] - at_first[name]
        assert abs(wanted) > 0.05
        # Centres and noise are drawn anew; what is not drawn agrees to rounding.
        drawn_anew = kind in (Kind.CLUSTER, Kind.LOCAL, Kind.AUGMENTATION)
        assert lost == pytest.approx(wanted, rel=0.35 if drawn_anew else 1e-2, abs=1e-3)


def _channels(kind):
    shown = {
        Kind.CLUSTER: ["log distance to neighbours"],
        Kind.TEMPORAL: ["log motion"],
        Kind.SPLIT: ["log participation ratio"],
    }
    names = [n for n, k in KIND_OF.items() if k is kind]
    return shown.get(kind, [n for n in names if n != "log share of rounding"])


def test_a_record_depends_on_its_name_alone(tmp_path, monkeypatch):
    for name, value in (("ONSET", (45, 50)), ("AFTER", 5), ("AFTER_HEALTHY", 5), ("WARM_UP", 99)):
        monkeypatch.setattr(running, name, value)
    runs = [
        Run("vicreg", "mixture", "linear", "complete", 60),
        Run("info-nce", "mixture", "linear", "nothing"),
    ]
    for folder, order in (("a", runs), ("b", runs[::-1])):
        runner.run_all(order, tmp_path / folder, workers=1)
    for run in runs:
        one, other = (runner.kept(run, tmp_path / folder) for folder in "ab")
        np.testing.assert_array_equal(one["values"], other["values"])
    ill, healthy = (judging.series(run, tmp_path / "a") for run in runs)
    variance, onset = ill[0]["log variance"], ill[1]
    assert variance[onset - 1] - variance[onset + 2] == pytest.approx(-2 * np.log(0.4), abs=0.15)
    assert abs(np.diff(healthy[0]["log variance"])).max() < 0.15


def test_what_is_kept_is_not_done_again(tmp_path, monkeypatch):
    runs = [Run("vicreg", "mixture", "linear", what) for what in plan.CONTROLS]
    done = []

    def record(run):
        done.append(run)
        if len(done) == 5:
            raise KeyboardInterrupt
        return {"values": np.array(run.seed)}

    monkeypatch.setattr(runner, "record", record)
    with pytest.raises(KeyboardInterrupt):
        runner.run_all(runs, tmp_path, workers=1)
    runner.run_all(runs, tmp_path, workers=1)
    assert done == [*runs[:5], *runs[4:]]
    assert {path.name for path in tmp_path.iterdir()} == {run.file for run in runs}
    assert all(runner.kept(run, tmp_path)["values"] == run.seed for run in runs)


def test_the_plan_is_even():
    runs = plan.everything()
    assert len({run.file for run in runs}) == len({run.seed for run in runs}) == len(runs)
    healthy = [run for run in runs if run.healthy]
    assert len(healthy) >= 300
    for field in ("program", "data", "encoder", "what"):
        counts = [sum(getattr(run, field) == value for run in healthy) for value in _all(field)]
        assert max(counts) < 1.2 * min(counts)
    for kind in plan.KEY:
        for severity in (30, 60):
            cells = [
                (run.program, run.data, run.encoder)
                for run in runs
                if (run.what, run.severity) == (kind.value, severity)
            ]
            assert len(set(cells)) == len(cells) == 96
    assert {run.what for run in runs} == {*plan.CONTROLS, plan.WEAKENED, *(k.value for k in Kind)}


def _all(field):
    return {
        "program": plan.PROGRAMS,
        "data": plan.DATA,
        "encoder": plan.ENCODERS,
        "what": plan.CONTROLS,
    }[field]


def test_thresholds_know_nothing_of_what_they_are_tried_on(tmp_path, monkeypatch):
    """Raised without limit in one program, a loss raises its tolerance in all the others."""
    runs = [Run(program, "mixture", "mlp", "nothing") for program in ("vicreg", "barlow", "byol")]
    lost = {runs[0]: {"log variance": 9.0}, runs[1]: {"log variance": 1.0}, runs[2]: {}}
    monkeypatch.setattr(judging, "largest_losses", lambda run, folder: lost[run])
    monkeypatch.setattr(judging, "verdicts", lambda run, folder, chosen: [])
    _, chosen = judging.judged(runs, tmp_path)
    found = {program: by["log variance"] for program, by in chosen["program"].items()}
    assert found["vicreg"] < found["barlow"] == found["byol"]
    assert found["vicreg"] == pytest.approx(judging.MARGIN * 1.0)


def test_rules_of_others_are_what_they_say():
    flat = np.full(60, 10.0)
    fallen = np.where(np.arange(60) < 50, 10.0, 8.5)
    for rule, (_, alarms) in baselines.RULES.items():
        if rule != "collapse level > 0.5":
            assert judging.first(alarms, flat) == judging.NONE
            assert (judging.first(alarms, fallen) == 50) == ("0.9" in rule or "CUSUM" in rule)
    _, alarms = baselines.RULES["collapse level > 0.5"]
    assert judging.first(alarms, np.where(np.arange(60) < 45, 0.4, 0.6)) == 45


def test_intervals_are_exact():
    """Of no alarm in 300 runs: [0, 1 - 0.025^(1/300)]."""
    found = measuring.rate(pd.Series([False] * 300))
    assert found["low"] == 0
    assert found["high"] == pytest.approx(1 - 0.025 ** (1 / 300))


def test_what_is_published_is_of_the_committed_results_and_holds_what_it_must():
    results = pd.read_parquet(table.RESULTS)
    told = table.published()
    assert json.loads(json.dumps(measuring.summary(results))) == told["rules"]
    assert results["healthy"].groupby([results["rule"], results["left out"]]).sum().min() >= 300
    assert [goal for goal, _, met in table.goals(told["rules"]) if not met] == []


@pytest.mark.slow
def test_the_quick_benchmark_finds_collapse(tmp_path, capsys):
    assert main(["--quick", "--out", str(tmp_path), "--workers", "2"]) == 0
    printed = capsys.readouterr().out
    assert "| monitor without the program |" in printed
    found = pd.read_parquet(tmp_path / table.RESULTS.name)
    ours = found[(found["rule"] == judging.OURS) & found["what"].isin([k.value for k in plan.KEY])]
    assert (ours["alarm"] >= ours["onset"]).mean() > 0.8
