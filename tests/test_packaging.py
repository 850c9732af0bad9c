"""What setup.cfg promises, constraints.txt pins and the package is."""

import configparser
import importlib
import inspect
import itertools
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import ssl_theory

ROOT = Path(__file__).parents[1]
SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")
EXTRAS = {name: text.split("\n")[1:] for name, text in SETUP["options.extras_require"].items()}
PINS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PLATFORMS = [
    {"sys_platform": "linux", "os_name": "posix", "platform_machine": "x86_64"},
    {"sys_platform": "linux", "os_name": "posix", "platform_machine": "aarch64"},
    {"sys_platform": "darwin", "os_name": "posix", "platform_machine": "arm64"},
    {"sys_platform": "win32", "os_name": "nt", "platform_machine": "AMD64"},
]
PYTHONS = [
    {"python_version": "3.11", "python_full_version": "3.11.2"},
    {"python_version": "3.12", "python_full_version": "3.12.1"},
    {"python_version": "3.13", "python_full_version": "3.13.0"},
    {"python_version": "3.14", "python_full_version": "3.14.0"},
]
MACHINES = [platform | python for platform in PLATFORMS for python in PYTHONS]


def modules() -> Iterator[str]:
    """Every module of the package by its full name, but for rooms of libraries that are absent."""
    absent = {
        f"ssl_theory.integrations.{room}"
        for room in ("lightning", "transformers")
        if find_spec(room) is None
    }
    for found in pkgutil.walk_packages(ssl_theory.__path__, "ssl_theory."):
        if not found.name.endswith("__main__") and found.name not in absent:
            yield found.name


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_one_version_is_told_everywhere():
    version = SETUP["metadata"]["version"]
    assert ssl_theory.__version__ == version
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_extra_all_is_all_the_other_extras():
    (line,) = EXTRAS["all"]
    assert Requirement(line).extras == EXTRAS.keys() - {"all"}


@pytest.mark.parametrize("extra", ["", *sorted(EXTRAS.keys() - {"all"})])
def test_every_requirement_has_one_pin_within_its_range_on_every_machine(extra):
    lines = EXTRAS[extra] if extra else SETUP["options"]["install_requires"].split("\n")[1:]
    pins = [Requirement(pin) for pin in PINS]
    for line, machine in itertools.product(lines, MACHINES):
        wanted = Requirement(line)
        found = [
            pin
            for pin in pins
            if canonical(pin.name) == canonical(wanted.name)
            and (pin.marker is None or pin.marker.evaluate(machine))
        ]
        assert len(found) == 1, f"{line} has {len(found)} pins for {machine}"
        (pinned,) = found[0].specifier
        assert pinned.operator == "=="
        assert wanted.specifier.contains(pinned.version), f"{found[0]} is outside {line}"


def test_a_pin_is_a_public_version_that_every_platform_can_have():
    for pin in PINS:
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", pin), pin
        assert not pin.startswith(("cuda", "nvidia", "triton")), f"{pin} belongs to torch alone"
    assert "torch==2.13.0" in PINS


@pytest.mark.parametrize(
    "name", ["setup.cfg", "pyproject.toml", "constraints.txt", "Makefile", ".ci/run"]
)
def test_the_set_up_names_no_address(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_two_commands_are_one():
    entry = SETUP["options.entry_points"]["console_scripts"].strip()
    command, _, target = entry.partition(" = ")
    module, _, function = target.partition(":")
    assert command == "ssl-theory"
    script = f"import sys; from {module} import {function}; sys.argv[0] = {command!r}; "
    texts = [
        subprocess.run(
            [sys.executable, *call, "--help"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        for call in (["-m", "ssl_theory"], ["-c", f"{script}sys.exit({function}())"])
    ]
    assert texts[0] == texts[1]
    assert "usage: ssl-theory" in texts[0]


def test_every_data_file_of_the_package_is_packed():
    patterns = SETUP["options.package_data"]["ssl_theory"].split()
    package = ROOT / "ssl_theory"
    packed = {path for pattern in patterns for path in package.glob(pattern)}
    data = {
        path for path in package.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert data <= packed, f"not in [options.package_data]: {data - packed}"
    assert package / "py.typed" in packed


@pytest.mark.parametrize("module", list(modules()))
def test_the_typed_marker_is_true_of_every_public_function(module):
    public = importlib.import_module(module)
    for name in getattr(public, "__all__", ()):
        thing = getattr(public, name)
        members = vars(thing).values() if inspect.isclass(thing) else [thing]
        for member in members:
            function = getattr(member, "fget", None) or getattr(member, "__func__", member)
            if not inspect.isfunction(function) or function.__module__ != module:
                continue
            if function.__name__.startswith("_"):
                continue
            signature = inspect.signature(function)
            untyped = [
                parameter.name
                for parameter in signature.parameters.values()
                if parameter.annotation is inspect.Parameter.empty
                and parameter.name not in {"self", "cls"}
            ]
            assert not untyped, f"{function.__qualname__} leaves {untyped} without a type"
            returns = signature.return_annotation
            assert returns is not inspect.Signature.empty, f"{function.__qualname__} returns?"
