"""What `make setup` does on machines that are not in order, acted by a python3 made of shell."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = """#!/bin/sh
# Plays a Python: the files beside it say what it lacks.
here="$(dirname "$0")"
case "$*" in
    --version) cat "$here/version"; exit;;
    *ensurepip*) test ! -e "$here/no-venv"; exit;;
    *sys.exit*) test ! -e "$here/too-old"; exit;;
    *version_info*) echo 3.12; exit;;
    *_base_executable*) echo "$0"; exit;;
    "-m venv .venv")
        echo venv >> "$here/log"; mkdir -p .venv/bin
        echo "$here" > .venv/home; cp "$here/venv-python" .venv/bin/python;;
    *) echo "unexpected: $*" >> "$here/log"; exit 9;;
esac
"""
VENV_PYTHON = """#!/bin/sh
here="$(cat .venv/home)"
case "$*" in
    "-m pip "*) echo "$*" >> "$here/log"
        if [ -e "$here/kill" ]; then kill -9 $PPID; fi
        test ! -e "$here/offline";;
    "-m "*) echo "$*" >> "$here/log";;
esac
"""


@dataclass(frozen=True)
class Outcome:
    """How make ended, and what it asked of Python on the way."""

    returncode: int
    stdout: str
    stderr: str
    steps: list[str]


class Machine:
    """A project of four files and a Python that can be spoilt."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.project = folder / "the bin", folder / "the project"
        self.bin.mkdir()
        self.project.mkdir()
        for name in ("Makefile", "setup.cfg", "constraints.txt"):
            shutil.copy(ROOT / name, self.project)
        (self.bin / "version").write_text("Python 3.12.9\n")
        for name, text in (("python3", PYTHON), ("venv-python", VENV_PYTHON)):
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)

    def has(self, flag: str, yes: bool = True) -> None:
        if yes:
            (self.bin / flag).touch()
        else:
            (self.bin / flag).unlink()

    def make(self, *arguments: str, **variables: str) -> Outcome:
        log = self.bin / "log"
        log.write_text("")
        done = subprocess.run(
            ["make", *arguments],
            cwd=self.project,
            env={"PATH": f"{self.bin}{os.pathsep}{os.defpath}", **variables},
            capture_output=True,
            text=True,
        )
        return Outcome(done.returncode, done.stdout, done.stderr, log.read_text().splitlines())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def only_line(text: str) -> str:
    """The one line that is not make's own."""
    (line,) = (line for line in text.splitlines() if not line.startswith("make"))
    return line


def test_an_old_python_is_told_in_one_line(machine):
    machine.has("too-old")
    (machine.bin / "version").write_text("Python 3.9.1\n")
    done = machine.make("demo")
    assert done.returncode != 0 and done.steps == []
    assert only_line(done.stderr) == (
        "`PYTHON` must be Python 3.11 or newer, got Python 3.9.1 (python3). "
        "Install a newer one and name it: make PYTHON=python3.12."
    )


def test_an_absent_python_is_told_in_one_line(machine):
    done = machine.make("test", "PYTHON=python3.99")
    assert done.returncode != 0
    assert only_line(done.stderr).startswith(
        '`PYTHON` must be Python 3.11 or newer, got no command "python3.99".'
    )


def test_a_python_without_venv_is_told_the_one_package_to_install(machine):
    machine.has("no-venv")
    done = machine.make("demo")
    assert done.returncode != 0 and done.steps == []
    assert only_line(done.stderr) == (
        "`PYTHON` must be a Python with venv, got one without (python3). "
        "Install the package python3.12-venv: sudo apt install python3.12-venv."
    )


def test_torch_is_installed_in_a_step_of_its_own_before_what_needs_it(machine):
    done = machine.make("demo", "TORCH_INDEX=an-index")
    assert done.returncode == 0
    venv, backend, torch, project, demo = done.steps
    assert venv == "venv" and demo == "-m ssl_theory demo"
    assert backend.endswith(" setuptools")
    assert torch.endswith("--no-deps --extra-index-url an-index torch")
    assert project.endswith("--no-build-isolation --editable .[test]")
    assert all("--constraint constraints.txt" in step for step in (backend, torch, project))
    assert sum("an-index" in step for step in done.steps) == 1


