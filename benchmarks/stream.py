"""Diagnose a stream of embeddings far larger than memory, and say how much memory that took.

Run `python -m benchmarks.stream` in the project's folder: 20 GB of float32 are drawn block by block
and diagnosed as they come; none of it is kept or written. The spectrum is known, a power law with
one direction in eight lost, so the report can be wrong. Printed are rows and bytes per second, the
most memory that the process ever held, and what was found. It exits with 1 when a limit is
exceeded or the lost directions are not found.
"""

import argparse
import sys
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.memory import high_water
from ssl_theory import diagnose

__all__ = ["RESIDENT", "blocks"]

RESIDENT = 1e9
"""Bytes that the process may ever hold."""


def blocks(rows: int, dimensions: int, each: int = 8192) -> Iterator[NDArray[np.float32]]:
    """Gaussian items whose variances fall as 1 / rank, with every eighth direction lost."""
    generator = np.random.default_rng(0)
    scale = np.arange(1, dimensions + 1, dtype=np.float32) ** -0.5
    scale[7::8] = 0
    for start in range(0, rows, each):
        drawn = generator.standard_normal((min(each, rows - start), dimensions), dtype=np.float32)
        drawn *= scale
        yield drawn


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stream", description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=20.0)
    parser.add_argument("--dimensions", type=int, default=512)
    asked = parser.parse_args()
    d = asked.dimensions
    rows = int(asked.gigabytes * 1e9 / (4 * d))
    start = time.perf_counter()
    report = diagnose(blocks(rows, d), source="a stream")
    taken, held = time.perf_counter() - start, high_water()
    rank = report["resolved rank"].value
    print(f"{rows:,} x {d} float32, {4e-9 * rows * d:.1f} GB, drawn and diagnosed in {taken:.0f} s")
    print(f"  {rows / taken:,.0f} rows/s, {4e-9 * rows * d / taken:.2f} GB/s")
    print(f"  resident at most {held / 1e6:.0f} MB (at most {RESIDENT / 1e6:.0f})")
    print(f"  {report.verdicts[0]}")
    return 0 if held <= RESIDENT and rank == d - d // 8 else 1


if __name__ == "__main__":
    sys.exit(main())
