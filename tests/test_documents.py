"""The README is true: its code runs, and its tables are what their commands print."""

import re
from pathlib import Path

import pytest

from ssl_theory.cards import card, table
from ssl_theory.objectives import CATALOGUE

PATH = Path(__file__).parents[1] / "README.md"
README = PATH.read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
CATALOGUE_TABLE = re.compile(r"(<!-- catalogue -->\n).*?(\n<!-- /catalogue -->)", re.DOTALL)


def with_fresh_catalogue(text: str) -> str:
    """The same text with the table as `ssl-theory objectives --markdown` prints it."""
    fresh = table(card(make()) for make in CATALOGUE)
    return CATALOGUE_TABLE.sub(lambda found: found[1] + fresh + found[2], text)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[-1][:40])
def test_every_python_block_runs(block, capsys):
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out


def test_the_catalogue_is_fresh():
    assert with_fresh_catalogue(README) == README, "run: python -m tests.test_documents"


def test_every_path_it_names_exists():
    root = Path(__file__).parents[1]
    paths = set(re.findall(r"`((?:ssl_theory|tests|figures)/[\w./]*)`", README))
    assert paths
    assert not [path for path in paths if not (root / path).exists()]


if __name__ == "__main__":
    PATH.write_text(with_fresh_catalogue(README), "utf-8")
