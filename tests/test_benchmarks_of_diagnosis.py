"""The benchmarks of a diagnosis measure what they say, at sizes that take a moment."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import diagnose as benchmark
from benchmarks.stream import blocks
from ssl_theory import diagnose

ROOT = Path(__file__).parents[1]


def test_the_benchmark_measures_all_four_runs():
    seconds, needed = benchmark.measure(n=2000, d=16, threads=1, rounds=1)
    assert seconds.shape == (4, 2) and (seconds > 0).all()
    assert 0 <= needed < benchmark.MEMORY


def test_the_streams_rank_is_known():
    report = diagnose(blocks(3000, 16, each=500))
    assert report["resolved rank"].value == 14
    assert report.items == 3000


def test_the_bound_is_of_the_same_spectrum():
    items = np.random.default_rng(0).standard_normal((500, 8)).astype(np.float32)
    centred = items - items.mean(0, dtype=np.float64)
    expected = np.linalg.svd(centred, compute_uv=False) ** 2 / 499
    np.testing.assert_allclose(benchmark.spectral_part(items), expected, rtol=1e-9)


@pytest.mark.slow
def test_twenty_gigabytes_are_diagnosed_in_less_than_one():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.stream"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20.0 GB" in done.stdout and "448 of 512 dimensions are left" in done.stdout
