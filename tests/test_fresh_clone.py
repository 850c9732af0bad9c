"""Nothing installed before: a clone, one command, and it works."""

import os
import re
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
BARE = {"PATH": os.environ.get("PATH", os.defpath), "HOME": os.environ.get("HOME", "/")}
PIP = {
    name: value
    for name, value in os.environ.items()
    if name.startswith("PIP_") or name.lower().endswith("_proxy")
}
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
ANOTHER_ENVIRONMENT = {"VIRTUAL_ENV": "/elsewhere", "PYTHONHOME": "/elsewhere"}
INSTALLING = re.compile("Collecting|Installing|Setting up")


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """What `command` prints, in `folder`, with nothing around it but `environment`."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=BARE | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, f"{command} gave {done.returncode}:\n{done.stdout[-5000:]}"
    return done.stdout


def assert_demo_ends_with_its_report(text: str, folder: Path) -> None:
    last = text.rstrip().splitlines()[-1]
    words = last.split(" ")
    paths = [folder / " ".join(words[start:]).rstrip(".") for start in range(len(words))]
    assert any(path.is_file() and path.stat().st_size > 0 for path in paths), last


def assert_installed_as_pinned(python: Path, folder: Path) -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    pinned = {
        pin.name: str(pin.specifier) for pin in pins if not pin.marker or pin.marker.evaluate()
    }
    found = run(python, "-m", "pip", "list", "--format=freeze", folder=folder).split()
    installed = dict(line.split("==") for line in found if "==" in line)
    has_cuda = run(python, "-c", "import torch; print(torch.version.cuda)", folder=folder)
    for name, version in installed.items():
        if name in {"pip", "ssl-theory"}:
            continue
        if name.startswith(("cuda", "nvidia", "triton")):
            assert has_cuda.strip() != "None", f"{name} came although torch is a CPU build"
            continue
        pin = pinned.get(name.lower().replace("_", "-"))
        assert pin == "==" + version.partition("+")[0], f"{name} {version}, pinned {pin}"
    run(python, "-m", "pip", "check", folder=folder)


def assert_wheel_holds_the_package(python: Path, folder: Path) -> None:
    build = ["-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", "wheels"]
    run(python, *build, ".", folder=folder)
    (wheel,) = (folder / "wheels").glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    tracked = set(run("git", "ls-files", "ssl_theory", folder=folder).split("\n")) - {""}
    assert tracked <= packed, f"not in the wheel: {tracked - packed}"


@pytest.mark.slow
def test_a_fresh_clone_demonstrates_and_tests_itself_with_nothing_installed_before(tmp_path):
    clone = tmp_path / "a fresh clone"
    run("git", "clone", "--quiet", "--no-hardlinks", ROOT, clone, folder=tmp_path)

    demo = run("make", "demo", folder=clone, **PIP)
    assert INSTALLING.search(demo)
    assert_demo_ends_with_its_report(demo, clone)

    test = run("make", "test", folder=clone, **PIP)
    assert not INSTALLING.search(test)
    closing = test.rstrip().splitlines()[-1]
    assert re.search(r"=+ \d+ passed.* in [\d.]+s", closing), closing
    assert not re.search(r"\b(failed|errors?|skipped)\b", closing), closing

    started = time.perf_counter()
    assert run("make", "setup", folder=clone, **OFFLINE) == ""
    assert time.perf_counter() - started < 3, "a second set-up must cost less than 3 s"

    python = Path(".venv", "bin", "python")
    script = run(python.with_name("ssl-theory"), "--help", folder=clone)
    assert script == run(python, "-m", "ssl_theory", "--help", folder=clone)
    assert_installed_as_pinned(python, clone)
    assert_wheel_holds_the_package(python, clone)

    (tmp_path / "sabotage").mkdir()
    (tmp_path / "sabotage" / "numpy.py").write_text("raise ImportError('another environment')")
    moved = clone.rename(tmp_path / "a moved clone")
    hostile = ANOTHER_ENVIRONMENT | {"PYTHONPATH": str(tmp_path / "sabotage")}
    demo = run("make", "demo", folder=moved, **OFFLINE, **hostile)
    assert_demo_ends_with_its_report(demo, moved)
