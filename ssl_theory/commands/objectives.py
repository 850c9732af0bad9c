"""``ssl-theory objectives``."""

import argparse
from typing import TYPE_CHECKING

from ssl_theory.commands.saying import say

if TYPE_CHECKING:
    from ssl_theory.latent_distribution_matching import Objective

__all__ = ["EXAMPLE", "SUMMARY", "ask", "named", "run"]

SUMMARY = "List the catalogue of objectives, or print the card of one."
EXAMPLE = "ssl-theory objectives vicreg --html vicreg.html"


def ask(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="an objective")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--markdown", action="store_true", help="the catalogue as a table")
    shape.add_argument("--html", metavar="FILE", help="write the card of NAME as a page")


def run(asked: argparse.Namespace) -> int:
    from ssl_theory.cards import card, table
    from ssl_theory.objectives import CATALOGUE
    from ssl_theory.report import write_whole

    if asked.name is None:
        if asked.html:
            raise ValueError("`--html` must go with NAME, got none. Name an objective.")
        made = [make() for make in CATALOGUE]
        say(table(map(card, made)) if asked.markdown else _listed(made))
        return 0
    found = card(named(asked.name))
    if asked.html:
        write_whole({asked.html: found.to_html()})
    say(table([found]) if asked.markdown else str(found))
    return 0


def named(name: str) -> "Objective":
    from ssl_theory.objectives import CATALOGUE

    if name not in [make.__name__ for make in CATALOGUE]:
        raise ValueError(
            f"`NAME` must be an objective of the catalogue, got {name!r}. "
            "`ssl-theory objectives` lists them."
        )
    (objective,) = (make() for make in CATALOGUE if make.__name__ == name)
    return objective


def _listed(objectives: "list[Objective]") -> str:
    from ssl_theory.references import cite

    rows = [
        (o.name, f"{type(o.model).__name__} + {type(o.uniformity).__name__}", cite(o.source))
        for o in objectives
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    lines = [f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c}" for a, b, c in rows]
    return "\n".join([*lines, "", "Print a card: ssl-theory objectives NAME"])
