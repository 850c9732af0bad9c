"""A report as a table of pandas, which is asked for only then."""

import sys

import numpy as np
import pytest

from tests.report.samples import sample

REPORT = sample()


def test_each_measurement_is_a_row_with_all_that_is_known_of_it():
    frame = REPORT.to_pandas()
    assert list(frame.index) == [m.name for m in REPORT.measurements]
    for m in REPORT.measurements:
        row = frame.loc[m.name]
        for column, wanted in [
            ("value", m.value),
            ("low", m.interval and m.interval.low),
            ("estimate", m.interval and m.interval.estimate),
            ("high", m.interval and m.interval.high),
            ("null", m.null and m.null.value),
            ("p_value", m.null and m.null.p_value),
        ]:
            assert np.isnan(row[column]) if wanted is None else row[column] == wanted
        for column in ("unit", "convention", "meaning", "note", "group"):
            assert row[column] == getattr(m, column)
        assert row["null_of"] == (m.null.of if m.null else "")


def test_numbers_are_floats_even_where_nothing_is_known():
    frame = REPORT.to_pandas().loc[["RankMe"]]
    for column in ("value", "low", "high", "null", "p_value"):
        assert frame[column].dtype == np.float64


def test_without_pandas_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(
        ModuleNotFoundError, match=r"to_pandas` must find pandas, .* pip install 'ss"
    ):
        REPORT.to_pandas()
