"""Whatever is exported is catalogued, and what the catalogue says can be looked up."""

import inspect

import pytest

from ssl_theory import diagnostics
from ssl_theory.diagnostics.catalogue import CATALOGUE, UNCHANGED, table
from ssl_theory.diagnostics.invariances import INVARIANCES, Change
from ssl_theory.diagnostics.view_invariances import LABELLED, MATCHED, SIMILARITIES

BY_NAME = {s.name: s for s in CATALOGUE}
statistics = pytest.mark.parametrize("statistic", CATALOGUE, ids=lambda s: s.name)


def test_every_export_is_a_statistic_or_the_law_of_one():
    functions = {
        name for name in diagnostics.__all__ if inspect.isfunction(getattr(diagnostics, name))
    }
    laws = {law.__name__ for s in CATALOGUE for law in s.null}
    assert functions - BY_NAME.keys() <= laws
    assert functions >= BY_NAME.keys()
    assert len(BY_NAME) == len(CATALOGUE)


def test_every_export_is_what_its_name_says_and_no_module():
    for name in diagnostics.__all__:
        assert getattr(diagnostics, name).__name__ == name
    # A function takes the place of the module of its name, whoever imports which first.
    from ssl_theory.diagnostics import lidar
    from ssl_theory.diagnostics.lidar import lidar as the_same

    assert lidar is the_same
    assert diagnostics.__all__ == sorted(diagnostics.__all__)


@statistics
def test_every_statistic_is_defined_in_a_sentence(statistic):
    assert statistic.call.__module__.startswith("ssl_theory.diagnostics.")
    assert len(statistic.meaning) > 10
    assert statistic.meaning[-1] in ".:"


@statistics
def test_every_law_has_a_definition_of_its_own(statistic):
    for law in statistic.null:
        assert law.__module__.startswith(("ssl_theory.nulls.", "ssl_theory.diagnostics."))
        assert inspect.getdoc(law)


@statistics
def test_corrections_are_arguments_of_the_statistic_or_functions(statistic):
    if isinstance(statistic.corrected, str) and statistic.corrected:
        argument, _, _ = statistic.corrected.partition("=")
        assert argument in statistic.convention
    elif statistic.corrected:
        assert statistic.corrected_by == statistic.corrected.__name__


@statistics
def test_rows_of_other_conventions_name_arguments(statistic):
    given = [part.partition("=")[0] for part in statistic.at.split(", ") if part]
    assert set(given) <= statistic.convention.keys()
    assert statistic.noticing or not given
    defaults = [f"{n}={v!r}".replace("'", '"') for n, v in statistic.convention.items()]
    assert not set(statistic.at.split(", ")) & set(defaults)


@statistics
def test_randomness_is_an_argument_and_never_without_a_seed(statistic):
    if {"draws", "slices", "repeats"} & statistic.convention.keys():
        assert statistic.convention["seed"] == 0


def test_no_two_tables_of_invariances_share_a_row_and_every_row_is_of_a_statistic():
    tables = (INVARIANCES, MATCHED, SIMILARITIES, LABELLED)
    assert sum(map(len, tables)) == len(UNCHANGED)
    rows = {s.noticing for s in CATALOGUE}
    # Rows of other orders and corrections of statistics that have a row of their own.
    others = {"participation ratio", "stable rank", "CKA"}
    assert set(UNCHANGED) - rows == others


def test_conventions_are_the_signatures():
    expected = {"order": 1.0, "of": "variance", "centred": True}
    assert BY_NAME["effective_rank"].convention == expected
    assert BY_NAME["werank"].unchanged is None
    assert Change.UNITS in BY_NAME["canonical_correlations"].unchanged
    assert BY_NAME["lidar"].corrected_by == "corrected_lidar"


def test_the_table_has_a_row_for_each_and_no_cell_too_many():
    lines = table().splitlines()
    assert len(lines) == len(CATALOGUE) + 2
    assert {line.replace(r"\|", "").count("|") for line in lines} == {8}
