"""One bibliography: every key is there once, complete, and every key cited is in it."""

import re
from pathlib import Path

import pytest

from ssl_theory.references import bibliography, cite

PACKAGE = Path(__file__).parents[1] / "ssl_theory"


@pytest.mark.parametrize("key", bibliography())
def test_every_entry_says_who_wrote_what_when(key):
    entry = bibliography()[key]
    assert {"author", "title", "year"} <= set(entry)
    assert entry["year"] in key


def test_every_key_cited_in_a_docstring_is_in_the_bibliography():
    cited = {
        (path.name, key)
        for path in PACKAGE.rglob("*.py")
        for key in re.findall(r"\[([a-z]+\d{4}[a-z]+)\]", path.read_text("utf-8"))
    }
    assert cited
    missing = {(name, key) for name, key in cited if key not in bibliography()}
    assert not missing


def test_one_two_and_many_authors_are_named_as_papers_do():
    assert cite("leznik2026mapca") == "Leznik (2026)"
    assert cite("wang2020alignuniform") == "Wang and Isola (2020)"
    assert cite("bardes2022vicreg") == "Bardes et al. (2022)"


def test_no_name_is_left_in_the_language_it_is_typeset_in():
    assert cite("vonkugelgen2021self") == "von Kügelgen et al. (2021)"
    assert not [key for key in bibliography() if re.search(r"[\\{}]", cite(key))]


def test_an_unknown_key_is_an_error_with_a_remedy():
    with pytest.raises(
        KeyError, match=r"no entry `nobody1900nothing` in ssl_theory/references.bib"
    ):
        cite("nobody1900nothing")
