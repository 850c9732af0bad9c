"""``ssl-theory demo``."""

import argparse
from pathlib import Path

from ssl_theory.commands.saying import say

__all__ = ["EXAMPLE", "SUMMARY", "ask", "run"]

SUMMARY = "Diagnose embedded data whose condition is known, and write a report."
EXAMPLE = "ssl-theory demo --out build/demo"


def ask(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument(
        "--out", metavar="FOLDER", default="build/demo", help="default: %(default)s"
    )


def run(asked: argparse.Namespace) -> int:
    from ssl_theory.demonstration import demonstrate

    found, path = demonstrate(Path(asked.out))
    for data, report in found:
        say(f"{data.name}: {data.truth}")
        for verdict in report.verdicts:
            say(f"  {verdict.kind.name}: {verdict.sentence}")
        say("")
    say(f"Every number of one of them: ssl-theory diagnose {path.parent / found[1][0].name}.npy")
    say(f"The report is in {path}")
    return 0
