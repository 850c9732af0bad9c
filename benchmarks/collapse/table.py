"""The tables of the README, made of the committed results alone."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.collapse.judging import OURS
from benchmarks.collapse.plan import KEY, SEVERITIES
from ssl_theory.collapse.kinds import Kind

__all__ = ["RESULTS", "SUMMARY", "goals", "published", "tables"]

RESULTS = Path(__file__).with_name("results.parquet")
SUMMARY = Path(__file__).with_name("summary.json")

Rate = Mapping[str, float]


def published() -> dict[str, Any]:
    """The committed summary."""
    return json.loads(SUMMARY.read_text("utf-8"))


def goals(rules: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """What was promised, what was found, and whether that is it, for each way of leaving out."""
    for name, found in rules.items():
        if not name.startswith(OURS):
            continue
        alarms = found["false alarms"]
        yield f"{name}: false alarms <= 1 %", interval(alarms), alarms["share"] <= 0.01
        for kind in KEY:
            for severity, least in ((30, 0.9), (60, 0.99), (90, 0.99)):
                rate = found["detected"][kind.value].get(str(severity))
                if rate:
                    told = f"{name}: {kind.value} of {severity} % detected >= {100 * least:.0f} %"
                    yield told, interval(rate), rate["share"] >= least
        named, delay = found["named rightly"], found["delay"]["median"]
        yield f"{name}: named rightly >= 80 %", interval(named), named["share"] >= 0.8
        yield f"{name}: median delay <= 5 probes", f"{delay:g}", delay <= 5


def tables(told: Mapping[str, Any]) -> str:
    """False alarms and detections of every rule; then ours by kind and severity."""
    return "\n\n".join(["\n".join(_of_rules(told["rules"])), "\n".join(_of_kinds(told["rules"]))])


def interval(rate: Rate) -> str:
    """A share and its 95 % interval, in percent.

    >>> interval({"count": 1, "of": 100, "share": 0.01, "low": 0.00025, "high": 0.0545})
    '1.0 % [0.0, 5.4], 1 of 100'
    """
    if not rate["of"]:
        return "-"
    low, high = 100 * rate["low"], 100 * rate["high"]
    ends = f"[{low:.1f}, {high:.1f}]"
    return f"{100 * rate['share']:.1f} % {ends}, {rate['count']:,} of {rate['of']:,}"


def short(rate: Rate | None) -> str:
    """The share alone."""
    return f"{100 * rate['share']:.0f} %" if rate and rate["of"] else "-"


def _of_rules(rules: Mapping[str, Any]) -> Iterator[str]:
    kinds = " | ".join(kind.value for kind in KEY)
    yield f"| rule | healthy runs with a false alarm | {kinds} | all kinds | median delay |"
    yield "| --- |" + " ---: |" * (len(KEY) + 3)
    for name, found in rules.items():
        cells = [_pooled(found["detected"], [kind]) for kind in KEY]
        every = _pooled(found["detected"], list(Kind))
        delay = found["delay"]["median"]
        row = [interval(found["false alarms"]), *cells, every, f"{delay:g}"]
        yield f"| {name} | " + " | ".join(row) + " |"


def _pooled(detected: Mapping[str, Any], kinds: list[Kind]) -> str:
    """Of these kinds at severities of 30 % and more."""
    rates = [
        rate for kind in kinds for severity, rate in detected[kind.value].items()
        if int(severity) >= 30
    ]  # fmt: skip
    total = sum(rate["of"] for rate in rates)
    return f"{100 * sum(rate['count'] for rate in rates) / total:.0f} %" if total else "-"


def _of_kinds(rules: Mapping[str, Any]) -> Iterator[str]:
    found = next(found for name, found in rules.items() if name.startswith(OURS))
    severities = " | ".join(f"{severity} %" for severity in SEVERITIES)
    yield f"| kind of collapse, and its severity | {severities} | named rightly |"
    yield "| --- |" + " ---: |" * (len(SEVERITIES) + 1)
    for kind in Kind:
        rates = found["detected"][kind.value]
        cells = [short(rates.get(str(severity))) for severity in SEVERITIES]
        named = short(found["named rightly by kind"].get(kind.value))
        yield f"| {kind.value} | " + " | ".join([*cells, named]) + " |"