def test_tools_bring_the_libraries_that_the_default_suite_does_without(machine):
    machine.make("setup")
    (step,) = machine.make("tools").steps
    assert step.endswith("--no-build-isolation --editable .[dask,dev,lightning,transformers]")
    assert machine.make("tools").steps == []


def test_a_second_command_sets_nothing_up(machine):
    assert machine.make("demo").returncode == 0
    assert machine.make("setup").steps == []
    assert machine.make("test").steps == ["-m pytest -n 2"]
    os.utime(machine.project / "setup.cfg")
    assert machine.make("setup").steps == []


def test_an_interrupted_setup_is_made_anew_and_not_trusted(machine):
    machine.has("kill")
    assert machine.make("setup").returncode != 0
    machine.has("kill", False)
    leftover = machine.project / ".venv" / "leftover"
    leftover.touch()
    assert machine.make("setup").steps[0] == "venv"
    assert not leftover.exists()


def test_an_interrupted_update_is_made_anew_and_not_trusted(machine):
    machine.make("setup")
    with (machine.project / "setup.cfg").open("a") as file:
        file.write("# another requirement\n")
    machine.has("kill")
    assert machine.make("setup").returncode != 0
    machine.has("kill", False)
    assert machine.make("setup").steps[0] == "venv"


def test_a_setup_without_network_says_so_and_a_later_one_succeeds(machine):
    machine.has("offline")
    done = machine.make("test")
    assert done.returncode != 0 and len(done.steps) == 2
    assert only_line(done.stderr).endswith("(no network?), run the same command again.")
    machine.has("offline", False)
    assert machine.make("setup").returncode == 0


def test_new_pins_update_the_environment_and_a_failed_update_keeps_it(machine):
    machine.make("setup")
    pins = machine.project / "constraints.txt"
    before = pins.read_text()
    pins.write_text(before + "# newer\n")
    machine.has("offline")
    assert machine.make("setup").returncode != 0
    pins.write_text(before)
    assert machine.make("setup").steps == []
    machine.has("offline", False)
    pins.write_text(before + "# newer\n")
    steps = machine.make("setup").steps
    assert len(steps) == 3 and "venv" not in steps


def test_a_moved_project_is_installed_again_in_place(machine):
    machine.make("setup")
    machine.project = machine.project.rename(machine.project.with_name("moved"))
    steps = machine.make("setup").steps
    assert len(steps) == 3 and "venv" not in steps


def test_an_environment_made_by_hand_is_completed_and_not_deleted(machine):
    by_hand = machine.project / ".venv"
    (by_hand / "bin").mkdir(parents=True)
    (by_hand / "home").write_text(f"{machine.bin}\n")
    shutil.copy(machine.bin / "venv-python", by_hand / "bin" / "python")
    steps = machine.make("setup").steps
    assert len(steps) == 3 and "venv" not in steps


def test_a_broken_environment_is_replaced(machine):
    machine.make("setup")
    (machine.project / ".venv" / "bin" / "python").unlink()
    assert machine.make("setup").steps[0] == "venv"


@pytest.mark.parametrize("name", ["VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PIP_TARGET"])
def test_another_active_environment_does_not_reach_python(machine, name):
    (machine.bin / "venv-python").write_text(
        VENV_PYTHON.replace("#!/bin/sh", f'#!/bin/sh\ntest -z "${name}" || exit 8')
    )
    assert machine.make("demo", **{name: "/elsewhere"}).returncode == 0


def test_make_alone_lists_the_commands(machine):
    done = machine.make()
    assert done.returncode == 0 and done.steps == []
    assert "make demo" in done.stdout and "make test" in done.stdout
