"""The page: whole, safe, legible in both schemes, and drawn where the numbers are."""

import itertools
import re
from importlib.resources import files

import numpy as np
import pytest

from ssl_theory.report import Kind, Measurement, Report, page, trajectory
from ssl_theory.report.markup import Markup, element, joined
from tests.report.samples import DIMENSIONS, HOSTILE, ITEMS, concentrated, sample
from tests.report.tree import Tree

STYLE = files("ssl_theory.report").joinpath("page.css").read_text("utf-8")
BARE = Report("bare", 3, 2, "float32", sample().verdicts, sample().measurements[3:4], ())
PAGES = {
    "one report": sample().to_html(),
    "two reports": page([sample(), concentrated(source="other")], title="Two"),
    "a comparison": sample().compare(concentrated(source="later")).to_html(),
    "a trajectory": trajectory([sample(), sample(0.5), concentrated()]).to_html(),
    "hostile": concentrated(source=HOSTILE, sure=False, group=HOSTILE).to_html(),
    "bare": BARE.to_html(),
}
pages = pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)


def luminance(colour: str) -> float:
    """Of the web's contrast rule: linear light, weighted as eyes do."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_the_web_s():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # the textbook's grey


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_words_is_legible_on_every_ground(scheme):
    found = re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", STYLE)
    palette = {name: pair[scheme] for name, *pair in found}
    words = set(re.findall(r"[ {]color: var\(--(\w+)\)", STYLE)) | {"good", "bad", "care"}
    assert words - {"tone"} == {"ink", "faint", "first", "second", "good", "bad", "care"}
    for word, ground in itertools.product(words - {"tone"}, ["paper", "tint"]):
        assert contrast(palette[word], palette[ground]) >= 4.5, (word, ground)
    for drawn in ("first", "second", "faint"):
        assert contrast(palette[drawn], palette["paper"]) >= 3, drawn


def test_nothing_moves():
    assert not re.search("animation|transition|scroll-behavior", STYLE)


@pages
def test_the_page_is_announced_and_laid_out_in_landmarks(text):
    tree = Tree(text)
    ((attributes, _),) = tree.named("html")
    assert attributes["lang"] == "en"
    assert tree.named("title")[0][1]
    assert len(tree.named("main")) == len(tree.named("footer")) == len(tree.named("h1")) == 1
    assert "width=device-width" in text


@pages
def test_headings_go_down_one_step_at_a_time(text):
    levels = [int(tag[1]) for tag, *_ in Tree(text).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pages
def test_every_picture_is_described_and_every_figure_has_a_caption(text):
    tree = Tree(text)
    # A strip in a row of a table shows the numbers beside it: it need not be heard as well.
    pictures = [one for one in tree.named("svg") if one[0].get("aria-hidden") != "true"]
    assert len(pictures) == len(tree.named("figure"))
    assert all(a["role"] == "img" and len(a["aria-label"]) > 40 for a, _ in pictures)
    assert len(tree.named("figure")) == len(tree.named("figcaption"))
    assert all(words for _, words in tree.named("figcaption"))


@pages
def test_every_table_says_what_its_rows_and_columns_are(text):
    tree = Tree(text)
    assert {a.get("scope") for a, _ in tree.named("th")} <= {"row", "col", "rowgroup"}
    assert all(words for _, words in tree.named("th"))
    for attributes, _ in tree.named("table"):
        assert attributes.keys() <= {"role"}
    rows = re.findall(r'<tr role="row">(.*?)</tr>', text, re.S)
    widths = {len(re.findall("<t[dh] ", row)) for row in rows}
    assert len(widths) == 1  # a cell for every column


@pages
def test_no_identifier_is_given_twice_and_none_is_needed(text):
    assert not [a for _, a, _ in Tree(text).elements if "id" in a or "for" in a]


@pages
def test_it_asks_for_nothing_and_runs_nothing(text):
    tree = Tree(text)
    assert not {tag for tag, *_ in tree.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "a",
    }
    for _, attributes, _ in tree.elements:
        assert not {"src", "href", "srcset", "style"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    assert "url(" not in text and "@import" not in text
    (policy,) = [a["content"] for _, a, _ in tree.elements if "http-equiv" in a]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_hostile_words_are_shown_and_do_nothing():
    text = PAGES["hostile"]
    assert "<script>" not in text and "\x1b" not in text and "\u202e" not in text
    words = [words for _, words in Tree(text).named("title", "h1", "th")]
    shown = "<script>alert('&')</script>\"[red]\\x1b[2J\\u202e\\udcff"
    assert f"{shown}, diagnosed" in words and shown in words
    text.encode()  # a lone surrogate would not go into a file


@pytest.mark.parametrize("quote", ['"', "'", "<", "&", ">"])
def test_markup_is_escaped_by_construction(quote):
    made = element("td", quote, title=f"a{quote}b", data_label=None)
    (one,) = Tree(made).elements
    assert one == ("td", {"title": f"a{quote}b"}, [quote])
    assert joined([Markup("<b>"), "<b>"]) == "<b>&lt;b&gt;"


def test_verdicts_come_before_figures_and_figures_before_numbers():
    text = PAGES["one report"]
    places = [text.index(mark) for mark in ("<h1", 'class="verdict', "<figure", '<table role="tab')]
    assert places == sorted(places)


def test_a_doubtful_verdict_says_so():
    assert "Not certain" in PAGES["hostile"] and "Not certain" not in PAGES["one report"]


def test_intervals_and_nulls_have_columns_only_where_there_are_any():
    heads = [words for a, words in Tree(PAGES["one report"]).named("th") if a["scope"] == "col"]
    assert heads[-5:] == ["measurement", "value", "95 % interval", "by chance", "convention"]
    heads = [words for a, words in Tree(PAGES["bare"]).named("th") if a["scope"] == "col"]
    assert heads == ["measurement", "value", "convention"]


def test_nothing_is_said_of_spectra_that_are_not_there():
    assert "no spectrum to draw" not in PAGES["bare"] and "<figure" not in PAGES["bare"]


def test_each_group_has_one_heading_over_its_rows():
    tree = Tree(PAGES["one report"])
    groups = [words for a, words in tree.named("th") if a["scope"] == "rowgroup"]
    assert groups == ["Ranks", "Sizes"]
    assert PAGES["one report"].count('<tbody role="rowgroup">') == 2


def test_the_figures_are_there_as_numbers():
    tree = Tree(PAGES["one report"])
    cells = {words for _, words in tree.named("td")}
    for curve in sample().spectra:
        assert f"{curve.eigenvalues[0]:.4g}" in cells and f"{curve.masses[-1]:.4g}" in cells
    assert len([a for a, _ in tree.named("details")]) == 1


def test_a_notebook_s_part_stands_alone():
    part = sample()._repr_html_()
    assert part.startswith('<div class="ssl-theory">')
    assert not re.search("<(html|head|body|main|h1)", part)
    Tree(part)


def test_samples_are_as_they_say():
    assert sample().items == ITEMS and sample().dimensions == DIMENSIONS
    assert concentrated().kinds == {Kind.CONCENTRATED}


def test_sentences_begin_with_a_capital_and_symbols_stay_as_they_are():
    shown = (Measurement("a", 1, "", "trace of it", "m of them"), Measurement("b", 1, "", "n", ""))
    report = Report("r", 3, 2, "float32", sample().verdicts, shown, ())
    words = [words for a, words in Tree(report.to_html()).named("td") if a["class"] == "said"]
    assert words == ["Trace of itm of them", "n"]
