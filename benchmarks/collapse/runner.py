"""All runs of a plan, in parallel: what is done is kept, and what is kept is not done again."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.collapse.plan import Run
from benchmarks.collapse.running import record

__all__ = ["kept", "run_all"]

PATIENCE = 0.5, 30.0  # seconds between lines of progress, at a terminal and elsewhere


def run_all(runs: Sequence[Run], folder: Path, workers: int) -> None:
    """Make the record of every run that has none yet. Stopped and started again, it goes on.

    A record depends on the name of its run and on nothing else, so neither the order nor the
    number of workers matters. Those of other code are no records: keep one folder for each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [run for run in runs if not (folder / run.file).exists()]
    if workers < 2 or len(missing) < 2:
        told(map(partial(keep, folder=folder), missing), len(missing))
        return
    # Interrupted by the terminal, the workers leave it to their parent to end them.
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        told(pool.imap_unordered(partial(keep, folder=folder), missing), len(missing))


def keep(run: Run, folder: Path) -> None:
    """Write the record of a run, whole or not at all."""
    unfinished = folder / f"{run.file}.{os.getpid()}"
    with unfinished.open("wb") as file:
        np.savez_compressed(file, **record(run))
    unfinished.replace(folder / run.file)


def kept(run: Run, folder: Path) -> dict[str, np.ndarray]:
    """The record of a run."""
    with np.load(folder / run.file) as file:
        return dict(file)


def told(work: Iterable[object], total: int) -> None:
    """Do it, and say how far it has come."""
    terminal = sys.stderr.isatty()
    start = last = time.monotonic()
    for done, _ in enumerate(work, 1):
        now = time.monotonic()
        if now - last >= PATIENCE[not terminal] or done == total:
            rate = done / (now - start)
            left = round((total - done) / rate)
            eta = f"{left // 60}:{left % 60:02} left"
            line = f"{done:,} of {total:,} runs, {rate:.2f} runs/s, {eta}"
            sys.stderr.write(f"\r{line:<60}" if terminal else f"{line}\n")
            sys.stderr.flush()
            last = now
    if terminal and total:
        sys.stderr.write("\n")
