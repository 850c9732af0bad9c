"""Checkpoints in their order: every course is followed, and the largest fall is found."""

import dataclasses
import json
import math
import re

import numpy as np
import pytest

from ssl_theory import trajectory
from ssl_theory.report import Kind, Measurement, Report, Trajectory
from tests.report.samples import HOSTILE, concentrated, sample
from tests.report.tree import Tree

DECAYS = (0.3, 0.1, 0.8, 1.0, 2.5, 3.0)
STEPS = (0, 10, 20, 40, 80, 160)
RUN = trajectory(
    [sample(d, kind=Kind.CONCENTRATED if d > 2 else Kind.HEALTHY) for d in DECAYS], steps=STEPS
)
NAME = "effective rank"


def course(*values: float | None) -> Trajectory:
    """Checkpoints of a single number."""
    return trajectory(
        Report("r", 9, 2, "float32", (), (Measurement("size", v, "units", "summed", ""),), ())
        for v in values
    )


def test_each_measurement_is_followed():
    assert [m.value for m in RUN[NAME]] == [report[NAME].value for report in RUN.reports]
    assert RUN.whole == RUN.reports[0].compare(RUN.reports[-1])


def test_steps_count_from_nought_unless_given():
    assert course(1.0, 2.0, 3.0).steps == (0, 1, 2)


@pytest.mark.parametrize(
    ("values", "fall"),
    [
        ((3.0, 2.0, 0.0, -0.5), (1, 2, 2.0)),
        ((3.0, 5.0, 4.0, 4.5), (1, 2, 1.0)),
        ((1.0, 2.0, 2.0), None),
        ((9.0, None, 1.0, 0.0), (2, 3, 1.0)),  # across what is undefined nothing is known to fall
        ((5, 3, 1), (0, 1, 2)),  # the first of equals
    ],
)
def test_the_largest_fall_is_between_neighbours(values, fall):
    assert course(*values).largest_fall("size") == fall
    shown = str(course(*values)).splitlines()
    (line,) = (line for line in shown if line.startswith("size"))
    assert line.endswith(f"{fall[0]} to {fall[1]}" if fall else "none")


def test_verdicts_are_told_once_with_their_steps():
    text = str(RUN)
    assert "CONCENTRATED: at steps 80 to 160." in text and text.count("CONCENTRATED") == 1
    bad, good = concentrated(), sample()
    again = trajectory([bad, good, bad, bad, good, good, bad])
    assert "CONCENTRATED: at steps 0, 2 to 3, 6." in str(again)
    assert "CONCENTRATED: at step 1." in str(trajectory([good, bad, good]))
    assert "CONCENTRATED: at every checkpoint." in str(trajectory([bad, bad]))
    assert "HEALTHY: at every checkpoint." in str(trajectory([good, good]))


def test_the_table_shows_first_last_and_their_change():
    whole = RUN.whole[NAME]
    lines = str(RUN).splitlines()
    (line,) = (line for line in lines if line.startswith(f"{NAME}  "))
    cells = re.split(" {2,}", line)
    assert cells[1:3] == [RUN[NAME][0].shown, RUN[NAME][-1].shown]
    assert cells[3] == f"x {whole.value:.4g}" and cells[5] == "40 to 80"
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((0, 1), r"`steps` must be one for each of 6 reports, got 2\. Leave them out"),
        ((0, 1, 2, 2, 3, 4), r"`steps` must increase, got 0, 1, 2, 2, 3, 4\. Put the reports in"),
        ((0, 1, 2, 3, 4, math.inf), r"`steps` must be finite, got inf"),
    ],
)
def test_steps_are_checked(steps, message):
    with pytest.raises(ValueError, match=message):
        trajectory(RUN.reports, steps=steps)


def test_one_checkpoint_is_no_trajectory():
    with pytest.raises(ValueError, match=r"at least 2 checkpoints, got 1: one has no course"):
        trajectory([sample()])


def test_a_change_of_convention_on_the_way_is_refused():
    one, *rest = RUN.reports[2].measurements
    odd = dataclasses.replace(
        RUN.reports[2], measurements=(dataclasses.replace(one, convention="another"), *rest)
    )
    with pytest.raises(ValueError, match=r"follow the conventions of this report, got `effective"):
        trajectory([*RUN.reports[:2], odd])


def test_only_what_all_reports_have_is_followed():
    fewer = dataclasses.replace(RUN.reports[1], measurements=RUN.reports[1].measurements[2:])
    run = trajectory([RUN.reports[0], fewer, RUN.reports[2]])
    assert run.names == tuple(m.name for m in fewer.measurements)
    assert "effective rank" not in str(run)


