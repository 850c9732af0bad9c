"""How often collapse is detected, and called where there is none, by the monitor and others."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from benchmarks.collapse.baselines import RULES
from benchmarks.collapse.judging import OURS
from benchmarks.collapse.measuring import summary
from benchmarks.collapse.plan import KEY
from benchmarks.collapse.table import RESULTS
from ssl_theory.plots.style import GREY, MARKERS, bare, colours

NAMES = {f"{OURS} without the program": "monitor, of unseen programs"} | {n: n for n in RULES}
HEALTHY = -1  # in place of a kind


def data():
    rules = summary(pd.read_parquet(RESULTS))
    columns = {name: [] for name in ("rule", "kind", "severity", "share", "low", "high")}

    def add(rule, kind, severity, rate):
        row = rule, kind, severity, rate["share"], rate["low"], rate["high"]
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)

    for rule, name in enumerate(NAMES):
        add(rule, HEALTHY, 0, rules[name]["false alarms"])
        for kind, key in enumerate(KEY):
            for severity, rate in rules[name]["detected"][key.value].items():
                add(rule, kind, severity, rate)
    return {name: np.array(values) for name, values in columns.items()}


def draw(columns):
    figure, axes = plt.subplots(1, len(KEY) + 1, figsize=(11, 3.5))
    ink = dict(enumerate(colours(NAMES.values()).values()))
    here = lambda rule, kind: (columns["rule"] == rule) & (columns["kind"] == kind)  # noqa: E731
    for kind, ax in enumerate(axes[:-1]):
        for rule in reversed(range(len(NAMES))):
            rows = here(rule, kind)
            severity, share = columns["severity"][rows], columns["share"][rows]
            ours = rule == 0
            ax.plot(
                severity, share, color=ink[rule], marker=MARKERS[rule], ms=5 if ours else 3.5,
                lw=2.2 if ours else 1,
            )  # fmt: skip
            if ours:
                ax.fill_between(
                    severity, columns["low"][rows], columns["high"][rows], color=ink[rule],
                    alpha=0.15, lw=0,
                )  # fmt: skip
        ax.set(title=KEY[kind].value, xlabel="severity (%)", ylim=(-0.03, 1.03))
        ax.set_xticks([10, 30, 60, 90])
        bare(ax)
    axes[0].set_ylabel("runs detected")
    for ax in axes[1:-1]:
        ax.set_yticklabels([])
    alarms = axes[-1]
    for rule in range(len(NAMES)):
        rows = here(rule, HEALTHY)
        share, low, high = (100 * columns[name][rows][0] for name in ("share", "low", "high"))
        alarms.errorbar(
            share, -rule, xerr=[[share - low], [high - share]], color=ink[rule],
            marker=MARKERS[rule], ms=5, lw=1.5,
        )  # fmt: skip
    alarms.axvline(1, color=GREY, lw=0.8, ls=":")
    alarms.set(title="healthy", xlabel="runs with a false alarm (%)", yticks=[])
    alarms.set_xscale("symlog", linthresh=1)
    alarms.set_xticks([0, 1, 10, 100], ["0", "1", "10", "100"])
    alarms.set_xlim(-0.1, 120)
    bare(alarms)
    handles = [
        plt.Line2D([], [], color=ink[rule], marker=MARKERS[rule], ms=4, lw=2 if rule == 0 else 1)
        for rule in range(len(NAMES))
    ]
    figure.legend(handles, NAMES.values(), loc="lower center", ncols=4, frameon=False, fontsize=8)
    figure.tight_layout(rect=(0, 0.13, 1, 1))
    return figure
