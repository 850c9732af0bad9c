"""Sheets in colour, as wide as the terminal: the room of rich."""

from collections.abc import Iterator
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ssl_theory.report.sheet import Row, Sheet
from ssl_theory.report.text import described
from ssl_theory.report.wording import visible

__all__ = ["Coloured", "coloured"]

WIDE = 120  # from here on the conventions have a column
COLOURS = {
    "healthy": "green",
    "gone": "green",
    "unchanged": "blue",
    "collapsed-to-a-point": "red",
    "rank-deficient": "red",
}


def coloured(sheet: Sheet, stream: TextIO) -> str:
    """What :mod:`rich` would write to ``stream``, which says how wide and how colourful it is."""
    console = Console(file=stream, highlight=False)
    with console.capture() as capture:
        console.print(Coloured(sheet))
    return capture.get().rstrip()


class Coloured:
    """A sheet that rich can print."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Verdicts in colour, and a table that fits."""
        sheet = self.sheet
        yield Text.assemble((visible(sheet.title), "bold"), f"\n{visible(sheet.what)}\n")
        for statement in sheet.statements:
            colour = COLOURS.get(statement.kind, "yellow")
            sentence, *rest = map(visible, statement.said)
            yield Text.assemble((visible(statement.name), f"bold {colour}"), f": {sentence}")
            yield Padding(Text("\n".join(rest), "dim"), (0, 0, 1, 2))
        wide = options.max_width >= WIDE
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, leading=0 if wide else 1)
        table.add_column("")
        for column in sheet.columns:
            table.add_column(column, justify="right", no_wrap=True)
        if wide:
            table.add_column("convention", ratio=1)
        for group, rows in sheet.groups:
            if group:
                table.add_row()
                table.add_row(Text(visible(group), "bold underline"))
            for row in rows:
                table.add_row(*self._cells(row, wide))
        for note in sheet.notes:
            yield Text(f"{visible(note)}\n", "dim")
        yield table

    def _cells(self, row: Row, wide: bool) -> Iterator[Text]:
        said = Text(described(row, self.sheet), "dim")
        name = Text(visible(row.name), "bold")
        yield name if wide else Text.assemble(name, "\n", said)
        for index, cell in enumerate(row.cells):
            yield Text(visible(cell.text), "" if index else "bold cyan")
        if wide:
            yield said
