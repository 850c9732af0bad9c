"""In a terminal: every number in its column, in colour where that is possible, never in command."""

import dataclasses
import io
import re
import subprocess
import sys

import numpy as np
import pytest
import rich.console

from ssl_theory.command_line import main
from ssl_theory.report.text import rendered
from ssl_theory.report.wording import between
from tests.report.samples import HOSTILE, concentrated, sample

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(params=[80, 100, 160])
def colourful(request, monkeypatch):
    """A terminal of some width that shows colours, whatever this one does."""
    monkeypatch.setenv("COLUMNS", str(request.param))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return request.param


def cells_of(line: str) -> list[str]:
    return re.split(r" {2,}", line.strip())


def test_each_measurement_is_one_line_of_columns_over_its_convention():
    lines = str(sample()).splitlines()
    head = next(line for line in lines if "by chance" in line)
    assert cells_of(head) == ["value", "95 % interval", "by chance"]
    m = sample()["participation ratio"]
    place = next(i for i, line in enumerate(lines) if line.startswith(m.name))
    name, value, interval, chance = cells_of(lines[place])
    assert (name, value, chance) == (m.name, m.shown, "15.6, p = 0.032")
    low, high = map(float, interval.strip("[]").split(", "))
    assert low == pytest.approx(m.interval.low, abs=0.06)
    assert high == pytest.approx(m.interval.high, abs=0.06)
    said = lines[place + 1].strip()
    assert said.startswith(f"{m.unit}; {m.convention}") and "isotropic Gaussian items" in said
    ends = {len(line) for line in lines if line.endswith(("by chance", "p = 0.032", "p < 0.001"))}
    assert len(ends) == 1  # aligned at the right


def test_a_small_p_value_is_a_bound_and_another_a_number():
    text = str(sample())
    assert text.count("p < 0.001") == 2 and text.count("p = 0.032") == 1


def test_a_column_that_would_be_empty_is_left_out():
    bare = sample()
    plain = [dataclasses.replace(m, interval=None, null=None) for m in bare.measurements]
    text = str(dataclasses.replace(bare, measurements=tuple(plain)))
    assert "interval" not in text and "chance" not in text


def test_groups_have_headings():
    lines = str(sample()).splitlines()
    assert lines.count("Ranks") == lines.count("Sizes") == 1
    assert lines.index("Ranks") < lines.index("Sizes")


def test_nothing_in_a_report_commands_the_terminal(colourful):
    report = concentrated(source=HOSTILE, group=HOSTILE)
    shown = (
        HOSTILE.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e").replace("\udcff", "\\udcff")
    )
    plain = str(report)
    assert shown in plain
    coloured = ESCAPES.sub("", rendered(report, Terminal()))
    for text in (plain, coloured):
        assert all(c.isprintable() or c == "\n" for c in text)
        text.encode()
    assert "[red]" in coloured  # markup of rich is not obeyed


def test_with_rich_a_terminal_gets_colours_within_its_width(colourful):
    text = rendered(concentrated(), Terminal())
    assert "\x1b[1;33mCONCENTRATED" in text
    lines = ESCAPES.sub("", text).splitlines()
    assert max(map(len, lines)) <= colourful
    flat = " ".join(" ".join(lines).split())
    for m in concentrated().measurements:
        assert m.name in flat and m.shown in flat
    assert ("convention" in flat) == (colourful >= 150)


def test_the_same_numbers_are_shown_in_colour_as_in_plain(colourful):
    def numbers(text):
        return sorted(re.findall(r"\d[\d.,]*", ESCAPES.sub("", text)))

    assert numbers(rendered(sample(), Terminal())) == numbers(str(sample()))


def test_a_file_and_a_terminal_without_rich_get_plain_text(monkeypatch):
    assert rendered(sample(), io.StringIO()) == str(sample())
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert rendered(sample(), Terminal()) == str(sample())


def test_no_color_is_obeyed(colourful, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", rendered(concentrated(), Terminal()))


def test_rich_prints_a_report_as_it_prints_itself(colourful):
    stream = Terminal()
    rich.console.Console(file=stream, highlight=False).print(sample())
    assert stream.getvalue().rstrip() == rendered(sample(), stream)


def test_the_command_prints_in_colour_to_a_terminal_only(colourful, monkeypatch, tmp_path, capsys):
    np.save(tmp_path / "z.npy", np.random.default_rng(0).standard_normal((200, 4)))
    main(["diagnose", str(tmp_path / "z.npy")])
    assert "HEALTHY" in (plain := capsys.readouterr().out) and "\x1b" not in plain
    monkeypatch.setattr(sys, "stdout", Terminal())
    main(["diagnose", str(tmp_path / "z.npy")])
    assert "\x1b[1;32mHEALTHY" in sys.stdout.getvalue()


def test_rich_waits_until_it_is_asked_for():
    script = "import sys, ssl_theory.report; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (13.1023, 13.8412, "[13.10, 13.84]"),
        (99.5, 200.2, "[100, 200]"),
        (0.0, 0.5, "[0.00, 0.50]"),
        (-0.012, 0.021, "[-0.012, 0.021]"),
        (0.0004, 0.5, "[0.0004, 0.50]"),  # above 0, and not shown as 0
        (-3.2e7, 4.1e7, "[-3.2e+07, 4.1e+07]"),
        (5.0, 5.0, "[5, 5]"),
    ],
)
def test_bounds_are_written_to_two_digits_of_their_width(low, high, shown):
    assert between(low, high) == shown
