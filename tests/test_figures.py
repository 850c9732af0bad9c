"""Every figure is what its command makes: the same numbers, and ink drawn from them alone."""

import importlib.util
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

FIGURES = Path(__file__).parents[1] / "figures"
_spec = importlib.util.spec_from_file_location("figures_make", FIGURES / "make.py")
figures = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(figures)


def named(name):
    slow = getattr(figures.module(name), "SLOW", False)
    return pytest.param(name, marks=pytest.mark.slow if slow else ())


@pytest.mark.parametrize("name", [named(name) for name in figures.names()])
def test_the_committed_numbers_are_the_computed_ones(name, tmp_path):
    mpl.use("agg")
    columns = figures.make(name, tmp_path)
    committed, made = (
        np.genfromtxt(folder / f"{name}.csv", delimiter=",", names=True)
        for folder in (FIGURES, tmp_path)
    )
    assert committed.dtype.names == made.dtype.names
    for column in made.dtype.names:
        np.testing.assert_allclose(made[column], committed[column], rtol=1e-6, atol=1e-9)
    first = (tmp_path / f"{name}.svg").read_bytes()
    figures.draw(name, columns, tmp_path)
    assert (tmp_path / f"{name}.svg").read_bytes() == first
