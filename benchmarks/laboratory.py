"""What experiments measured beside what theory predicts: ``python -m benchmarks.laboratory``.

Conducts the experiments that are named (all, if none) from several seeds and prints the tables of
the README. With ``--publish`` they replace what is committed of these experiments.
"""

import argparse
import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ssl_theory.laboratory import EXPERIMENTS, Experiment, Finding, Outcome, Prediction
from ssl_theory.laboratory.tables import as_csv
from ssl_theory.references import cite

__all__ = ["RESULTS", "merged", "published", "rows_of", "tables"]

RESULTS = Path(__file__).with_suffix(".csv")
AS_IT_SHOULD = {"prediction": Outcome.AGREES.value, "control": Outcome.DISAGREES.value}

Row = Mapping[str, Any]


def rows_of(finding: Finding, seed: int) -> Iterator[Row]:
    """One for each number, rounded to what is worth comparing."""
    for row in finding.rows():
        numbers = {name: f"{row[name]:.6g}" for name in ("low", "high", "measured")}
        yield {"seed": str(seed), **row, **numbers}


def published() -> list[Row]:
    """The committed numbers."""
    return list(csv.DictReader(io.StringIO(RESULTS.read_text("utf-8"))))


def merged(old: Iterable[Row], new: Iterable[Row]) -> list[Row]:
    """The new, and the old of experiments that are not among them, in the order of experiments."""
    new = list(new)
    kept = [row for row in old if row["experiment"] not in {row["experiment"] for row in new}]
    order = {experiment.name: place for place, experiment in enumerate(EXPERIMENTS)}
    known = [row for row in (*kept, *new) if row["experiment"] in order]
    return sorted(known, key=lambda row: order[row["experiment"]])


def tables(rows: list[Row]) -> str:
    """What was asked; then predicted against measured."""
    return "\n\n".join("\n".join(part) for part in (_asked(rows), _found(rows)))


def _asked(rows: list[Row]) -> Iterator[str]:
    yield "| experiment | question | theory | seconds of one core | as predicted |"
    yield "| --- | --- | --- | ---: | --- |"
    for experiment in EXPERIMENTS:
        by_seed: dict[str, list[Row]] = {}
        for row in rows:
            if row["experiment"] == experiment.name:
                by_seed.setdefault(row["seed"], []).append(row)
        good = sum(all(_as_it_should(row) for row in found) for found in by_seed.values())
        cells = experiment.question, cite(experiment.source), f"{experiment.seconds:.0f}"
        told = f"{good} of {len(by_seed)} seeds"
        yield f"| `{experiment.name}` | " + " | ".join((*cells, told)) + " |"


def _found(rows: list[Row]) -> Iterator[str]:
    yield "| experiment | number | theory | measured, by seed | |"
    yield "| --- | --- | --- | --- | --- |"
    names = ("experiment", "kind", "number")
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in names), []).append(row)
    for (experiment, kind, number), found in groups.items():
        theory = " / ".join(dict.fromkeys(_interval(row) for row in found))
        theory = theory if kind == "prediction" else f"*not* {theory}"
        measured = ", ".join(f"{float(row['measured']):.4g}" for row in found)
        yield f"| `{experiment}` | {number} | {theory} | {measured} | {_told(found)} |"


def _interval(row: Row) -> str:
    return Prediction(row["number"], float(row["low"]), float(row["high"]), "").interval


def _as_it_should(row: Row) -> bool:
    return bool(row["outcome"] == AS_IT_SHOULD[row["kind"]])


def _told(found: list[Row]) -> str:
    """How many are as they should be, if not all, and what the others are."""
    wrong = sorted(row["outcome"] for row in found if not _as_it_should(row))
    if not wrong:
        return "as predicted" if found[0]["kind"] == "prediction" else "fails, as it must"
    told = (f"{len(list(same))} {outcome}" for outcome, same in itertools.groupby(wrong))
    return ", ".join([f"{len(found) - len(wrong)} of {len(found)}", *told])


def _conducted(experiments: Iterable[Experiment], seeds: list[int]) -> Iterator[Row]:
    for experiment in experiments:
        for seed in seeds:
            finding = experiment.conduct(seed)
            print(f"seed {seed}: {finding}", flush=True)
            yield from rows_of(finding, seed)


def main() -> None:
    """Conduct, print, and publish if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help="an experiment; default: all")
    parser.add_argument("--seeds", metavar="N,...", default="0,1,2", help="default: %(default)s")
    parser.add_argument(
        "--publish", action="store_true", help="write the results beside the code, for the README"
    )
    asked = parser.parse_args()
    known = {experiment.name: experiment for experiment in EXPERIMENTS}
    chosen = [known[name] for name in asked.names or known]
    rows = list(_conducted(chosen, [int(seed) for seed in asked.seeds.split(",")]))
    if asked.publish:
        rows = merged(published(), rows)
        RESULTS.write_text(as_csv(rows), "utf-8")
    print(tables(rows))


if __name__ == "__main__":
    main()
