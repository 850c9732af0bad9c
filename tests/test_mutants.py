"""The suite notices every fault on the list."""

import subprocess
import sys
from pathlib import Path

import pytest

MUTANTS = Path(__file__).with_name("mutants.py")


@pytest.mark.slow
def test_every_mutant_is_killed():
    done = subprocess.run([sys.executable, MUTANTS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
