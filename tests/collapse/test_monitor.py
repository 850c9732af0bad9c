"""A monitor learns health, names what leaves it, and can be killed and taken up at any probe."""

import json

import numpy as np
import pytest

from ssl_theory.collapse.damage import plant
from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.monitor import Monitor
from ssl_theory.collapse.observation import Observation

SIZE = Detector(
    Kind.COMPLETE,
    (Channel("size", "lower", 0.5),),
    lambda seen: {"size": float(np.log(np.square(seen.z).mean()))},
    sees="mean square",
    blind_to="directions",
)
SAMENESS = Detector(
    Kind.AUGMENTATION,
    (Channel("apart", "higher", 0.5),),
    lambda seen: {"apart": float(np.log(np.square(seen.z - seen.views).mean()))},
    sees="distance of views",
    blind_to="all else",
    needs=frozenset({"views"}),
)
DEAD = Detector(
    Kind.DEAD_UNITS,
    (Channel("dead", "higher", 1.0),),
    lambda seen: {"dead": 0.0},
    sees="nothing",
    blind_to="all",
    needs=frozenset({"units"}),
)
ALL = (SIZE, SAMENESS, DEAD)


def recorded(probes=80, onset=50, seed=0, by=0.3):
    """Two channels: noise about a level, and from the onset on one of them falls."""
    generator = np.random.default_rng(seed)
    size = 2.0 + 0.1 * generator.standard_normal(probes)
    size -= by * np.maximum(0, np.arange(probes) - onset + 1)
    apart = -1.0 + 0.1 * generator.standard_normal(probes)
    return [{"size": a, "apart": b} for a, b in zip(size, apart, strict=True)]


def replayed(monitor, values, start=0):
    return [monitor.update(v, step=start + t) for t, v in enumerate(values)]


def test_finds_and_names_what_falls_and_says_since_when():
    monitor = Monitor(ALL)
    replayed(monitor, recorded())
    assert monitor.promise.of == ("size", "apart")
    [alarm] = monitor.alarms
    assert alarm.promised
    assert alarm.kinds == (Kind.COMPLETE,)
    assert monitor.diagnosis == (Kind.COMPLETE,)
    assert [cause.channel for cause in monitor.causes] == ["size"]
    # 0.3 a probe passes a tolerance of 0.5 with the second probe.
    assert 51 <= alarm.onset <= 53
    assert alarm.onset <= alarm.step <= 56
    assert "size" in alarm.reason
    assert alarm.losses["size"] > 1 > alarm.losses["apart"]


def test_a_loss_within_the_tolerance_never_raises_an_alarm():
    values = recorded(probes=3000, onset=10**6)
    for v in values[50:]:
        v["size"] -= 0.4
    monitor = Monitor(ALL)
    replayed(monitor, values)
    assert monitor.alarms == []
    assert monitor.losses["size"] == pytest.approx(0.8, abs=0.5)
    monitor = Monitor(ALL, tolerances={"size": 0.1})
    replayed(monitor, values)
    assert monitor.alarm.kinds == (Kind.COMPLETE,)


def test_growth_is_no_loss_in_a_channel_that_is_worse_when_lower():
    monitor = Monitor(ALL)
    replayed(monitor, recorded(by=-0.3))
    assert monitor.alarms == []
    assert monitor.losses["size"] < -5


def test_goes_on_identically_when_killed_after_any_probe():
    values = recorded(probes=70)
    whole = Monitor(ALL)
    says = replayed(whole, values)
    for k in range(len(values)):
        first = Monitor(ALL)
        replayed(first, values[:k])
        second = Monitor(ALL)
        second.load_state_dict(json.loads(json.dumps(first.state_dict(), allow_nan=False)))
        assert second.state_dict() == first.state_dict()
        assert replayed(second, values[k:], start=k) == says[k:]
        assert second.state_dict() == whole.state_dict()
        assert second.channels == whole.channels


