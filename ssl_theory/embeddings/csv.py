"""Embeddings in a text file of rows: commas, semicolons, tabs or spaces, with a header or not."""

import csv
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.numbered import NUMBERED, chosen_columns
from ssl_theory.embeddings.spooling import ROWS, spooled

__all__ = ["SEPARATORS", "cells_of", "is_number", "lines_of", "open_csv"]

LONGEST = 2**24  # characters of a line, enough for a million numbers
SEPARATORS = "\t;,"  # otherwise spaces


def open_csv(path: str | os.PathLike[str], column: str | None = None) -> NDArray:
    r"""The numbered columns that begin with ``column``, or all of a table of numbers.

    Every row must have as many cells as the first, and every cell that is asked for a number. A
    column of whole numbers among fractions is refused where no name tells what it is: labels and
    indices look like that.

    Raises
    ------
    OSError
        If there is no such file, it cannot be read, or the disk has no room for its numbers.
    ValueError
        If it is no table of numbers, or leaves open which columns are meant.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows = "label,z_0,z_1\n7,0.5,1.5\n3,2.5,3.5\n"
    ...     _ = Path(f"{folder}/z.csv").write_text(rows)
    ...     open_csv(f"{folder}/z.csv").tolist()
    [[0.5, 1.5], [2.5, 3.5]]
    """
    path = Path(path)
    with reading(path, "table of text"), path.open(encoding="utf-8-sig") as file:
        lines = lines_of(path, file)
        head = next(lines, "")
        separator = next((mark for mark in SEPARATORS if mark in head), None)
        cells = cells_of(head, separator)
        headed = _is_header(path, cells)
        names = cells if headed else [str(place) for place in range(len(cells))]
        first = next(lines, None) if headed else head
        lines = itertools.chain([] if first is None else [first], lines)
        row = cells_of(first or "", separator)
        floating = [name for name, cell in zip(names, row, strict=False) if is_number(cell)]
        columns = chosen_columns(path, column, names, floating=floating)
        places = [names.index(name) for name in columns]
        blocks = _blocks(path, lines, separator, names, places, 1 + headed)
        array = spooled(blocks, str(path))
        if column is None and not (headed and NUMBERED.fullmatch(columns[0])):
            _check_fractions(path, array, columns)
        return array


def lines_of(path: Path, file: TextIO) -> Iterator[str]:
    """The lines down to the last that is not blank, of bounded length and without gaps."""
    blank = 0
    for number in itertools.count(1):
        line = file.readline(LONGEST)
        if not line:
            return
        if len(line) == LONGEST:
            raise ValueError(
                f"`{path}` must have lines of fewer than {LONGEST:,} characters, got more in line "
                f"{number}. Write one item to a line."
            )
        if not line.strip():
            blank = blank or number
        elif blank:
            raise ValueError(
                f"`{path}` must hold an embedding in every line, got none in line {blank}: without "
                "it row i is no longer that of label i. Drop it, and its label with it."
            )
        else:
            yield line.rstrip("\r\n")


def cells_of(line: str, separator: str | None) -> list[str]:
    """What lies between separators, or between spaces where there is none."""
    if separator is None:
        return line.split()
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]


def _is_header(path: Path, cells: list[str]) -> bool:
    numbers = [cell for cell in cells if is_number(cell)]
    if len(numbers) == len(cells):
        return len(cells) > 1 and cells == [str(place) for place in range(len(cells))]
    if any(not cell.isdigit() for cell in numbers):
        raise ValueError(
            f"`{path}` must begin with a line of names or with one of numbers, got both: "
            f"{numbers[0]!r} and {next(c for c in cells if not is_number(c))[:60]!r}. Write a "
            "header, or a number in every cell."
        )
    return True


def is_number(cell: str) -> bool:
    """Whether Python takes it for one, finite or not."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _blocks(
    path: Path,
    lines: Iterator[str],
    separator: str | None,
    names: list[str],
    places: list[int],
    start: int,
) -> Iterator[NDArray]:
    while block := list(itertools.islice(lines, ROWS)):
        for number, line in enumerate(block, start):
            quick = separator and '"' not in line
            count = line.count(separator or "") + 1 if quick else len(cells_of(line, separator))
            if count != len(names):
                raise ValueError(
                    f"`{path}` must have {len(names)} cells in every line, got {count} in line "
                    f"{number}. Complete it, or quote text that holds separators."
                )
        try:
            yield np.loadtxt(
                block, delimiter=separator, usecols=places, ndmin=2, comments=None, quotechar='"'
            )
        except ValueError:
            for number, line in enumerate(block, start):
                cells = cells_of(line, separator)
                for place in places:
                    if not is_number(cells[place]):
                        raise ValueError(
                            f"`{path}` must hold a number in every cell, got {cells[place][:60]!r} "
                            f"for {names[place][:60]!r} in line {number}. Drop the line, and its "
                            "label with it, or name other columns."
                        ) from None
            raise
        start += len(block)


def _check_fractions(path: Path, array: NDArray, columns: list[str]) -> None:
    whole = np.ones(len(columns), bool)
    for start in range(0, len(array), ROWS):
        rows = array[start : start + ROWS]
        whole &= (rows == np.floor(rows)).all(0)
    if whole.all() or not whole.any():
        return
    for place in np.flatnonzero(whole):
        if array[:, place].min() != array[:, place].max():
            raise ValueError(
                f"`{path}` must hold embeddings alone, got whole numbers among fractions in column "
                f"{columns[place][:60]!r}: labels and indices look like that. Give it a header, "
                "number the columns of embeddings, as in z_0, and name them: column='z'."
            )
