"""Sheets for the terminal: plain and aligned, or in colour where that is possible."""

import importlib.util
import textwrap
from typing import Protocol, TextIO

from ssl_theory.report.sheet import CHANCE, Row, Sheet
from ssl_theory.report.wording import visible

__all__ = ["described", "in_columns", "plain", "rendered"]

WIDTH = 100
INDENT = "    "


class Shown(Protocol):
    """What shows itself on a sheet."""

    @property
    def sheet(self) -> Sheet:
        """What is to be shown."""


def rendered(thing: Shown, stream: TextIO) -> str:
    """``thing`` for ``stream``: in colour on a terminal if rich is there, else plain."""
    if stream.isatty() and importlib.util.find_spec("rich"):
        from ssl_theory.report.terminal import coloured

        return coloured(thing.sheet, stream)
    return plain(thing.sheet)


def plain(sheet: Sheet) -> str:
    """Verdicts first, then what to know, then numbers in columns, each over its convention."""
    title, what = visible(sheet.title), visible(sheet.what)
    fits = len(title) + len(what) + 2 <= WIDTH
    lines = [f"{title}: {what}", ""] if fits else [title, *_wrapped(what, ""), ""]
    for statement in sheet.statements:
        sentence, *rest = map(visible, statement.said)
        lines += _wrapped(f"{visible(statement.name)}: {sentence}", "")
        lines += [line for more in rest for line in _wrapped(more, "  ")] + [""]
    for note in sheet.notes:
        lines += [*_wrapped(visible(note), ""), ""]
    head, numbers = in_columns(sheet)
    lines.append(head)
    for group, rows in sheet.groups:
        lines += ["", visible(group)] if group else []
        for row in rows:
            lines += [numbers[row], *_wrapped(described(row, sheet), INDENT)]
    return "\n".join(lines)


def in_columns(sheet: Sheet) -> tuple[str, dict[Row, str]]:
    """The heads of the columns, and each row's name and numbers under them."""
    heads = ("", *sheet.columns)
    cells = {row: (row.name, *(cell.text for cell in row.cells)) for row in sheet.rows}
    shown = {row: tuple(map(visible, texts)) for row, texts in cells.items()}
    widths = [max(map(len, column)) for column in zip(heads, *shown.values(), strict=True)]
    return _aligned(heads, widths), {row: _aligned(texts, widths) for row, texts in shown.items()}


def described(row: Row, sheet: Sheet) -> str:
    """What a row is, in words: its unit, its convention, its note, and what chance is."""
    parts = ["; ".join(filter(None, (row.cells[0].aside, row.convention))), row.note]
    if CHANCE in sheet.columns:
        null = row.cells[sheet.columns.index(CHANCE)]
        parts += [f"By chance: {null.aside}"] if null.aside else []
    return visible(". ".join(filter(None, parts)))


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    name, *numbers = (
        f"{cell:>{width}}" if index else f"{cell:<{width}}"
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([name, *numbers]).rstrip()


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent or "  ")