def test_what_is_not_a_number_is_reported_and_leaves_the_rest_alone():
    generator = np.random.default_rng(3)
    items = generator.standard_normal((64, 4))
    clean, dirty = Monitor(ALL), Monitor(ALL)
    for step in range(60):
        z = items + 0.1 * generator.standard_normal(items.shape)
        z = z * 0.7 ** max(0, step - 45)
        if step in (10, 40):
            broken = z.copy()
            broken[5, 2] = np.nan if step == 10 else np.inf
            status = dirty.observe(broken, step=step)
            assert status.alarm.kinds == (Kind.NUMERIC,)
            assert status.alarm.step == step
            assert "z held NaN or inf" in status.alarm.reason
        else:
            clean.observe(z, step=step)
            dirty.observe(z, step=step)
    assert dirty.state_dict()["channels"] == clean.state_dict()["channels"]
    kinds = [alarm.kinds for alarm in dirty.alarms]
    assert kinds == [(Kind.NUMERIC,), (Kind.NUMERIC,), (Kind.COMPLETE,)]
    assert [alarm.kinds for alarm in clean.alarms] == [(Kind.COMPLETE,)]


def test_numbers_that_stay_broken_are_reported_once():
    monitor = Monitor(ALL)
    for step in range(5):
        monitor.observe(np.full((8, 3), np.nan), step=step)
    assert [alarm.step for alarm in monitor.alarms] == [0]
    assert monitor.probes == 5


def test_broken_views_leave_what_does_not_look_at_them():
    z = np.random.default_rng(0).standard_normal((16, 3))
    monitor = Monitor(ALL)
    status = monitor.observe(z, views=np.where(z > 2, np.nan, z) * np.nan)
    assert "views" in status.alarm.reason
    assert set(monitor.channels) == {"size"}


def test_a_channel_that_is_missing_waits():
    values = recorded()
    monitor, other = Monitor(ALL), Monitor(ALL)
    replayed(monitor, values)
    for step, v in enumerate(values):
        other.update(v if step % 7 else {"size": v["size"]}, step=step)
    kept = other.state_dict()["channels"]
    assert kept["size"] == monitor.state_dict()["channels"]["size"]
    assert len(other.alarms) == 1
    alone = Monitor(ALL)
    for step, v in enumerate(values):
        if step % 7:
            alone.update(v, step=step)
    assert alone.state_dict()["channels"]["apart"] == kept["apart"]


def test_a_loss_without_limit_is_a_loss():
    monitor = Monitor(ALL)
    replayed(monitor, recorded(probes=40, onset=100))
    replayed(monitor, [{"size": -np.inf, "apart": -1.0}] * 4, start=40)
    assert monitor.alarm.kinds == (Kind.COMPLETE,)
    json.dumps(monitor.state_dict(), allow_nan=False)


def test_a_loss_without_limit_teaches_nothing():
    clean, dirty = Monitor(ALL), Monitor(ALL)
    values = recorded(probes=60, onset=100)
    replayed(clean, values)
    replayed(dirty, values[:20])
    dirty.update({"size": -np.inf, "apart": np.inf}, step=20)
    replayed(dirty, values[20:], start=21)
    assert dirty.channels["size"].reference == clean.channels["size"].reference


def test_the_burn_in_waits_for_a_transient_and_not_for_ever():
    generator = np.random.default_rng(5)
    noise = 0.1 * generator.standard_normal(400)
    early = [{"size": 3 * np.exp(-t / 12) + noise[t]} for t in range(130)]
    monitor = Monitor(ALL)
    watching = [status.watching for status in replayed(monitor, early)]
    first = watching.index(True) + 1
    assert 30 < first < 120
    assert abs(float(monitor.channels["size"].reference.level)) < 0.5
    never = Monitor(ALL)
    watching = [s.watching for s in replayed(never, [{"size": -0.2 * t} for t in range(130)])]
    assert watching.index(True) == 119
    assert not never.promise
    assert "not settled after 120 probes" in str(never.promise)


def test_a_second_kind_is_recorded_after_the_first():
    values = recorded(probes=100)
    for v in values[75:]:
        v["apart"] += 3
    monitor = Monitor(ALL)
    replayed(monitor, values)
    assert [alarm.kinds for alarm in monitor.alarms] == [(Kind.COMPLETE,), (Kind.AUGMENTATION,)]
    assert 75 <= monitor.alarms[1].step <= 80


