"""A report shows itself everywhere, comes back from JSON, and is written whole or not at all."""

import html.parser
import json
import os
import re

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import collapsed_embeddings
from ssl_theory.report import Kind, Report, diagnose, page, write_whole

Z = np.random.default_rng(0).standard_normal((200, 8))
REPORTS = {
    "healthy": diagnose(Z),
    "a pair": diagnose(Z, Z[::-1]),
    "a point": diagnose(np.ones((9, 3))),
    "zeros": diagnose(np.zeros((9, 3))),
    "few": diagnose(Z[:4]),
    "hostile": diagnose(Z, source="<script>alert('&')</script>"),
}
reports = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


class Page(html.parser.HTMLParser):
    """Every tag is closed in turn; what is asked of it is kept."""

    VOID = frozenset({"meta", "link", "br", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.seen, self.words = [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@reports
def test_json_brings_back_the_same_report(report):
    assert Report.from_json(report.to_json()) == report


@given(collapsed_embeddings())
def test_json_is_strict_and_keeps_every_bit(case):
    report = diagnose(case[0])
    text = report.to_json()
    json.loads(text, parse_constant=pytest.fail)  # neither NaN nor Infinity
    assert Report.from_json(text) == report


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be a report in JSON, got ''"),
        ("[1, 2]", "must be a report in JSON"),
        ("{}", "must be a report in JSON"),
        ('{"schema": "ssl_theory/report/999"}', f"must follow the schema {Report.SCHEMA}, got ssl"),
    ],
)
def test_other_json_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        Report.from_json(text)


@reports
def test_the_terminal_shows_every_number_with_its_convention_in_ascii(report):
    text = str(report)
    assert text.removeprefix(report.source).isascii()
    assert max(map(len, text.splitlines())) <= 100
    flat = " ".join(text.split())
    for verdict in report.verdicts:
        assert verdict.kind.name in text and verdict.sentence in flat
    for m in report.measurements:
        assert m.name in text and m.shown in text
        assert m.convention and m.meaning  # a pure number has no unit


@reports
def test_the_page_is_whole_and_asks_for_nothing(report):
    seen = Page(report.to_html())
    assert not {tag for tag, _ in seen.seen} & {"script", "link", "img", "iframe", "object"}
    assert not [a for _, a in seen.seen if {"src", "href", "srcset", "onload"} & a.keys()]
    assert "url(" not in report.to_html() and "@import" not in report.to_html()
    words = " ".join(seen.words)
    assert report.source in words
    for m in report.measurements:
        assert m.shown in words


@reports
def test_a_notebook_shows_the_same_without_a_document_around_it(report):
    fragment = report._repr_html_()
    assert not re.search("<(html|head|body)", fragment)
    Page(fragment)


def test_a_page_of_several_reports_has_a_section_each():
    text = page(list(REPORTS.values()), title="All & more")
    assert text.count("<section>") == len(REPORTS)
    assert "All &amp; more" in text and "All & more" not in text


def test_the_curve_is_drawn_where_the_variances_are():
    report = diagnose(np.vstack([np.eye(4), -np.eye(4)]) * [10, 1, 0.1, 0.01])
    path, *_ = re.findall(r'class="curve of0" d="M([^"]*)"', report.to_html())
    heights = [float(point.split()[1]) for point in path.split("L")]
    steps = np.diff(heights)
    assert steps[0] > 0 and np.allclose(steps, steps[0], atol=0.02)  # equal ratios


def test_a_floor_is_only_drawn_where_it_lies():
    assert 'class="floor' not in REPORTS["healthy"].to_html()
    flat = diagnose(Z @ np.diag([1.0, 1, 1, 1, 1, 1, 0, 0]))
    assert 'class="floor' in flat.to_html()


def test_a_point_has_no_spectrum_to_draw():
    assert "no spectrum to draw" in REPORTS["a point"].to_html().replace("There", "there")


def test_a_measurement_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(KeyError, match=r"no measurement `rankme` in this report; it has .*RankMe"):
        REPORTS["healthy"]["rankme"]


def test_kinds_are_named_alike_everywhere():
    assert {kind.name.lower().replace("_", "-") for kind in Kind} == {kind.value for kind in Kind}


def test_files_are_written_and_say_the_same(tmp_path):
    report = REPORTS["a pair"]
    report.to_json(tmp_path / "r.json")
    report.to_html(tmp_path / "r.html")
    assert Report.from_json((tmp_path / "r.json").read_text("utf-8")) == report
    assert (tmp_path / "r.html").read_text("utf-8") == report.to_html()
    assert sorted(os.listdir(tmp_path)) == ["r.html", "r.json"]


def test_one_file_that_cannot_be_written_leaves_all_as_they_were(tmp_path):
    (tmp_path / "one").write_text("before")
    with pytest.raises(FileNotFoundError, match=r"no folder/two` must be writable, got: no such"):
        write_whole({tmp_path / "one": "after", tmp_path / "no folder" / "two": "after"})
    assert (tmp_path / "one").read_text() == "before"
    assert os.listdir(tmp_path) == ["one"]


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(IsADirectoryError, match="must be a file, got a folder"):
        write_whole({tmp_path: "text"})


def test_an_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupt(*paths):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole({tmp_path / "one": "text"})
    assert os.listdir(tmp_path) == []


def test_a_written_file_has_the_rights_of_any_other(tmp_path):
    (tmp_path / "plain").write_text("text")
    write_whole({tmp_path / "ours": "text"})
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode
