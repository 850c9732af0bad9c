"""A new objective is one short file; the rest is derived."""

import importlib.util

import pytest

from ssl_theory.cards import card, table
from ssl_theory.checks import conformance

NAME = "spread_student"
FILE = f'''"""Students that keep their nearest neighbours away."""

from ssl_theory.alignment import StudentT
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import KozachenkoLeonenko

__all__ = ["{NAME}"]


def {NAME}(degrees: float = 5.0) -> Objective:
    """A Student-t latent model, spread by a consistent entropy."""
    parts = StudentT(degrees), KozachenkoLeonenko(neighbours=2)
    paper = Published(convention="nothing left out")
    return Objective("{NAME}", *parts, "mikulasch2026ldm", paper=paper)
'''


@pytest.fixture(scope="module")
def objective(tmp_path_factory):
    path = tmp_path_factory.mktemp("objectives") / f"{NAME}.py"
    path.write_text(FILE)
    specification = importlib.util.spec_from_file_location(NAME, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return getattr(module, NAME)()


def test_the_file_is_short():
    assert len(FILE.splitlines()) < 20


def test_it_meets_every_obligation(objective):
    names = []
    for check in conformance(objective):
        check.run()
        names.append(check.name)
    assert {"formulas agree with code", "unchanged by rotation", "changed by scale"} <= set(names)


def test_its_card_its_row_and_its_profile_follow(objective):
    derived = card(objective)
    assert "translation" in derived.kept and "scale" in derived.broken
    assert derived.collapse.verdict.value == "forbids"  # its entropy falls without bound
    assert "Mikulasch and Zenke (2026)" in str(derived)
    assert "<math" in derived.to_html()
    assert f"| `{NAME}` | `StudentT` + `KozachenkoLeonenko` |" in table([derived])
    assert r"\eta" in derived.alignment and 5.0 in derived.settings.values()
