"""However long the stream, little of it is resident at a time."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ssl_theory.embeddings import mapping as ours
from ssl_theory.embeddings import open_embeddings

ROOT = Path(__file__).parents[2]


def test_pages_that_were_given_back_come_again(monkeypatch, tmp_path):
    monkeypatch.setattr(ours, "KEPT", 1)
    z = np.random.default_rng(0).standard_normal((5000, 3))
    np.save(tmp_path / "z.npy", z)
    opened = open_embeddings(tmp_path / "z.npy")
    held = [opened[start : start + 7] for start in range(0, 5000, 7)]
    assert np.array_equal(np.concatenate(held), z)
    assert np.array_equal(opened[::2][::3], z[::6])
    assert opened[3, 2] == z[3, 2]
    rows = np.random.default_rng(1).permutation(5000)[:1000]
    assert np.array_equal(opened[rows], z[rows])
    assert np.array_equal(opened[z[:, 0] > 0], z[z[:, 0] > 0])


@pytest.mark.slow
def test_a_stream_larger_than_its_allowance_is_diagnosed_within_it():
    script = """
import numpy as np
from ssl_theory.embeddings import open_embeddings
from ssl_theory.report import diagnose
from benchmarks.memory import high_water

block = np.random.default_rng(0).standard_normal((4096, 256))
diagnose(block)
before = high_water()
z = open_embeddings(block + shift for shift in range(96))
diagnose(z)
print(z.nbytes, high_water() - before)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    size, grown = map(int, done.stdout.split())
    assert size == 96 * 2**23  # 768 MiB
    assert grown < 2**28
