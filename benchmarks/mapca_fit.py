"""The cost of `MAPCA.fit` beside what no fit can do without: one syrk and one eigh.

Run `python -m benchmarks.mapca_fit` in the project's folder. The data are float32 and the moments
float64, so the bound is BLAS dsyrk on a float64 copy made outside the clock, plus LAPACK's eigh.
Rounds alternate the two, with the number of threads set explicitly, and medians are compared. The
verdict uses CPU seconds, which other programs on the machine disturb least. The memory is the
growth of the process' high-water mark during the first fit. It exits with 1 when a limit is
exceeded.
"""

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np
import scipy.linalg.blas
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.memory import high_water
from ssl_theory.integrations.scikit_learn import MAPCA
from ssl_theory.metrics import Power

__all__ = ["MEMORY", "TIME", "measure"]

TIME = 1.5
"""Seconds that a fit may take, in units of the bound's."""

MEMORY = 2.0
"""Bytes that data and fit may take, in units of the data's, beyond four matrices of doubles."""


def bound(items: NDArray[np.float64]) -> None:
    """The covariance of centred items, and its eigenvectors."""
    covariance = scipy.linalg.blas.dsyrk(1 / (len(items) - 1), items.T)
    np.linalg.eigh(covariance, UPLO="U")


def seconds(run: Callable[[], object]) -> tuple[float, float]:
    """Of the processor and of the wall."""
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - cpu, time.perf_counter() - wall


def measure(n: int, d: int, threads: int, rounds: int) -> tuple[NDArray[np.float64], int]:
    """Median seconds, CPU and wall, of a fit and of the bound; bytes that the first fit needed."""
    items = np.random.default_rng(0).standard_normal((n, d), dtype=np.float32)
    with threadpool_limits(threads):
        before = high_water()
        MAPCA(metric=Power(0.5)).fit(items)
        needed = high_water() - before
        doubles = items.astype(np.float64)
        bound(doubles)
        pairs = [
            (seconds(lambda: MAPCA(metric=Power(0.5)).fit(items)), seconds(lambda: bound(doubles)))
            for _ in range(rounds)
        ]
    return np.median(pairs, axis=0), needed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mapca_fit", description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--dimensions", type=int, default=512)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    n, d = asked.items, asked.dimensions
    (ours, least), needed = measure(n, d, asked.threads, asked.rounds)
    data, matrices = 4 * n * d, 4 * 8 * d**2
    share, (ratio, on_the_wall) = (data + needed - matrices) / data, ours / least
    print(
        f"{n} x {d} float32, {asked.threads} threads, medians of {asked.rounds} interleaved rounds"
    )
    print("                             CPU s   wall s")
    print(f"  MAPCA.fit               {ours[0]:8.3f} {ours[1]:8.3f}")
    print(f"  dsyrk and eigh          {least[0]:8.3f} {least[1]:8.3f}")
    print(f"  ratio                   {ratio:8.2f} {on_the_wall:8.2f}  (at most {TIME})")
    print(f"  data and fit over data  {share:8.2f}           (at most {MEMORY}, beyond 4 matrices)")
    return 0 if ratio <= TIME and share <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
