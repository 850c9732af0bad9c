"""Sheets in colour, as wide as the terminal: the room of rich."""

from collections.abc import Iterator
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ssl_theory.report.sheet import Sheet
from ssl_theory.report.text import described, in_columns
from ssl_theory.report.wording import visible

__all__ = ["Coloured", "coloured"]

WIDE = 150  # from here on the conventions have a column
GROUP, NUMBER = "bold magenta", "cyan"
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
        for note in sheet.notes:
            yield Text(f"{visible(note)}\n", "dim")
        yield from [self._table()] if options.max_width >= WIDE else self._lines()

    def _lines(self) -> Iterator[RenderableType]:
        """Each row over its convention."""
        head, numbers = in_columns(self.sheet)
        yield Text(head, "bold")
        for group, rows in self.sheet.groups:
            if group:
                yield Text(f"\n{visible(group)}", GROUP)
            for row in rows:
                name = visible(row.name)
                yield Text.assemble((name, "bold"), (numbers[row].removeprefix(name), NUMBER))
                yield Padding(Text(described(row, self.sheet), "dim"), (0, 0, 0, 4))

    def _table(self) -> Table:
        """Conventions in a column of their own."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        table.add_column("")
        for column in self.sheet.columns:
            table.add_column(column, justify="right", no_wrap=True)
        table.add_column("convention", ratio=1)
        for group, rows in self.sheet.groups:
            if group:
                table.add_row()
                table.add_row(Text(visible(group), GROUP))
            for row in rows:
                numbers = [Text(visible(cell.text), NUMBER) for cell in row.cells]
                said = Text(described(row, self.sheet), "dim")
                table.add_row(Text(visible(row.name), "bold"), *numbers, said)
        return table
