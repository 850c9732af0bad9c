"""How late rules see a shift, and how often they are wrong where there is none.

Delays are means over streams without an alarm before the change, counted from the first number
that has moved; shifts are in standard deviations. A monitor knows its streams from the burn-in
only, and is given no tolerance; the rest know mean, variance and memory.
"""

from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np

from ssl_theory.collapse.sequential.burn_in import threshold
from ssl_theory.collapse.sequential.run_lengths import (
    RULES,
    average_run_length,
    first_alarms,
    mean_delay,
    watched,
)
from ssl_theory.plots.style import GREY, MARKERS, bare, colours

SLOW = True
STREAMS, STEPS, CHANGE, REST = 1500, 3000, 200, 1400
SHIFTS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
LAWS = ("white noise", "AR(.7), whitened", "AR(.7), as it is", "Student's t, of 4 degrees")
PROMISED = 20_000
KNOWN = [*RULES[:5], replace(RULES[3], name="Shiryaev-Roberts 20,000", threshold=PROMISED)]
BURN_INS = (30, 60, 120)
NAMES = [*(rule.name for rule in KNOWN), *(f"monitor, burn-in {n}" for n in BURN_INS)]


def streams(law, steps, seed):
    """Of mean 0 and variance 1."""
    generator = np.random.default_rng(seed)
    if law == 3:
        return generator.standard_t(4, (STREAMS, steps)) / np.sqrt(2)
    x = generator.standard_normal((STREAMS, steps))
    if law:
        for t in range(1, steps):
            x[:, t] = 0.7 * x[:, t - 1] + np.sqrt(0.51) * x[:, t]
    return (x[:, 1:] - 0.7 * x[:, :-1]) / np.sqrt(0.51) if law == 1 else x


def alarms(which, x):
    """First alarms; streams that a monitor is to see begin with its burn-in."""
    if which < len(KNOWN):
        return KNOWN[which].alarms(x)
    burn_in = BURN_INS[which - len(KNOWN)]
    return first_alarms(watched(x, burn_in), threshold(PROMISED))


def data():
    rows = []
    for which in range(len(NAMES)):
        before = 0 if which < len(KNOWN) else BURN_INS[which - len(KNOWN)]
        # A monitor whitens by itself, so it is given the streams as they are.
        laws = (0, 1, 2, 3) if which < len(KNOWN) else (0, 2, 3)
        for law in laws:
            x = streams(law, before + STEPS, seed=law)
            found = average_run_length(alarms(which, x), x.shape[1] - before)
            rows.append((which, law, 0.0, *found))
        x = streams(0, before + CHANGE + REST, seed=4)
        for shift in SHIFTS:
            moved = x + shift * (np.arange(x.shape[1]) >= before + CHANGE)
            rows.append((which, 0, shift, *mean_delay(alarms(which, moved), CHANGE)))
    names = ("rule", "law", "shift", "steps", "error")
    return dict(zip(names, np.array(rows).T, strict=True))


def draw(columns):
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.2), width_ratios=(1, 1.15))
    ink = colours([*NAMES[: len(KNOWN)], "monitor"])
    dashes = ["-"] * len(KNOWN) + [":", "--", "-."]
    rule, law, shift, steps, error = columns.values()
    for which, name in enumerate(NAMES):
        colour, mark = ink.get(name, ink["monitor"]), "o" if name in ink else MARKERS[which - 5]
        look = {"color": colour, "marker": mark}
        moved = (rule == which) & (shift > 0)
        left.plot(shift[moved], steps[moved], ls=dashes[which], ms=3.5, lw=1.2, label=name, **look)
        still = (rule == which) & (shift == 0)
        at = law[still] + 0.08 * (which - (len(NAMES) - 1) / 2)
        bars = np.minimum(2 * error[still], 0.9 * steps[still])
        right.errorbar(at, steps[still], bars, ls="", ms=3.5, lw=1, **look)
    left.set(xscale="log", yscale="log", xlabel="shift (standard deviations)")
    left.set_xticks(SHIFTS, [f"{s:g}" for s in SHIFTS])
    left.minorticks_off()
    left.set_ylabel("mean delay (probes)")
    left.set_title("Delay of white noise that moves", fontsize=9)
    right.set(yscale="log", ylabel="probes between false alarms")
    right.set_xticks(range(len(LAWS)), [name.replace(", ", ",\n") for name in LAWS], fontsize=8)
    for promised in (1000, PROMISED):
        right.axhline(promised, color=GREY, lw=0.8, ls=":")
        right.annotate(f"promised {promised:,}", (3.45, promised), ha="right", va="bottom", size=7)
    right.set_title("False alarms of streams that do not (2 standard errors)", fontsize=9)
    for ax in (left, right):
        bare(ax)
    figure.legend(*left.get_legend_handles_labels(), loc="lower center", ncols=3, frameon=False,
                  fontsize=8)  # fmt: skip
    figure.tight_layout(rect=(0, 0.15, 1, 1))
    return figure
