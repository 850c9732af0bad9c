"""A card says what can be derived from the parts, in a terminal, on a page and in a row."""

import re
from html.parser import HTMLParser

import pytest

from ssl_theory.cards import card, table
from ssl_theory.objectives import CATALOGUE, gaussian_infomax, info_nce, vicreg
from ssl_theory.references import cite


class Page(HTMLParser):
    """What a browser would load and show."""

    def __init__(self, html):
        super().__init__()
        self.open, self.loads, self.formulas, self.words = [], [], 0, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.formulas += tag == "math"
        self.loads += [value for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "path", "polyline"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("path", "polyline"):
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("make", CATALOGUE, ids=lambda make: make.__name__)
def test_every_objective_has_a_card_a_page_and_a_row(make):
    objective = make()
    derived = card(objective)
    printed, page = str(derived), Page(derived.to_html())
    for said in (objective.name, cite(objective.source), derived.collapse.verdict.value):
        assert said in printed and said in " ".join(page.words)
    assert page.formulas == 3 and not page.open
    assert not page.loads and "http" not in derived.to_html()
    assert {"A (LaTeX)", "U (LaTeX)"} <= set(re.findall(r"^  (\w \(LaTeX\))", printed, re.M))
    assert table([derived]).splitlines()[2].startswith(f"| `{objective.name}` | ")
    assert derived._repr_html_() == derived.to_html()


def test_letters_are_shared_between_the_halves_and_come_with_values():
    derived = card(info_nce(temperature=0.25))
    assert derived.settings == {r"\kappa": 4.0}
    assert r"\kappa" in derived.alignment and r"\kappa" in derived.uniformity
    assert "κ = 4" in derived.facts["parameters"]


def test_a_card_says_how_the_published_number_is_read_off():
    assert card(info_nce()).reading == r"A + U + \log{\left(n \right)}"


def test_a_card_names_the_symmetries_that_are_kept_and_those_that_are_broken():
    derived = card(gaussian_infomax())
    assert derived.kept == ["axes", "rotation", "translation"]
    assert derived.broken == ["scale", "units", "lengths"]


def test_a_card_says_what_is_felt_at_a_point():
    assert (
        card(info_nce(temperature=0.5)).facts["at a point"].startswith("a saddle, left at rate 4")
    )
    assert card(vicreg()).facts["at a point"].endswith("of any autocorrelation, noise too")
    assert card(gaussian_infomax()).facts["at a point"] == "the total diverges"


def test_a_flat_prior_shows_two_entropies_in_the_row():
    assert r"| $\sim 2H$ | marginal, flat prior |" in table([card(vicreg())])


def test_the_table_has_one_row_per_card_under_one_head():
    lines = table(card(make()) for make in (info_nce, vicreg)).splitlines()
    assert len(lines) == 4
    assert len({line.count("|") for line in lines}) == 1
