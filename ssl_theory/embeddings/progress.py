"""How far long work has come, for whoever waits at a terminal."""

import contextlib
import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import TextIO

from numpy.typing import NDArray

__all__ = ["PATIENCE", "showing_progress", "shown", "terminal"]

PATIENCE = 0.5  # seconds before the first line, and between lines
_terminal: ContextVar[TextIO | None] = ContextVar("terminal", default=None)


@contextlib.contextmanager
def showing_progress(stream: TextIO) -> Iterator[None]:
    """Within it, long work tells ``stream`` how far it is, if that is a terminal."""
    token = _terminal.set(stream if stream.isatty() else None)
    try:
        yield
    finally:
        _terminal.reset(token)


def terminal() -> TextIO | None:
    """Where to tell how far work is, if anyone waits there."""
    return _terminal.get()


def shown(blocks: Iterable[NDArray], name: str, total: int | None = None) -> Iterator[NDArray]:
    """The same blocks, with a line of progress that is gone when the last has come.

    >>> from itertools import repeat
    >>> len(list(shown(repeat([[1.0]], 3), "z.csv")))
    3
    """
    stream = terminal()
    if stream is None:
        yield from blocks
        return
    start = last = time.monotonic()
    rows, width = 0, 0
    try:
        for block in blocks:
            rows += len(block)
            now = time.monotonic()
            if now - last >= PATIENCE:
                line = _line(name, rows, total, now - start)
                stream.write("\r" + line.ljust(width))
                stream.flush()
                last, width = now, len(line)
            yield block
    finally:
        if width:
            stream.write("\r" + " " * width + "\r")
            stream.flush()


def _line(name: str, rows: int, total: int | None, seconds: float) -> str:
    """
    >>> _line("z.csv", 3000, 4000, 30.0)
    'z.csv: 3,000 of 4,000 rows, 100 rows/s, 0:10 left'
    """
    rate = rows / seconds
    done = f"{rows:,} of {total:,}" if total else f"{rows:,}"
    left = max(0, round((total - rows) / rate)) if total and rate else None
    eta = "" if left is None else f", {left // 60}:{left % 60:02} left"
    return f"{name[-40:]}: {done} rows, {rate:,.0f} rows/s{eta}"
