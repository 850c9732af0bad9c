"""Two reports: what changed, by how much, and whether no change is excluded."""

import dataclasses
import json
import re

import numpy as np
import pytest

from ssl_theory.diagnostics import intervals
from ssl_theory.diagnostics.intervals import Interval
from ssl_theory.diagnostics.unpaired import unpaired_change
from ssl_theory.report import Comparison, Kind, Measurement, Report
from tests.report.samples import HOSTILE, concentrated, sample
from tests.report.tree import Tree

BEFORE, AFTER = sample(), concentrated(source="later.npy")
ELSEWHERE = concentrated(source="elsewhere.npy", seed=7, items=300, blocks="others")
NAME = "effective rank"


def with_measurement(report: Report, name: str, **changes: object) -> Report:
    measurements = [
        dataclasses.replace(m, **changes) if m.name == name else m for m in report.measurements
    ]
    return dataclasses.replace(report, measurements=tuple(measurements))


def test_the_same_items_are_paired_and_separate_ones_are_not():
    paired, unpaired = BEFORE.compare(AFTER), BEFORE.compare(ELSEWHERE)
    assert (paired.paired, unpaired.paired) == (True, False)
    assert paired[NAME].interval == intervals.change(BEFORE[NAME].interval, AFTER[NAME].interval)
    assert unpaired[NAME].interval == unpaired_change(
        BEFORE[NAME].interval, ELSEWHERE[NAME].interval
    )
    assert "what is particular to these items cancels" in " ".join(str(paired).split())
    assert "the errors of both add" in str(unpaired)


def test_reports_that_do_not_say_which_items_they_are_of_are_not_paired():
    one, other = (dataclasses.replace(report, blocks="") for report in (BEFORE, AFTER))
    assert not one.compare(other).paired


def test_pairing_makes_bounds_narrower():
    # Ten sets of variances of the same items, changed a little: their errors nearly cancel.
    paired = sample(1.0).compare(sample(1.1))[NAME].interval
    separate = sample(1.0).compare(sample(1.1, blocks="others"))[NAME].interval
    assert np.log(paired.high / paired.low) < 0.5 * np.log(separate.high / separate.low)


def test_sizes_change_by_a_quotient_and_other_numbers_by_a_difference():
    found = BEFORE.compare(AFTER)
    ranks, means = found[NAME], found["sum of the mean"]
    assert ranks.ratio and ranks.value == pytest.approx(AFTER[NAME].value / BEFORE[NAME].value)
    assert not means.ratio
    assert means.value == AFTER["sum of the mean"].value - BEFORE["sum of the mean"].value
    assert found["resolved rank"].value == 0 and found["resolved rank"].interval is None
    assert found["RankMe"].value is None


def test_no_change_is_one_or_nought():
    found = BEFORE.compare(AFTER)
    assert found[NAME].excludes_none is (found[NAME].interval.high < 1) is True
    assert found["sum of the mean"].excludes_none is False
    assert found["resolved rank"].excludes_none is None
    same = BEFORE.compare(BEFORE)
    assert [c.excludes_none for c in same.changes if c.interval] == [False] * 5
    text = " ".join(str(same).split())
    assert "0 of 5 intervals exclude that nothing changed (*)" in text and "]*" not in text
    assert "about 0.25 of them would do so" in text  # 5 intervals of 95 %


def test_verdicts_that_are_new_or_gone_are_told_and_health_is_no_news():
    found = BEFORE.compare(AFTER)
    assert [v.kind for v in found.gained] == [Kind.CONCENTRATED] and found.lost == ()
    assert "NEW: CONCENTRATED" in str(found) and "HEALTHY" not in str(found)
    back = AFTER.compare(BEFORE)
    assert [v.kind for v in back.lost] == [Kind.CONCENTRATED] and back.gained == ()
    assert "GONE: CONCENTRATED" in str(back)
    assert "the same before and after" in str(BEFORE.compare(BEFORE))


def test_a_verdict_on_the_other_view_is_another_verdict():
    moved = dataclasses.replace(AFTER.verdicts[0], of="w")
    other = dataclasses.replace(AFTER, verdicts=(moved,))
    found = AFTER.compare(other)
    assert found.gained == (moved,) and found.lost == AFTER.verdicts
    assert "NEW: CONCENTRATED (w)" in str(found) and "GONE: CONCENTRATED (z)" in str(found)


def test_different_things_of_one_name_are_not_compared():
    other = with_measurement(AFTER, NAME, convention="with an epsilon")
    message = r"got `effective rank` as with an epsilon where here it is entropy of .*\. Diagnose"
    with pytest.raises(ValueError, match=message):
        BEFORE.compare(other)


def test_both_units_are_shown_where_they_differ():
    found = BEFORE.compare(with_measurement(AFTER, "resolved rank", unit="of 32"))
    assert found["resolved rank"].unit == "directions / of 32"


def test_reports_with_nothing_in_common_are_not_compared():
    other = dataclasses.replace(AFTER, measurements=(Measurement("other", 1, "", "", ""),))
    with pytest.raises(ValueError, match=r"share measurements with this report, got none of eff"):
        BEFORE.compare(other)


def test_only_reports_are_compared():
    with pytest.raises(TypeError, match=r"`other` must be a report, got dict\. Make one with"):
        BEFORE.compare({})


