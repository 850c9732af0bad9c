"""Imports point downwards. A module may use its own floor's package and every floor below."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssl_theory.objectives import CATALOGUE

PACKAGE = Path(__file__).parents[1] / "ssl_theory"

FLOORS = [
    {"accumulator", "arrays", "references"},
    {"symmetries", "notation", "typesetting", "linalg", "moments", "bessel"},
    {"spaces", "nulls", "codes"},
    {"batch_spaces", "latent_distribution_matching", "metric_aware_pca"},
    {
        "alignment",
        "uniformity",
        "metrics",
        "processes",
        "diagnostics",
        "embeddings",
        "identifiability",
    },
    {"objectives", "linear_theory", "collapse"},
    {"checks", "experiments", "plots"},
    {"cards", "report", "claims", "laboratory", "integrations", "predictions"},
    {"demonstration"},
    {"commands"},
    {"command_line"},
    {"__init__", "__main__"},
]
FLOOR = {name: level for level, names in enumerate(FLOORS) for name in names}

OUTSIDE = {
    "sympy": {
        "notation",
        "codes",
        "latent_distribution_matching",
        "metric_aware_pca",
        "alignment",
        "uniformity",
        "metrics",
        "linear_theory",
        "claims",
    },
    "mpmath": {"notation"},
    "hypothesis": {"checks"},
    "matplotlib": {"plots"},
    "sklearn": {"integrations", "identifiability"},
    "lightning": {"integrations"},
    "pytorch_lightning": {"integrations"},
    "transformers": {"integrations"},
    "pandas": {"experiments", "report"},
    "rich": {"report"},
    "safetensors": {"embeddings"},
    "pyarrow": {"embeddings", "laboratory"},
    "h5py": {"embeddings"},
    "zarr": {"embeddings"},
}


def _unit(path: Path, package: Path) -> str:
    return path.relative_to(package).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write absolute imports"
            names = [a.name for a in node.names] if node.module == "ssl_theory" else [None]
            yield from (node.module if name is None else f"ssl_theory.{name}" for name in names)
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names)


def check_imports(path: Path, package: Path = PACKAGE) -> None:
    """Every import of one module points down, and outside libraries stay in their rooms."""
    here = _unit(path, package)
    assert here in FLOOR, f"give `{here}` a floor in tests/test_floors.py"
    for name in _imports(path):
        root, *rest = name.split(".")
        if root == "ssl_theory" and rest and rest[0] != here:
            assert rest[0] in FLOOR, f"give `{rest[0]}` a floor in tests/test_floors.py"
            assert FLOOR[rest[0]] < FLOOR[here], (
                f"{here} (floor {FLOOR[here]}) may not import {rest[0]} (floor {FLOOR[rest[0]]})"
            )
        if root in OUTSIDE:
            allowed = sorted(OUTSIDE[root])
            assert here in allowed, f"{here} may not import {root}; only {allowed} may"


def check_catalogue(folder: Path, catalogue=CATALOGUE) -> None:
    """Every file of the folder of objectives is one word of CATALOGUE, and the reverse."""
    listed = {make.__module__.rsplit(".", 1)[1] for make in catalogue}
    present = {p.stem for p in folder.glob("*.py")} - {"__init__"}
    assert present == listed, f"add to CATALOGUE: {sorted(present ^ listed)}"


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_imports_point_downwards(path):
    check_imports(path)


def test_every_objective_file_is_in_the_catalogue():
    check_catalogue(PACKAGE / "objectives")


def test_every_objective_file_is_short():
    long = {
        p.name: lines
        for p in (PACKAGE / "objectives").glob("*.py")
        if p.stem != "__init__" and (lines := len(p.read_text("utf-8").splitlines())) > 25
    }
    assert not long, f"an objective from existing parts takes a few lines: {long}"


@pytest.mark.parametrize(
    ("where", "text", "complaint"),
    [
        ("alignment/planted.py", "from ssl_theory.uniformity import Hinge\n", "may not import uni"),
        ("spaces.py", "import ssl_theory.objectives\n", "may not import objectives"),
        ("diagnostics/planted.py", "from ..arrays import check_pair\n", "write absolute imports"),
        ("planted.py", "import numpy\n", "give `planted` a floor"),
        ("spaces.py", "from ssl_theory import planted\n", "give `planted` a floor"),
        ("diagnostics/planted.py", "import sympy\n", "may not import sympy"),
        ("report/planted.py", "from hypothesis import given\n", "may not import hypothesis"),
    ],
)
def test_a_planted_import_is_refused(tmp_path, where, text, complaint):
    path = tmp_path / where
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    with pytest.raises(AssertionError, match=complaint):
        check_imports(path, tmp_path)


def test_an_objective_missing_from_the_catalogue_is_refused(tmp_path):
    for source in (PACKAGE / "objectives").glob("*.py"):
        (tmp_path / source.name).write_text("")
    check_catalogue(tmp_path)
    (tmp_path / "planted.py").write_text("")
    with pytest.raises(AssertionError, match=r"add to CATALOGUE: \['planted'\]"):
        check_catalogue(tmp_path)
