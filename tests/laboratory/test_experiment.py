"""A prediction is an interval; what did not converge decides nothing, and controls must fail."""

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from ssl_theory import laboratory
from ssl_theory.command_line import main
from ssl_theory.laboratory import Experiment, Finding, Measured, Outcome, Prediction
from ssl_theory.laboratory.tables import as_csv, as_parquet
from ssl_theory.references import cite

HIGH = Prediction("R2", 0.99, np.inf, "a rotation")
LOW = Prediction("error", -np.inf, 0.02, "a rotation")
AGREES, DISAGREES, UNCONVERGED = Outcome


@given(st.floats(-9, 9), st.floats(0, 9), st.floats(-30, 30))
def test_a_number_agrees_where_it_is_within_the_error(value, error, found):
    prediction = Prediction.about("x", value, error, "")
    inside = value - error <= found <= value + error
    assert Measured(prediction, found).outcome is (AGREES if inside else DISAGREES)
    assert Measured(prediction, found, converged=False).outcome is UNCONVERGED


@pytest.mark.parametrize(
    ("prediction", "value", "outcome"),
    [
        (HIGH, 0.99, AGREES),
        (HIGH, 0.98, DISAGREES),
        (LOW, 0.02, AGREES),
        (LOW, 0.03, DISAGREES),
        (HIGH, np.inf, AGREES),
        (HIGH, np.nan, UNCONVERGED),
    ],
)
def test_ends_belong_to_the_interval_and_nan_to_nothing(prediction, value, outcome):
    assert Measured(prediction, value).outcome is outcome


GOOD, BAD, NEVER = (Measured(HIGH, 1.0), Measured(HIGH, 0.5), Measured(HIGH, 0.5, converged=False))


@pytest.mark.parametrize(
    ("measured", "controls", "outcome"),
    [
        ([GOOD], [], AGREES),
        ([GOOD], [BAD], AGREES),
        ([GOOD], [GOOD], DISAGREES),  # a control that agrees: nothing could have failed
        ([GOOD, BAD], [BAD], DISAGREES),
        ([GOOD, NEVER], [BAD], UNCONVERGED),
        ([GOOD], [NEVER], UNCONVERGED),
        ([NEVER, BAD], [], DISAGREES),
    ],
)
def test_the_outcome_is_the_worst_of_its_numbers(measured, controls, outcome):
    finding = Finding("planted", tuple(measured), controls=tuple(controls))
    assert finding.outcome is outcome
    assert str(finding).startswith(f"planted: {outcome.value}\n")


def test_it_reads_predicted_against_measured():
    low = Measured(LOW, 0.005)
    between = Measured(Prediction.about("loss", -2.0, 0.25, ""), -2.2, converged=False)
    assert str(Finding("planted", (GOOD, low, between), controls=(BAD, GOOD))).split("\n") == [
        "planted: DISAGREES",
        "  R2     at least 0.99          1  agrees",
        "  error  at most 0.02       0.005  agrees",
        "  loss   -2.25 to -1.75      -2.2  UNCONVERGED",
        "where theory does not hold:",
        "  R2     not at least 0.99    0.5  disagrees, as it must",
        "  R2     not at least 0.99      1  AGREES, and must not",
    ]


def test_an_interval_that_no_number_is_in_is_refused():
    with pytest.raises(ValueError, match="`low` must be at most `high`, got 2 and 1 for 'x'"):
        Prediction("x", 2, 1, "")


def test_a_finding_without_a_number_is_refused():
    with pytest.raises(ValueError, match="`measured` must hold a number, got none for 'planted'"):
        Finding("planted", ())


def draw(curves):
    figure = Figure()
    figure.subplots().plot(curves["losses"])
    return figure


def planted(name, measured):
    def conduct(seed):
        table = ({"encoder": "none", "R2": 0.5}, {"encoder": "trained", "steps": 10 + seed})
        curves = {"losses": np.arange(3.0)}
        return Finding(name, (measured,), table, curves, controls=(BAD,))

    return Experiment(name, "Is it so?", "zimmermann2021inverts", 1.0, conduct, draw)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = planted("good", GOOD), planted("bad", BAD), planted("never", NEVER)
    monkeypatch.setattr(laboratory, "EXPERIMENTS", made)
    return tmp_path


@pytest.mark.parametrize(("name", "status"), [("good", 0), ("bad", 1), ("never", 3)])
def test_the_exit_status_tells_a_disagreement_from_a_run_that_never_ended(
    folder, capsys, name, status
):
    assert main(["experiment", name]) == status
    (experiment,) = (e for e in laboratory.EXPERIMENTS if e.name == name)
    assert f"\n{experiment.conduct(0)}\nseed 0, " in capsys.readouterr().out
    assert not list(folder.iterdir())


def test_it_writes_numbers_runs_and_the_figure(folder, capsys):
    assert main(["experiment", "good", "--seed", "3", "--out", "a new/folder"]) == 0
    numbers, runs = (
        list(csv.DictReader(io.StringIO(Path(f"a new/folder/good_{name}.csv").read_text("utf-8"))))
        for name in ("predictions", "runs")
    )
    assert [(row["kind"], row["measured"], row["outcome"]) for row in numbers] == [
        ("prediction", "1.0", "agrees"),
        ("control", "0.5", "DISAGREES"),
    ]
    assert [(row["seed"], row["R2"], row["steps"]) for row in runs] == [
        ("3", "0.5", ""),
        ("3", "", "13"),
    ]
    assert Path("a new/folder/good.svg").read_bytes().startswith(b"<?xml")
    assert "wrote a new/folder/good_predictions.csv" in capsys.readouterr().out.replace("\\", "/")


def test_it_writes_parquet_too(folder):
    assert main(["experiment", "good", "--out", ".", "--parquet"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "good.svg",
        "good_predictions.parquet",
        "good_runs.parquet",
    ]


def test_experiments_are_listed(folder, capsys):
    assert main(["experiment", "list"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("good      1 s  Is it so? Zimmermann et al. (2021)\nbad ")


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        (["goood"], "`NAME` must be an experiment, got 'goood'."),
        (["good", "--parquet"], "`--parquet` must go with --out, got none."),
    ],
)
def test_a_mistake_is_one_line_and_status_2(folder, capsys, asked, complaint):
    assert main(["experiment", *asked]) == 2
    out, err = capsys.readouterr()
    assert out == "" and complaint in err and err.count("\n") == 1


def test_both_tables_hold_the_same():
    rows = [{"a": 1, "b": 0.5}, {"a": 2, "c": "x"}]
    read = pyarrow.parquet.read_table(pyarrow.BufferReader(as_parquet(rows))).to_pylist()
    assert read == [{"a": 1, "b": 0.5, "c": None}, {"a": 2, "b": None, "c": "x"}]
    said = csv.DictReader(io.StringIO(as_csv(rows)))
    assert [{k: v or None for k, v in row.items()} for row in said] == [
        {k: None if v is None else str(v) for k, v in row.items()} for row in read
    ]


def test_every_experiment_has_a_name_of_its_own_and_a_source():
    names = [experiment.name for experiment in laboratory.EXPERIMENTS]
    assert len(set(names)) == len(names)
    for experiment in laboratory.EXPERIMENTS:
        assert experiment.name == experiment.name.lower().replace("_", "-")
        assert cite(experiment.source) and experiment.question.endswith("?")
        assert experiment.seconds < 180  # three minutes are the most that one may take
