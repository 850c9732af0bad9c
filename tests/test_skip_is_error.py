"""A skipped oracle is no oracle: in the full job a skip fails, and so does an absent library."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


def planted(folder: Path) -> None:
    """A project with one room in its package, one for its tests, and a test of nothing at all."""
    (folder / "tests" / "integrations").mkdir(parents=True)
    (folder / "ssl_theory" / "integrations").mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("conftest.py"), folder / "tests")
    (folder / "tests" / "test_some.py").write_text("def test_that_holds(): assert True\n")
    for path in ("ssl_theory/integrations/lightning.py", "tests/integrations/test_lightning.py"):
        (folder / path).write_text("import lightning\n\ndef test_room():\n    assert lightning\n")


@pytest.mark.parametrize(
    ("arguments", "outcome"),
    [([], "1 passed in"), (["--skip-is-error"], "3 errors in")],  # tests are doctests too
    ids=["left out by default", "an error in the full job"],
)
def test_the_room_of_an_absent_library_is(tmp_path, arguments, outcome):
    planted(tmp_path)
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['lightning'] = None\n")
    command = ["-m", "pytest", "-p", "no:cacheprovider", "--doctest-modules", *arguments]
    run = subprocess.run(
        [sys.executable, *command, "tests", "ssl_theory"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert outcome in run.stdout
    assert ("ModuleNotFoundError" in run.stdout) == bool(arguments)
