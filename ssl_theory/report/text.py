"""A report for the terminal: aligned, plain, in ASCII."""

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssl_theory.report.value import Report

__all__ = ["headline", "table"]

WIDTH = 100


def headline(report: "Report") -> str:
    """What was diagnosed."""
    return (
        f"{report.source}: {report.items:,} items of {report.dimensions:,} dimensions, "
        f"{report.format}"
    )


def table(report: "Report") -> str:
    """Verdicts first, then every measurement with its convention."""
    lines = [headline(report), ""]
    several = len({verdict.of for verdict in report.verdicts}) > 1
    for verdict in report.verdicts:
        name = verdict.kind.name + (f" ({verdict.of})" if several else "")
        lines += [*_wrapped(f"{name}: {verdict.sentence}", ""), *_wrapped(verdict.advice, "  "), ""]
    rows = [
        (m.name, m.shown, ". ".join(filter(None, (f"{m.unit}; {m.convention}", m.note))))
        for m in report.measurements
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    indent = " " * (sum(widths) + 4)
    for name, shown, convention in rows:
        first, *rest = textwrap.wrap(convention, WIDTH - len(indent))
        lines.append(f"{name:<{widths[0]}}  {shown:>{widths[1]}}  {first}")
        lines += [indent + line for line in rest]
    return "\n".join(lines)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent or "  ")
