"""What the spectral part of ``diagnose`` costs beside what no covariance can do without.

Run `python -m benchmarks.diagnose` in the project's folder. The data are float32. The bound is BLAS
dsyrk on a float64 copy made outside the clock, plus LAPACK's eigenvalues; the rival is
``torch.linalg.svdvals`` of the float32 data, which self-supervised libraries call for RankMe. The
spectral part reads the data once and leaves the spectrum with its floor, the moments of every
block of the jackknife, fourth moments, the count of distinct rows and the precision the numbers are
written in; the last line is of the same with ``arithmetic="float32"``. Rounds alternate the four,
with the number of threads set explicitly, and medians of CPU seconds are compared. The memory is
the growth of the process' high-water mark while that part runs for the first time, before anything
else has been computed. It exits with 1 when a limit is exceeded.
"""

import argparse
import sys

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.linalg.blas import dsyrk
from threadpoolctl import threadpool_limits

from benchmarks.mapca_fit import seconds
from benchmarks.memory import high_water
from ssl_theory.report.gathering import gather

__all__ = ["MEMORY", "OF_BOUND", "OF_RIVAL", "measure"]

OF_BOUND = 1.3
"""Seconds that the spectral part may take, in units of the bound's."""

OF_RIVAL = 0.75
"""The same, in units of the rival's."""

MEMORY = 128e6
"""Bytes that it may take beyond the data."""


def spectral_part(items: NDArray[np.float32], *, single: bool = False) -> NDArray[np.float64]:
    """From embeddings to their spectrum, as a diagnosis does it."""
    (view,) = gather([items], ["z"], single=single).views()
    return view.spectrum.eigenvalues


def bound(items: NDArray[np.float64]) -> None:
    """The second moments of items, and their eigenvalues."""
    np.linalg.eigvalsh(dsyrk(1 / len(items), items.T), UPLO="U")


def measure(n: int, d: int, threads: int, rounds: int) -> tuple[NDArray[np.float64], int]:
    """Median CPU and wall seconds of all four, and bytes that the first needed."""
    drawn = np.random.default_rng(0).standard_normal((n, d), dtype=np.float32)
    drawn *= np.arange(1, d + 1, dtype=np.float32) ** -0.5
    before_threads = torch.get_num_threads()
    torch.set_num_threads(threads)
    with threadpool_limits(threads):
        before = high_water()
        spectral_part(drawn)
        needed = high_water() - before
        doubles, tensor = drawn.astype(np.float64), torch.from_numpy(drawn)
        runs = [
            lambda: spectral_part(drawn),
            lambda: bound(doubles),
            lambda: torch.linalg.svdvals(tensor),
            lambda: spectral_part(drawn, single=True),
        ]
        taken = [[seconds(run) for run in runs] for _ in range(rounds)]
    torch.set_num_threads(before_threads)
    return np.median(taken, axis=0), needed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.diagnose", description=__doc__)
    parser.add_argument("--items", type=int, default=65_536)
    parser.add_argument("--dimensions", type=int, default=1024)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    n, d, threads, rounds = asked.items, asked.dimensions, asked.threads, asked.rounds
    (ours, least, theirs, single), needed = measure(n, d, threads, rounds)
    of_bound, of_rival = ours[0] / least[0], ours[0] / theirs[0]
    print(f"{n} x {d} float32, {threads} threads, medians of {rounds} interleaved rounds")
    print("                                CPU s   wall s")
    for name, (cpu, wall) in (
        ("the spectral part", ours),
        ("dsyrk and eigvalsh", least),
        ("torch.linalg.svdvals", theirs),
        ("the part in float32", single),
    ):
        print(f"  {name:<24} {cpu:10.3f} {wall:8.3f}")
    print(f"  of the bound             {of_bound:10.2f}           (at most {OF_BOUND})")
    print(f"  of svdvals               {of_rival:10.2f}           (at most {OF_RIVAL})")
    print(
        f"  memory beyond the data   {needed / 1e6:7.0f} MB           (at most {MEMORY / 1e6:.0f})"
    )
    return 0 if of_bound <= OF_BOUND and of_rival <= OF_RIVAL and needed <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
