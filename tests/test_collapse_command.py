"""What a shell sees of collapse: what the function says, of files, and an exit status."""

from pathlib import Path

import numpy as np
import pytest

from ssl_theory.collapse import detect
from ssl_theory.command_line import main

Z = np.random.default_rng(0).standard_normal((300, 8))
FLAT = Z * np.where(np.arange(8) < 2, 1.0, 0.1)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("healthy.npy", Z)
    np.save("flat.npy", FLAT)
    return tmp_path


def test_it_says_what_the_function_says(folder, capsys):
    assert main(["collapse", "flat.npy", "--previous", "healthy.npy"]) == 0
    assert capsys.readouterr().out == f"{detect(FLAT, previous=Z)}\n"


def test_names_of_items_come_from_files_too(folder, capsys):
    names = [f"video {i // 10}" for i in range(300)]
    Path("videos.txt").write_text("\n".join(names))
    asked = ["collapse", "healthy.npy", "--isotropy", "--trajectories", "videos.txt"]
    assert main(asked) == 0
    expected = detect(Z, trajectories=np.arange(300) // 10, against="isotropy")
    assert capsys.readouterr().out == f"{expected}\n"


@pytest.mark.parametrize(
    ("kinds", "status"), [("dimensional", 1), ("cluster,dimensional", 1), ("cluster", 0)]
)
def test_it_fails_on_the_kinds_it_is_told_to(folder, capsys, kinds, status):
    asked = ["collapse", "flat.npy", "--previous", "healthy.npy", "--fail-on", kinds]
    assert main(asked) == status


def test_of_many_items_a_sample_is_looked_at_the_same_of_all(folder, capsys):
    np.save("later.npy", 2 * Z)
    asked = ["collapse", "later.npy", "--previous", "healthy.npy", "--sample", "100"]
    assert main(asked) == 0
    found = capsys.readouterr().out
    assert found.startswith("100 of 300 items, drawn with seed 0\n")
    # Twice as large, exactly, of whichever items: four times the variance, nothing else.
    row = next(line for line in found.splitlines() if "log variance  " in line and "ref" in line)
    now, before = (float(word) for word in row.split()[4:6])
    assert now - before == pytest.approx(np.log(4), abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["flat.npy", "--fail-on", "flatness"], "`--fail-on` must hold verdicts out of complete"),
        (["flat.npy", "--views", "few.npy"], "`views` must hold one row for each of 300 items"),
        (["flat.npy", "--level", "2"], "`level` must lie between 0 and 1"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(folder, capsys, arguments, complaint):
    np.save("few.npy", Z[:9])
    assert main(["collapse", *arguments]) == 2
    said = capsys.readouterr()
    assert complaint in said.err and said.err.count("\n") == 1 and not said.out
