"""The README is true: its code runs, and its tables are what their commands print."""

import re
from pathlib import Path

import pytest

from benchmarks import laboratory
from benchmarks.collapse.table import published, tables
from ssl_theory.cards import card, table
from ssl_theory.objectives import CATALOGUE

PATH = Path(__file__).parents[1] / "README.md"
README = PATH.read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def replaced(text: str, name: str, fresh: str) -> str:
    """The same text with what is between the markers of this name."""
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    changed, places = place.subn(lambda found: f"{found[1]}{fresh}\n{found[2]}", text)
    assert places == 1, f"README.md has the markers of {name} {places} times"
    return changed


def with_fresh_catalogue(text: str) -> str:
    """With the table as `ssl-theory objectives --markdown` prints it."""
    return replaced(text, "catalogue", table(card(make()) for make in CATALOGUE))


def with_fresh_collapse(text: str) -> str:
    """With the tables that `python -m benchmarks.collapse` prints, of the committed results."""
    return replaced(text, "collapse", tables(published()))


def with_fresh_laboratory(text: str) -> str:
    """With the tables that `python -m benchmarks.laboratory` prints, of the committed results."""
    return replaced(text, "laboratory", laboratory.tables(laboratory.published()))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[-1][:40])
def test_every_python_block_runs(block, capsys):
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out


def test_the_catalogue_is_fresh():
    assert with_fresh_catalogue(README) == README, "run: python -m tests.test_documents"


def test_the_tables_of_collapse_are_fresh():
    assert with_fresh_collapse(README) == README, "run: python -m tests.test_documents"


def test_the_tables_of_the_laboratory_are_fresh():
    assert with_fresh_laboratory(README) == README, "run: python -m tests.test_documents"


def test_every_path_it_names_exists():
    root = Path(__file__).parents[1]
    paths = set(re.findall(r"`((?:ssl_theory|tests|figures)/[\w./]*)`", README))
    assert paths
    assert not [path for path in paths if not (root / path).exists()]


if __name__ == "__main__":
    fresh = with_fresh_laboratory(with_fresh_collapse(with_fresh_catalogue(README)))
    PATH.write_text(fresh, "utf-8")
