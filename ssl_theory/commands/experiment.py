"""``ssl-theory experiment``."""

import argparse
import time
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ssl_theory.commands.saying import say

if TYPE_CHECKING:
    from ssl_theory.laboratory import Experiment, Finding

__all__ = ["EXAMPLE", "SUMMARY", "ask", "run"]

SUMMARY = "Train encoders where theory says what they must find, and hold it against what they do."
EXAMPLE = "ssl-theory experiment list"

STATUS = {"agrees": 0, "DISAGREES": 1, "UNCONVERGED": 3}


def ask(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("name", metavar="NAME", help="an experiment; `list` tells of them")
    parser.add_argument(
        "--seed", metavar="N", type=int, default=0, help="of weights and data; default: 0"
    )
    parser.add_argument(
        "--out",
        metavar="FOLDER",
        help="write predicted against measured, the table of runs and the figure",
    )
    parser.add_argument("--parquet", action="store_true", help="write tables as parquet, not CSV")


def run(asked: argparse.Namespace) -> int:
    from ssl_theory.laboratory import EXPERIMENTS

    if asked.parquet and not asked.out:
        raise ValueError("`--parquet` must go with --out, got none. Say where to write.")
    if asked.name == "list":
        say(_listed(EXPERIMENTS))
        return 0
    experiment = _named(asked.name, EXPERIMENTS)
    folder = Path(asked.out) if asked.out else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    say(f"{experiment.question} (about {experiment.seconds:.0f} s of one core)")
    before = time.process_time()
    finding = experiment.conduct(asked.seed)
    spent = time.process_time() - before
    say(f"{finding}\nseed {asked.seed}, {spent:.0f} s of one core")
    if folder is not None:
        _write(experiment, finding, folder, asked.seed, parquet=asked.parquet)
    return STATUS[finding.outcome.value]


def _write(
    experiment: "Experiment", finding: "Finding", folder: Path, seed: int, *, parquet: bool
) -> None:
    from ssl_theory.laboratory.tables import as_csv, as_parquet
    from ssl_theory.plots import svg
    from ssl_theory.report import write_whole

    write, ending = (as_parquet, "parquet") if parquet else (as_csv, "csv")
    tables = {
        "predictions": [{"seed": seed, **row} for row in finding.rows()],
        "runs": [{"seed": seed, **row} for row in finding.table],
    }
    path = folder / experiment.name
    files: dict[str | PathLike[str], str | bytes] = {
        f"{path}_{name}.{ending}": write(rows) for name, rows in tables.items() if rows
    }
    files[f"{path}.svg"] = svg(experiment.draw(finding.curves))
    write_whole(files)
    say(f"wrote {', '.join(map(str, files))}")


def _named(name: str, experiments: "tuple[Experiment, ...]") -> "Experiment":
    for experiment in experiments:
        if experiment.name == name:
            return experiment
    raise ValueError(
        f"`NAME` must be an experiment, got {name!r}. `ssl-theory experiment list` tells of them."
    )


def _listed(experiments: "tuple[Experiment, ...]") -> str:
    from ssl_theory.references import cite

    width = max((len(e.name) for e in experiments), default=0)
    lines = [
        f"{e.name:<{width}}  {e.seconds:4.0f} s  {e.question} {cite(e.source)}" for e in experiments
    ]
    return "\n".join([*lines, "", "Conduct one: ssl-theory experiment NAME --out FOLDER"])
