"""How far a sweep has come, for whoever waits at a terminal."""

import contextlib
import time
from collections.abc import Iterator

from ssl_theory.embeddings.progress import PATIENCE, terminal

__all__ = ["Progress", "line"]

WIDTH = 24  # of the bar


class Progress:
    """Counts expected seconds that are behind, and tells a terminal if there is one."""

    def __init__(self, expected: float, runs: int) -> None:
        self.expected, self.runs = max(expected, 1e-9), runs
        self.behind, self.done = 0.0, 0
        self._start = self._last = time.monotonic()
        self._shown = 0

    def tell(self, more: float, runs: int = 0) -> None:
        """So many expected seconds are behind, and so many runs are done."""
        self.behind, self.done = self.behind + more, self.done + runs
        stream, now = terminal(), time.monotonic()
        if stream is not None and now - self._last >= PATIENCE:
            share = min(self.behind / self.expected, 1.0)
            said = line(share, self.done, self.runs, now - self._start)
            stream.write("\r" + said.ljust(self._shown))
            stream.flush()
            self._last, self._shown = now, len(said)

    @contextlib.contextmanager
    def shown(self) -> Iterator["Progress"]:
        """Within it the line is there; afterwards it is gone."""
        try:
            yield self
        finally:
            stream = terminal()
            if stream is not None and self._shown:
                stream.write("\r" + " " * self._shown + "\r")
                stream.flush()


def line(share: float, done: int, runs: int, seconds: float) -> str:
    """
    >>> line(0.25, 4, 16, 30.0)
    'sweep [######                  ] 4 of 16 runs, 1:30 left'
    """
    full = int(share * WIDTH)
    left = round(seconds / share * (1 - share)) if share else None
    eta = "" if left is None else f", {left // 60}:{left % 60:02} left"
    return f"sweep [{'#' * full}{' ' * (WIDTH - full)}] {done} of {runs} runs{eta}"
