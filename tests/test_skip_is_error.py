"""A skipped oracle is no oracle: in the full job a skip fails."""

import shutil
import subprocess
import sys
from pathlib import Path

SKIPPING = """
import pytest

def test_that_holds():
    assert True

@pytest.mark.xfail
def test_that_is_known_to_fail():
    assert False

@pytest.mark.skip(reason="no mark here")
def test_that_is_marked():
    assert False

def test_that_gives_up():
    pytest.skip(reason="no oracle here")
"""
SKIPPING_WHOLE = "import pytest\npytest.importorskip('a_module_that_nobody_has')\n"


def test_in_the_full_job_a_skipped_test_and_a_skipped_file_fail(tmp_path):
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_some.py").write_text(SKIPPING)
    (tmp_path / "test_whole.py").write_text(SKIPPING_WHOLE)
    arguments = ["-p", "no:cacheprovider", "--skip-is-error", "--continue-on-collection-errors"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode != 0
    assert "1 failed, 1 passed, 1 xfailed, 2 errors" in run.stdout
    for reason in ("no mark here", "no oracle here", "a_module_that_nobody_has"):
        assert reason in run.stdout
