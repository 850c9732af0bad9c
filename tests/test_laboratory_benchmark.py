"""The tables of the laboratory say what was committed, seed by seed, and hide no failure."""

import numpy as np
import pytest

from benchmarks import laboratory
from ssl_theory.laboratory import EXPERIMENTS, Finding, Measured, Outcome, Prediction

NAME = EXPERIMENTS[0].name
HIGH = Prediction("R2", 0.99, np.inf, "because")
GOOD, BAD, NEVER = Measured(HIGH, 1.0), Measured(HIGH, 0.5), Measured(HIGH, 0.7, converged=False)


def rows(*findings, name=NAME):
    made = (Finding(name, (measured,), controls=(control,)) for measured, control in findings)
    return [row for seed, found in enumerate(made) for row in laboratory.rows_of(found, seed)]


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ([(GOOD, BAD)] * 2, ["2 of 2 seeds", "1, 1 | as predicted", "0.5, 0.5 | fails, as"]),
        ([(GOOD, BAD), (NEVER, BAD)], ["1 of 2 seeds", "1, 0.7 | 1 of 2, 1 UNCONVERGED |"]),
        ([(BAD, BAD), (GOOD, GOOD)], ["0 of 2 seeds", "0.5, 1 | 1 of 2, 1 DISAGREES |",
                                      "0.5, 1 | 1 of 2, 1 agrees |"]),
    ],
)  # fmt: skip
def test_a_table_tells_how_many_seeds_are_as_predicted(findings, told):
    table = laboratory.tables(rows(*findings))
    assert all(part in table for part in told)
    assert "| at least 0.99 |" in table and "| *not* at least 0.99 |" in table


def test_a_number_that_is_predicted_anew_for_each_seed_is_told_with_each_interval():
    low, high = (Measured(Prediction.about("x", at, 0.5, ""), at) for at in (1.0, 2.0))
    found = [Finding(NAME, (measured,)) for measured in (low, high)]
    table = laboratory.tables([row for f in found for row in laboratory.rows_of(f, 0)])
    assert "| x | 0.5 to 1.5 / 1.5 to 2.5 | 1, 2 |" in table


def test_new_results_replace_those_of_their_experiments_alone():
    one, two = (experiment.name for experiment in EXPERIMENTS[:2])
    old = [*rows((GOOD, BAD), name=two), *rows((BAD, BAD), name=one), *rows((BAD, BAD), name="x")]
    found = laboratory.merged(old, rows((GOOD, BAD), name=one))
    assert [(row["experiment"], row["measured"]) for row in found] == [
        (one, "1"), (one, "0.5"), (two, "1"), (two, "0.5"),
    ]  # fmt: skip


def test_what_is_committed_says_of_each_number_what_its_interval_says():
    for row in laboratory.published():
        prediction = Prediction(row["number"], float(row["low"]), float(row["high"]), "")
        found = Measured(prediction, float(row["measured"])).outcome.value
        assert row["outcome"] in (found, Outcome.UNCONVERGED.value), row


def test_every_experiment_is_published():
    assert {row["experiment"] for row in laboratory.published()} == {e.name for e in EXPERIMENTS}
