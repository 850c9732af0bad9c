"""A terminal hears how far the work is, and nobody else does."""

import io

import numpy as np
import pytest

from ssl_theory.embeddings import open_embeddings, showing_progress
from ssl_theory.embeddings import progress as ours
from ssl_theory.embeddings.progress import shown


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """Every look at it takes a second."""
    times = iter(range(1000))
    monkeypatch.setattr(ours.time, "monotonic", lambda: float(next(times)))


BLOCKS = [np.zeros((100, 2))] * 3


def test_a_terminal_sees_rows_and_rate_and_time_left(clock):
    terminal = Terminal()
    with showing_progress(terminal):
        list(shown(iter(BLOCKS), "z.csv", 300))
    assert terminal.getvalue().split("\r")[1:4] == [
        "z.csv: 100 of 300 rows, 100 rows/s, 0:02 left",
        "z.csv: 200 of 300 rows, 100 rows/s, 0:01 left",
        "z.csv: 300 of 300 rows, 100 rows/s, 0:00 left",
    ]


def test_no_time_is_told_where_the_end_is_not_known(clock):
    terminal = Terminal()
    with showing_progress(terminal):
        open_embeddings(iter(BLOCKS))
    assert "batches: 200 rows, 100 rows/s\r" in terminal.getvalue()


def test_the_line_is_gone_at_the_end_even_of_a_failure(clock):
    terminal = Terminal()
    with showing_progress(terminal), pytest.raises(ValueError, match="dimensions"):
        open_embeddings(iter([*BLOCKS, np.zeros((1, 3))]))
    *_, blank, rest = terminal.getvalue().split("\r")
    assert blank.isspace() and rest == ""


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_quick_work_and_other_streams_are_silent(stream):
    seen = stream()
    with showing_progress(seen):
        open_embeddings(iter(BLOCKS))
    assert seen.getvalue() == ""


def test_a_pipe_is_silent_however_long_it_takes(clock):
    pipe = io.StringIO()
    with showing_progress(pipe):
        open_embeddings(iter(BLOCKS))
    assert pipe.getvalue() == ""


def test_nothing_is_shown_to_who_did_not_ask(clock, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    open_embeddings(iter(BLOCKS))
    assert terminal.getvalue() == "" and capsys.readouterr() == ("", "")
