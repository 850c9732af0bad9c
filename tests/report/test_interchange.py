"""What is written comes back exactly, and what is not as it should be is told by its place."""

import copy
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.diagnostics.intervals import Interval
from ssl_theory.report import Curve, Expectation, Kind, Measurement, Report, Verdict

FINITE = st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(), max_size=20)  # any code point, lone surrogates too
FLOATS = st.lists(FINITE, max_size=4).map(tuple)

intervals = st.builds(
    Interval, FINITE, FINITE, FINITE, FINITE, FINITE,
    st.lists(st.integers(1), max_size=3).map(tuple), FLOATS, st.booleans(),
)  # fmt: skip
measurements = st.builds(
    Measurement,
    TEXT, st.none() | FINITE | st.integers(), TEXT, TEXT, TEXT, TEXT, st.none() | intervals,
    st.none() | st.builds(Expectation, TEXT, FINITE, st.none() | FINITE), TEXT,
)  # fmt: skip
verdicts = st.builds(Verdict, st.sampled_from(Kind), TEXT, TEXT, TEXT, st.booleans())
curves = st.builds(Curve, TEXT, FLOATS, FINITE, FLOATS, FLOATS, FLOATS, FLOATS)
reports = st.builds(
    Report,
    TEXT, st.integers(0), st.integers(0), TEXT,
    *(st.lists(parts, max_size=2).map(tuple) for parts in (verdicts, measurements, curves)),
    TEXT,
)  # fmt: skip

INTERVAL = Interval(1.0, 2.0, 3.0, 0.95, 2.5, (3, 4), (0.5, 0.75), True)
REPORT = Report(
    "file.npy",
    7,
    2,
    "float32",
    (Verdict(Kind.HEALTHY, "z", "all is well.", "Go on.", sure=False),),
    (
        Measurement("rank", 2, "directions", "counted", "how many"),
        Measurement(
            "size",
            2.5,
            "units",
            "summed",
            "how large",
            "",
            INTERVAL,
            Expectation("noise", 1.0, 0.5),
        ),
    ),
    (Curve("z", (2.0, 1.0), 1e-9, (1.0, 0.5), (3.0, 2.0), (1.5, 2.0), (0.9, 0.1)),),
    "ab12",
)


def exactly(value):
    """Every number to its last bit and its kind, the sign of zero included."""
    return repr(value)


@given(reports)
def test_any_report_comes_back_exactly(report):
    text = report.to_json()
    json.loads(text, parse_constant=pytest.fail)  # neither NaN nor Infinity
    assert exactly(Report.from_json(text)) == exactly(report)


def change(document, path, value):
    document = copy.deepcopy(document)
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if value is KeyError:
        del place[last]
    else:
        place[last] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["items"], 7.0, r"`report.items` must be an integer, got '7.0'"),
        (["items"], True, r"`report.items` must be an integer, got 'True'"),
        (["source"], None, r"`report.source` must be text, got 'None'"),
        (
            ["blocks"],
            KeyError,
            r"`report` must be an object of source, items, .*, blocks, got .*blocks",
        ),
        (["extra"], 1, r"`report` must be an object of source, .* got .*extra"),
        (["spectra"], {}, r"`report.spectra` must be a list, got"),
        (["spectra", 0], 3, r"`report.spectra\[0\]` must be an object, got '3'"),
        (
            ["spectra", 0, "floor"],
            "low",
            r"`report.spectra\[0\].floor` must be a number, got 'low'",
        ),
        (["verdicts", 0, "sure"], 1, r"`report.verdicts\[0\].sure` must be true or false, got '1'"),
        (["verdicts", 0, "kind"], "ill", r"`.*kind` must be one of healthy, .*, got 'ill'"),
        (["measurements", 1, "value"], [1], r"`report.measurements\[1\].value` must be a number"),
        (["measurements", 1, "interval", "counts", 1], 0.5, r"counts\[1\]` must be an integer"),
        (["measurements", 1, "null", "value"], float("nan"), "must be a report in JSON, got"),
    ],
)
def test_what_is_not_as_the_schema_says_is_told_by_its_place(path, value, message):
    document = json.loads(REPORT.to_json())
    with pytest.raises(ValueError, match=message):
        Report.from_json(change(document, path, value))


def test_a_number_too_large_for_a_float_is_refused():
    text = REPORT.to_json().replace('"floor": 1e-09', '"floor": 1e999')
    with pytest.raises(ValueError, match=r"`spectrum of z.floor` must be finite, got inf"):
        Report.from_json(text)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_no_part_of_a_report_may_hold_what_json_has_no_word_for(bad):
    with pytest.raises(ValueError, match=r"`m.value` must be finite, got .*say why in `note`"):
        Measurement("m", bad, "", "", "")
    with pytest.raises(ValueError, match=r"`m.null.value` must be finite"):
        Measurement("m", None, "", "", "", null=Expectation("noise", bad))
    interval = Interval(0.0, 1.0, 2.0, 0.95, 1.0, (1, 1), (0.0, bad), False)
    with pytest.raises(ValueError, match=r"`m.interval.pseudo` must be finite"):
        Measurement("m", 1.0, "", "", "", interval=interval)
    with pytest.raises(ValueError, match=r"`spectrum of z.masses` must be finite"):
        Curve("z", (1.0,), 0.0, masses=(bad,))
