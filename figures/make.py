"""Regenerate every figure: ``python figures/make.py``. One name per argument; none means all.

A figure is a module here with ``data()``, which computes columns of numbers, and
``draw(columns)``, which turns them into a matplotlib figure. The numbers are written to
``<name>.csv`` and are what the tests compare; the drawing is written to ``<name>.svg``. One that
takes minutes says ``SLOW = True``.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import matplotlib as mpl

HERE = Path(__file__).parent
STYLE = {"svg.hashsalt": "ssl_theory", "svg.fonttype": "path"}  # drawn twice, the same bytes


def names() -> list[str]:
    """Every figure there is."""
    return sorted(p.stem for p in HERE.glob("*.py") if p.stem != "make")


def module(name: str) -> ModuleType:
    """The code of one figure."""
    spec = importlib.util.spec_from_file_location(f"figures_{name}", HERE / f"{name}.py")
    figure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(figure)
    return figure


def make(name: str, where: Path = HERE) -> dict:
    """Compute and draw one figure, and return its numbers."""
    columns = module(name).data()
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(f"{x:.9g}" for x in row) for row in rows)]
    (where / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    draw(name, columns, where)
    return columns


def draw(name: str, columns: dict, where: Path) -> None:
    """Draw one figure from its numbers."""
    with mpl.rc_context(STYLE):
        module(name).draw(columns).savefig(where / f"{name}.svg", metadata={"Date": None})


if __name__ == "__main__":
    mpl.use("agg")
    for name in sys.argv[1:] or names():
        make(name)