def test_it_comes_back_from_json_and_says_the_same_in_files(tmp_path):
    assert Trajectory.from_json(RUN.to_json(tmp_path / "t.json")) == RUN
    assert Trajectory.from_json((tmp_path / "t.json").read_text("utf-8")) == RUN
    assert '"steps": [0, 10, 20, 40, 80, 160]' in RUN.to_json()
    RUN.to_html(tmp_path / "t.html")
    assert (tmp_path / "t.html").read_text("utf-8") == RUN.to_html()
    document = json.loads(RUN.to_json())
    document["steps"][1] = -1
    with pytest.raises(ValueError, match="`steps` must increase"):
        Trajectory.from_json(json.dumps(document))


def test_the_frame_has_a_row_for_each_measurement_at_each_step():
    frame = RUN.to_pandas()
    assert len(frame) == len(STEPS) * len(RUN.reports[0].measurements)
    wide = frame.pivot(index="step", columns="measurement", values="value")
    assert wide.index.tolist() == list(STEPS)
    assert wide[NAME].tolist() == [m.value for m in RUN[NAME]]


def test_each_panel_has_its_line_where_the_values_are():
    text = RUN.to_html()
    panels = re.findall(r'<svg class="panel".*?</svg>', text, re.S)
    (panel,) = (p for p in panels if f'aria-label="{NAME}: ' in p)
    (path,) = re.findall(r'class="curve of0" d="M([^"]*)"', panel)
    line = np.array([[float(x) for x in p.split()] for p in path.split("L")])
    values = [m.value for m in RUN[NAME]]
    for places, numbers in ((line[:, 0], STEPS), (line[:, 1], values)):
        slope, start = np.polyfit(numbers, places, 1)
        np.testing.assert_allclose(places, slope * np.array(numbers) + start, atol=0.011)
    (path,) = re.findall(r'class="fall" d="M([^"]*)"', panel)
    np.testing.assert_allclose(
        [[float(x) for x in p.split()] for p in path.split("L")], line[3:5]
    )  # from 40 to 80
    (path,) = re.findall(r'class="null of0" d="M([^"]*)Z"', panel)
    low = np.array([[float(x) for x in p.split()] for p in path.split("L")])[: len(STEPS)]
    slope, start = np.polyfit(values, line[:, 1], 1)
    bounds = [m.interval.low for m in RUN[NAME]]
    np.testing.assert_allclose(low[:, 1], slope * np.array(bounds) + start, atol=0.02)


@pytest.mark.parametrize(
    ("values", "logarithmic"),
    [((1.0, 10.0, 100.0), True), ((1.0, 10.0, 40.0), False), ((0.0, 10.0, 100.0), False)],
)
def test_an_axis_counts_decades_where_a_positive_value_crosses_many(values, logarithmic):
    (path,) = re.findall(r'class="curve of0" d="M([^"]*)"', course(*values).to_html())
    heights = [float(p.split()[1]) for p in path.split("L")]
    scale = np.log if logarithmic else np.asarray
    places = scale(np.array(values))
    steps = np.diff(heights) / np.diff(places)
    assert steps[0] == pytest.approx(steps[1], rel=2e-3)


def test_what_never_changes_is_named_and_not_drawn():
    text = RUN.to_html()
    assert "The same throughout: resolved rank (16)." in text
    assert "The same throughout: size (2)." in course(2, 2).to_html()
    assert "<svg" not in course(2, 2).to_html() and "<svg" not in course(None, None).to_html()


def test_a_line_is_broken_where_the_value_is_undefined():
    text = course(1.0, 2.0, None, 4.0, 5.0, None, 7.0).to_html()
    lines = re.findall(r'class="curve of0" d="M([^"]*)"', text)
    assert [line.count("L") + 1 for line in lines] == [2, 2]
    assert text.count("<circle") == 5


def test_the_page_is_whole_described_and_safe():
    tree = Tree(RUN.to_html())
    panels = tree.named("svg")
    assert all(a["role"] == "img" and "steps 0 to 160" in a["aria-label"] for a, _ in panels)
    assert len({a["aria-label"] for a, _ in panels}) == len(panels) == len(tree.named("figure"))
    hostile = trajectory([sample(source=HOSTILE), concentrated(source=HOSTILE, group=HOSTILE)])
    text = hostile.to_html() + str(hostile) + hostile._repr_html_()
    assert "<script>" not in hostile.to_html() and "\x1b" not in text
    Tree(hostile._repr_html_())
