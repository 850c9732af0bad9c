"""When each rule raises its alarm in each run, with thresholds from other programs alone."""

import multiprocessing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.collapse.baselines import BURN_IN, RULES
from benchmarks.collapse.plan import Run
from benchmarks.collapse.runner import kept
from ssl_theory.collapse.detectors import CHANNELS
from ssl_theory.collapse.monitor import Monitor
from ssl_theory.collapse.sequential.burn_in import CLIP, learn
from ssl_theory.collapse.sequential.sudden import WINDOW, drop, drop_deviation

__all__ = ["FOLDS", "OURS", "judged", "tolerances"]

OURS = "monitor"
FOLDS = ("program", "data")  # what is left out when tolerances are chosen
MARGIN = 1.25  # of the largest loss of any healthy run
MANY = 100  # healthy runs in which a channel was seen
NONE = -1  # in place of the probe of an alarm that never came

SUDDEN = "sudden "  # begins the name of what a channel loses within a few probes

Losses = dict[str, float]


def series(run: Run, folder: Path) -> tuple[dict[str, NDArray[np.float64]], int]:
    """Of everything that is followed, by name, and the onset."""
    found = kept(run, folder)
    values = found["values"].astype(np.float64)
    return dict(zip(found["names"].tolist(), values, strict=True)), int(found["onset"])


def largest_losses(run: Run, folder: Path) -> Losses:
    """How far each channel of a run ever goes, beyond what its burn-in leaves in doubt.

    That is what the monitor's rules see: three probes beyond the reach of noise, nine beyond the
    doubt about the level, or three worse than those before by more than noise does.
    """
    found, _ = series(run, folder)
    here = [name for name in CHANNELS if name in found]
    losses = {}
    for name in here:
        worse = found[name] if CHANNELS[name].worse == "higher" else -found[name]
        known = learn(worse[:BURN_IN], len(here))
        short, long = (medians(worse[BURN_IN:], probes) - known.level for probes in (3, 9))
        losses[name] = float(max((short - known.reach).max(), (long - known.slack).max()))
        drops = drop(np.lib.stride_tricks.sliding_window_view(worse, WINDOW))[
            BURN_IN - WINDOW + 1 :
        ]
        noise = CLIP * known.scale * drop_deviation(known.memory)
        losses[SUDDEN + name] = float(drops.max() - noise)
    return losses


def medians(values: NDArray[np.float64], probes: int) -> NDArray[np.float64]:
    """Of so many in a row.

    >>> medians(np.array([1.0, 5.0, 2.0, 3.0]), 3).tolist()
    [2.0, 3.0]
    """
    return np.median(np.lib.stride_tricks.sliding_window_view(values, probes), axis=1)


def tolerances(losses: Iterable[Losses]) -> Losses:
    """The most that any of these healthy runs lost, and some more.

    Of few runs no less than a channel has by itself; of many, no less than half of that.
    """
    own = {start + n: c.tolerance for n, c in CHANNELS.items() for start in ("", SUDDEN)}
    seen: dict[str, list[float]] = {name: [] for name in own}
    for run in losses:
        for name, loss in run.items():
            seen[name].append(loss)
    least = {name: x / (2 if len(seen[name]) >= MANY else 1) for name, x in own.items()}
    return {n: max(least[n], MARGIN * max(x, default=0.0)) for n, x in seen.items()}


def judged(runs: Sequence[Run], folder: Path, workers: int = 1) -> tuple[pd.DataFrame, dict]:
    """One row for each run, rule and fold; and the tolerances of every fold."""
    healthy = [run for run in runs if run.healthy]
    lost = dict(zip(healthy, map(partial(largest_losses, folder=folder), healthy), strict=True))
    chosen: dict[str, dict[str, Losses]] = {
        fold: {
            left_out: tolerances(x for run, x in lost.items() if getattr(run, fold) != left_out)
            for left_out in dict.fromkeys(getattr(run, fold) for run in runs)
        }
        for fold in FOLDS
    }
    judge = partial(verdicts, folder=folder, chosen=chosen)
    if workers < 2:
        rows = [row for run in runs for row in judge(run)]
    else:
        with multiprocessing.get_context("spawn").Pool(workers) as pool:
            rows = [row for found in pool.imap(judge, runs, chunksize=16) for row in found]
    return pd.DataFrame(rows), chosen | {"all": tolerances(lost.values())}


def verdicts(run: Run, folder: Path, chosen: Mapping[str, Mapping[str, Losses]]) -> list[dict]:
    """Every rule on one run."""
    found, onset = series(run, folder)
    about = asdict(run) | {"healthy": run.healthy, "onset": onset, "probes": len(found["RankMe"])}
    rows = []
    known: list[tuple[Losses, tuple[int, str]]] = []  # most folds tolerate the same
    for fold, by_left_out in chosen.items():
        every = by_left_out[getattr(run, fold)]
        here = {name: x for name, x in every.items() if name.removeprefix(SUDDEN) in found}
        alarm, named = next((v for allowed, v in known if allowed == here), None) or watched(
            found, here
        )
        known.append((here, (alarm, named)))
        rows.append(about | {"left out": fold, "rule": OURS, "alarm": alarm, "named": named})
    for rule, (what, alarms) in RULES.items():
        alarm = first(alarms, found[what])
        rows.append(about | {"left out": "", "rule": rule, "alarm": alarm, "named": ""})
    return rows


def watched(found: Mapping[str, NDArray[np.float64]], allowed: Losses) -> tuple[int, str]:
    """The probe of the monitor's first alarm, and the kind that it came to name."""
    monitor = Monitor(
        burn_in=BURN_IN,
        longest_burn_in=BURN_IN,
        tolerances={name: x for name, x in allowed.items() if name in CHANNELS},
        sudden_tolerances={
            name.removeprefix(SUDDEN): x for name, x in allowed.items() if name not in CHANNELS
        },
    )
    channels = {name: x for name, x in found.items() if name in CHANNELS}
    for probe in range(len(next(iter(channels.values())))):
        values = {name: x[probe] for name, x in channels.items() if not np.isnan(x[probe])}
        monitor.update(values, step=probe)
        if monitor.alarm and probe >= monitor.alarm.step + 3:
            break
    if not monitor.alarm:
        return NONE, ""
    kinds = monitor.diagnosis or monitor.alarm.kinds
    return monitor.alarm.step, kinds[0].value if kinds else ""


def first(alarms: Callable[[NDArray], NDArray[np.bool_]], values: NDArray[np.float64]) -> int:
    """The first probe of an alarm once it is watched; one without a number raises none."""
    with np.errstate(invalid="ignore"):
        raised = alarms(values)[BURN_IN:].nonzero()[0]
    return int(raised[0]) + BURN_IN if len(raised) else NONE
