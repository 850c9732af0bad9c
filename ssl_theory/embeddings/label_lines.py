"""Labels in a text file: one to a line, or a column of a table."""

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ssl_theory.embeddings.csv import SEPARATORS, cells_of, is_number, lines_of
from ssl_theory.embeddings.damage import reading
from ssl_theory.embeddings.numbered import LONG, listed
from ssl_theory.embeddings.words import words

__all__ = ["open_label_lines"]

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")  # 007 and 1e3 are names
FRACTION = re.compile(r"[+-]?[0-9]+\.[0-9]*([eE][+-]?[0-9]+)?")
MISSING = {"", "nan", "null", "none", "na", "n/a", "<na>"}


def open_label_lines(path: str | os.PathLike[str], column: str | None = None) -> NDArray:
    r"""The column called ``column`` below a line of names, or the lines themselves.

    A first line of text is a name, and no label, where it is ``column`` or all others are numbers.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read.
    ValueError
        If a label is missing, or it is left open which column is meant.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(f"{folder}/y.csv").write_text("name,class\na,3\nb,7\n")
    ...     open_label_lines(f"{folder}/y.csv", "class").tolist()
    [3, 7]
    """
    path = Path(path)
    with reading(path, "text file of labels"), path.open(encoding="utf-8-sig") as file:
        lines = lines_of(path, file)
        head = next(lines, "")
        separator = next((mark for mark in SEPARATORS if mark in head), None)
        if path.suffix.lower() == ".txt" and column is None:
            separator = None
        names = _cells(head, separator)
        if column is None:
            if len(names) > 1:
                raise ValueError(
                    f"`column` must say which column of `{path}` holds the labels, got none where "
                    f"there are {len(names)}. Name one of {listed(names)}."
                )
            cells = [line.strip() for line in itertools.chain(filter(None, [head]), lines)]
            if len(cells) > 1 and not is_number(cells[0]) and all(map(_is_plain, cells[1:])):
                return _labels(path, cells[1:], 2)
            return _labels(path, cells, 1)
        if names.count(column) != 1:
            raise ValueError(
                f"`column` must name a column of `{path}`, got {column[:LONG]!r}. Name one of "
                f"{listed(names)}."
            )
        return _labels(path, list(_column(path, lines, separator, names, column)), 2)


def _cells(line: str, separator: str | None) -> list[str]:
    return [line.strip()] if separator is None else cells_of(line, separator)


def _column(
    path: Path, lines: Iterator[str], separator: str | None, names: list[str], column: str
) -> Iterator[str]:
    place = names.index(column)
    for number, line in enumerate(lines, 2):
        cells = _cells(line, separator)
        if len(cells) != len(names):
            raise ValueError(
                f"`{path}` must have {len(names)} cells in every line, got {len(cells)} in line "
                f"{number}. Complete it, or quote text that holds separators."
            )
        yield cells[place]


def _labels(path: Path, cells: list[str], first: int) -> NDArray:
    for number, cell in enumerate(cells, first):
        if cell.casefold() in MISSING:
            raise ValueError(
                f"`{path}` must hold a label in every line, got {cell!r} in line {number}. Drop "
                "the line, and its embedding with it, or give the class another name."
            )
    if all(map(WHOLE.fullmatch, cells)):
        return np.array(cells, np.int64)
    if all(map(_is_plain, cells)):
        return np.array(cells, np.float64)
    return words(path, [cells])


def _is_plain(cell: str) -> bool:
    return bool(WHOLE.fullmatch(cell) or FRACTION.fullmatch(cell))
