"""The suite notices every fault on the list."""

import subprocess
import sys
from pathlib import Path

import pytest

MUTANTS = Path(__file__).with_name("mutants.py")


@pytest.mark.slow
def test_every_mutant_is_killed():
    done = subprocess.run([sys.executable, MUTANTS], capture_output=True, text=True, check=False)
    # Only what is wrong: a log that keeps its last lines would keep those that say "killed".
    wrong = [line for line in done.stdout.splitlines() if not line.endswith(" killed")]
    assert done.returncode == 0, "\n".join([*wrong, done.stderr])