def test_reset_forgets_alarms_and_rebase_the_references_too():
    values = recorded()
    monitor = Monitor(ALL, tolerances={"size": 0.4})
    replayed(monitor, values)
    level = monitor.channels["size"].reference.level
    monitor.reset()
    assert monitor.alarms == [] and monitor.evidence == 0
    assert monitor.channels["size"].reference.level == level
    monitor.update(values[-1], step=100)
    monitor.update(values[-1], step=101)
    monitor.update(values[-1], step=102)
    assert monitor.alarm.kinds == (Kind.COMPLETE,)
    monitor.rebase()
    assert monitor.losses == {}
    replayed(monitor, recorded(probes=60, onset=100), start=200)
    assert monitor.alarms == []
    assert monitor.channels["size"].tolerance == 0.4


def test_says_what_it_sees():
    monitor = Monitor(ALL)
    assert "nothing is promised yet" in str(monitor)
    replayed(monitor, recorded(probes=20))
    assert "burn-in, 20 of 30 probes or more" in str(monitor)
    replayed(monitor, recorded()[20:], start=20)
    text = str(monitor)
    for part in (
        "80 probes",
        "evidence",
        "20,000 probes between false alarms",
        "size",
        "complete collapse",
    ):
        assert part in text


def test_cost_is_counted_and_no_part_of_the_state():
    monitor = Monitor(ALL)
    assert np.isnan(monitor.seconds_per_probe)
    replayed(monitor, recorded())
    assert 0 < monitor.seconds_per_probe < 0.05
    assert "seconds" not in json.dumps(monitor.state_dict())


def test_history_is_bounded():
    monitor = Monitor(ALL, history=10)
    replayed(monitor, recorded())
    assert [step for step, _ in monitor.history] == list(range(70, 80))
    assert monitor.history[-1][1] == recorded()[-1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"burn_in": 17}, "`burn_in` must be at least 18 probes, got 17"),
        ({"longest_burn_in": 29}, "`longest_burn_in` must be at least the 30 probes"),
        ({"average_run_length": 0}, "`average_run_length` must be at least 1 probe, got 0"),
        ({"tolerances": {"sise": 1}}, "`tolerances` must be of the channels .*, got sise"),
    ],
)
def test_says_what_it_wanted(words, message):
    with pytest.raises(ValueError, match=message):
        Monitor(ALL, **words)


def test_refuses_steps_that_go_back_and_channels_it_does_not_know():
    monitor = Monitor(ALL)
    monitor.update({"size": 1.0}, step=5)
    with pytest.raises(ValueError, match="`step` must be larger than the last, 5, got 5"):
        monitor.update({"size": 1.0}, step=5)
    with pytest.raises(ValueError, match="`z` must hold at least 16 items, got 15"):
        monitor.observe(np.ones((15, 2)))
    with pytest.raises(ValueError, match=r"`values` must be of the channels .*, got width"):
        monitor.update({"width": 1.0})
    with pytest.raises(ValueError, match="`state` must be of the channels size, got apart"):
        Monitor([SIZE]).load_state_dict(monitor.state_dict())


@pytest.mark.parametrize(
    "kind", [Kind.COMPLETE, Kind.DIMENSIONAL, Kind.CLUSTER, Kind.AUGMENTATION, Kind.MEAN_DRIFT]
)
def test_the_standard_detectors_find_and_name_what_is_planted(kind):
    generator = np.random.default_rng(11)
    items, other = generator.standard_normal((2, 256, 16)) * np.arange(1, 17) ** -0.3
    monitor = Monitor(tolerances={"log variance": 0.2})
    for step in range(46):
        z = np.cos(step / 100) * items + np.sin(step / 100) * other
        views = z + 0.3 * generator.standard_normal(z.shape)
        seen = Observation.of(z + 0.05 * generator.standard_normal(z.shape), views=views)
        monitor.observe(seen if step < 36 else plant(kind, 0.6, seen), step=step)
        assert step >= 36 or monitor.alarm is None
    assert monitor.alarm.step <= 36 + 5
    assert monitor.diagnosis[0] is kind
    assert monitor.causes[0].reason