def test_bounds_of_another_level_are_not_mixed():
    other = dataclasses.replace(AFTER[NAME].interval, level=0.9)
    found = BEFORE.compare(with_measurement(AFTER, NAME, interval=other))
    assert found[NAME].interval is None and "different scales or levels" in found[NAME].note


def test_what_stands_in_the_way_of_comparing_is_said():
    notes = " ".join(BEFORE.compare(ELSEWHERE).notes)
    assert "of 400 and 300 items" in notes and "not comparable" in notes
    assert BEFORE.compare(AFTER).notes == ()
    wider = dataclasses.replace(AFTER, dimensions=32, format="float16")
    assert BEFORE.compare(wider).notes == (
        "Counts of directions are out of 16 dimensions before and 32 after.",
        "The numbers are float64 before and float16 after.",
    )
    fewer = dataclasses.replace(AFTER, measurements=AFTER.measurements[:2])
    assert BEFORE.compare(fewer).notes == (
        "Only before: RankMe, participation ratio, resolved rank, sum of the mean, total variance.",
    )
    one = dataclasses.replace(AFTER, measurements=AFTER.measurements[:1])
    more = [dataclasses.replace(one.measurements[0], name=f"m{k}") for k in range(9)]
    many = dataclasses.replace(one, measurements=(*one.measurements, *more))
    assert one.compare(many).notes == ("Only after: m0, m1, m2, m3, m4, m5 and 3 more.",)
    assert [c.name for c in fewer.compare(BEFORE).changes] == [m.name for m in fewer.measurements]


def test_it_comes_back_from_json_and_says_the_same_in_files(tmp_path):
    found = BEFORE.compare(ELSEWHERE)
    assert Comparison.from_json(found.to_json(tmp_path / "c.json")) == found
    assert Comparison.from_json((tmp_path / "c.json").read_text("utf-8")) == found
    found.to_html(tmp_path / "c.html")
    assert (tmp_path / "c.html").read_text("utf-8") == found.to_html()
    with pytest.raises(ValueError, match=r"follow the schema ssl_theory/comparison/1, got ssl_the"):
        Comparison.from_json(BEFORE.to_json())
    json.loads(found.to_json(), parse_constant=pytest.fail)


def test_the_frame_has_a_row_for_each_change():
    found = BEFORE.compare(AFTER)
    frame = found.to_pandas()
    assert list(frame.index) == [c.name for c in found.changes]
    assert frame.loc[NAME, "low"] == found[NAME].interval.low
    assert frame.loc[NAME, "kind"] == "ratio" and frame.loc[NAME, "excludes_none"] is True
    assert np.isnan(frame.loc["resolved rank", "low"])


def test_the_table_shows_before_after_change_and_bounds():
    lines = str(BEFORE.compare(AFTER)).splitlines()
    (line,) = (line for line in lines if line.startswith(f"{NAME}  "))
    cells = re.split(" {2,}", line)
    assert cells[1:4] == [BEFORE[NAME].shown, AFTER[NAME].shown, "x 0.1821"]
    assert cells[4].endswith("]*") and len(cells) == 5
    assert max(map(len, lines)) <= 100


def test_the_page_is_whole_and_draws_quotients_on_one_axis():
    found = BEFORE.compare(AFTER)
    text = found.to_html()
    tree = Tree(text)
    assert [
        a for a, words in tree.named("h1") if words == "later.npy, compared with embeddings.npy"
    ]
    strips = re.findall(r'class="strip".*?</svg>', text, re.S)
    assert len(strips) == sum(c.ratio for c in found.changes) == 4
    same = {re.search(r'class="same" d="M(\S+) ', strip)[1] for strip in strips}
    assert len(same) == 1
    # Places are linear in the logarithm, and 1 is where the upright line is.
    quotients = [c.interval.estimate for c in found.changes if c.ratio]
    places = [float(re.search(r'cx="(\S+)"', strip)[1]) for strip in strips]
    slopes = (np.array(places) - float(same.pop())) / np.log(quotients)
    np.testing.assert_allclose(slopes, slopes[0], rtol=1e-3)
    assert re.search("<h2>later", found._repr_html_())


def test_without_quotients_nothing_is_drawn():
    plain = [dataclasses.replace(m, interval=None) for m in BEFORE.measurements]
    bare = dataclasses.replace(BEFORE, measurements=tuple(plain))
    text = bare.compare(bare).to_html()
    assert 'class="strip"' not in text and "drawn" not in text.partition("</style>")[2]


def test_hostile_words_are_shown_and_do_nothing():
    found = concentrated(source=HOSTILE).compare(sample(source=HOSTILE))
    assert "<script>" not in found.to_html() and "\x1b" not in found.to_html()
    assert "\x1b" not in str(found)


def test_a_change_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(KeyError, match=r"no measurement `x` in both reports; they share effective"):
        BEFORE.compare(AFTER)["x"]


def test_a_bound_is_never_shown_as_no_change_when_it_is_not():
    bound = Interval(1.0004, 1.1, 1.2, 0.95, 1.1, (), (), True)
    found = BEFORE.compare(AFTER)
    (changed, *_) = found.changes
    changed = dataclasses.replace(changed, interval=bound)
    shown = str(dataclasses.replace(found, changes=(changed,)))
    assert "[1.0004, 1.20]*" in shown
