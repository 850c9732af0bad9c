"""What a shell sees: output, exit status, one line for each mistake, and no half-written file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ssl_theory.command_line import main
from ssl_theory.linear_theory import prediction
from ssl_theory.objectives import CATALOGUE, gaussian_infomax
from ssl_theory.report import Kind, Report, diagnose

ROOT = Path(__file__).parents[1]
Z = np.random.default_rng(0).standard_normal((300, 8))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("healthy.npy", Z)
    np.save("flat.npy", Z[:, :3] @ Z[:3])
    np.save("point.npy", np.ones((9, 2)))
    np.save("integers.npy", np.ones((9, 2), int))
    np.save("nan.npy", np.where(Z > 3, np.nan, Z))
    return tmp_path


def test_diagnose_prints_what_the_function_says(folder, capsys):
    assert main(["diagnose", "healthy.npy"]) == 0
    assert capsys.readouterr().out == f"{diagnose(Z, source='healthy.npy')}\n"


def test_diagnose_takes_two_views(folder, capsys):
    assert main(["diagnose", "healthy.npy", "--views", "flat.npy", "--json", "-"]) == 0
    found = Report.from_json(capsys.readouterr().out)
    assert [(v.of, v.kind) for v in found.verdicts] == [
        ("z", Kind.HEALTHY),
        ("w", Kind.RANK_DEFICIENT),
    ]


def test_diagnose_writes_the_page_and_the_json(folder, capsys):
    assert main(["diagnose", "flat.npy", "--html", "r.html", "--json", "r.json"]) == 0
    report = Report.from_json(Path("r.json").read_text("utf-8"))
    assert report == diagnose(np.load("flat.npy"), source="flat.npy")
    assert Path("r.html").read_text("utf-8") == report.to_html()


@pytest.mark.parametrize("column", ["w", "z"])
def test_diagnose_takes_a_column_of_a_file(folder, capsys, column):
    np.savez("views.npz", z=Z, w=Z[:, :3] @ Z[:3])
    assert main(["diagnose", "views.npz", "--column", column, "--json", "-"]) == 0
    expected = diagnose(np.load("views.npz")[column], source="views.npz")
    assert Report.from_json(capsys.readouterr().out) == expected


def test_a_sample_is_drawn_once_for_both_views(folder, capsys):
    np.save("other.npy", 2 * Z)
    asked = ["diagnose", "healthy.npy", "--views", "other.npy", "--sample", "100", "--json", "-"]
    assert main(asked) == 0
    found = Report.from_json(capsys.readouterr().out)
    assert found.source == "healthy.npy (100 of 300 items, drawn with seed 0)"
    assert found.items == 100 and found["distinct items"].value == 100
    assert found["alignment"].value == pytest.approx(0, abs=1e-12)


def test_a_sample_of_more_than_there_is_is_all(folder, capsys):
    assert main(["diagnose", "healthy.npy", "--sample", "301"]) == 0
    assert capsys.readouterr().out == f"{diagnose(Z, source='healthy.npy')}\n"


def test_diagnose_takes_labels_and_groups_in_any_format(folder, capsys):
    labels, groups = np.arange(300) % 3, np.arange(300) // 2
    np.savez("told.npz", labels=labels, groups=groups)
    Path("groups.txt").write_text("\n".join(f"image {g}" for g in groups))
    asked = ["diagnose", "healthy.npy", "--json", "-", "--labels", "told.npz"]
    asked += ["--label-column", "labels", "--groups", "groups.txt"]
    assert main(asked) == 0
    expected = diagnose(Z, labels=labels, groups=groups, source="healthy.npy")
    found = Report.from_json(capsys.readouterr().out)
    assert found.measurements == expected.measurements
    assert found["tolerance"].value is not None


def test_a_sample_takes_its_own_labels_along(folder, capsys):
    labels = np.repeat([0, 1, 2], 100)
    np.save("told.npy", labels)
    np.save("apart.npy", np.eye(8)[labels] + 0.01 * Z)
    asked = ["diagnose", "apart.npy", "--labels", "told.npy", "--sample", "150", "--json", "-"]
    assert main(asked) == 0
    assert Report.from_json(capsys.readouterr().out)["tolerance"].value > 0.9


@pytest.mark.parametrize("role", ["labels", "groups"])
def test_too_few_labels_are_one_line_and_nothing_is_written(folder, capsys, role):
    np.save("told.npy", np.arange(299))
    assert main(["diagnose", "healthy.npy", f"--{role}", "told.npy", "--html", "r.html"]) == 2
    assert f"`{role}` must hold one" in capsys.readouterr().err
    assert not Path("r.html").exists()


@pytest.mark.parametrize("role", ["labels", "groups", "reference"])
def test_a_sample_of_items_without_their_own_labels_is_refused(folder, capsys, role):
    np.save("told.npy", Z[:299] if role == "reference" else np.arange(299))
    assert main(["diagnose", "healthy.npy", f"--{role}", "told.npy", "--sample", "99"]) == 2
    said = f"`{role}` must hold one for each of 300 items, got 299"
    assert said in capsys.readouterr().err


def test_diagnose_takes_a_reference(folder, capsys):
    np.save("before.npy", Z @ np.linalg.qr(Z[:8])[0])
    asked = ["diagnose", "healthy.npy", "--reference", "before.npy", "--json", "-"]
    assert main([*asked, "--sample", "200"]) == main(asked) == 0
    sampled, whole = capsys.readouterr().out.strip().split("\n")
    for text in (sampled, whole):
        assert Report.from_json(text)["CKA"].value == pytest.approx(1)


def test_the_demonstration_needs_no_file_and_finds_what_was_planted(folder, capsys):
    assert main(["diagnose", "--demo", "--fail-on", "rank-deficient", "--json", "-"]) == 1
    found = Report.from_json(capsys.readouterr().out)
    assert found["resolved rank"].value == 8 and "8 wide" in found.source


def test_the_demonstration_stands_alone(folder, capsys):
    assert main(["diagnose", "--demo", "--views", "flat.npy"]) == 2
    assert "`--demo` must stand alone" in capsys.readouterr().err


def test_what_is_not_certain_fails_nothing(folder, monkeypatch):
    np.save("few.npy", Z * np.r_[1.0, 1.0, np.full(6, 1e-3)])
    asked = ["diagnose", "few.npy", "--fail-on", "concentrated"]
    assert main(asked) == 0  # two of eight directions are no concentration
    wide = np.random.default_rng(1).standard_normal((300, 64)) * np.r_[1.0, np.full(63, 1e-3)]
    np.save("few.npy", wide)
    assert main(asked) == 1
    monkeypatch.setattr("ssl_theory.report.view.intervals", lambda *_: {})
    assert main(asked) == 0  # nothing bounds it


def test_a_missing_library_is_one_line_and_status_2(folder, capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "ssl_theory.embeddings.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    Path("z.parquet").write_bytes(b"PAR1")
    assert main(["diagnose", "z.parquet"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("Install it: pip install 'ssl-theory[formats]'.")


@pytest.mark.parametrize(
    ("file", "kinds", "status"),
    [
        ("flat.npy", "rank-deficient", 1),
        ("flat.npy", "collapsed-to-a-point,rank-deficient", 1),
        ("flat.npy", "collapsed-to-a-point", 0),
        ("point.npy", "collapsed-to-a-point", 1),
        ("healthy.npy", "rank-deficient,collapsed-to-a-point,concentrated", 0),
    ],
)
def test_the_exit_status_gates_on_the_verdicts_that_were_asked_for(folder, file, kinds, status):
    assert main(["diagnose", file, "--fail-on", kinds, "--json", "r.json"]) == status
    assert Path("r.json").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diagnose", "nothing.npy"], "`nothing.npy` must be a file of embeddings, got no such"),
        (["diagnose", "integers.npy"], "`z` must be floating point, got int64: integers are"),
        (["diagnose", "nan.npy"], "`z` must be finite, got NaN or inf in"),
        (["diagnose", "healthy.npy", "--views", "point.npy"], "two views of the same items"),
        (["diagnose", "healthy.npy", "--views", "point.npy", "--sample", "9"], "same items, got"),
        (["diagnose", "healthy.npy", "--sample", "1"], "`sample` must be at least 2 items, got 1."),
        (["diagnose", "healthy.npy", "--column", "z"], "`column` must go with a file of several"),
        (["diagnose", "healthy.npy", "--fail-on", "sick"], "`--fail-on` must hold verdicts out of"),
        (["diagnose", "healthy.npy", "--views", "./healthy.npy"], "got it twice"),
        (["diagnose", "healthy.npy", "--html", "healthy.npy"], "what is in it would be lost"),
        (["diagnose", "healthy.npy", "--html", "r", "--json", "./r"], "Name another file."),
        (["diagnose", "healthy.npy", "--html", "no/r.html"], "`no/r.html` must be writable, got:"),
        (["objectives", "vicre"], "`NAME` must be an objective of the catalogue, got 'vicre'"),
        (["objectives", "--html", "r.html"], "`--html` must go with NAME, got none."),
        (["demo", "--out", "healthy.npy"], "`healthy.npy` must be a folder, or a place for one"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(folder, capsys, arguments, message):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("ssl-theory: ") and err.count("\n") == 1
    assert message in err
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("arguments", [[], ["diagnose"], ["diagnos", "x"], ["demo", "--colour"]])
def test_wrong_usage_is_status_2_and_says_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: ssl-theory" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["diagnose", "demo", "objectives"])
def test_help_has_an_example_and_the_exit_status(command, capsys):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    out = capsys.readouterr().out
    assert caught.value.code == 0
    assert f"example:\n  ssl-theory {command} " in out and "exit status:" in out


def test_the_demo_finds_what_was_planted(folder, capsys):
    assert main(["demo", "--out", "a new/folder"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == f"The report is in {Path('a new/folder/report.html')}"
    kinds = [diagnose(np.load(f"a new/folder/{name}.npy")).kinds for name in (
        "healthy", "bottleneck", "constant",
    )]  # fmt: skip
    assert kinds == [{Kind.HEALTHY}, {Kind.RANK_DEFICIENT}, {Kind.COLLAPSED_TO_A_POINT}]
    assert "8 of 64 dimensions are left" in out
    page = Path("a new/folder/report.html").read_text("utf-8")
    assert page.count("<section>") == 3


def test_the_catalogue_is_listed_whole(capsys):
    assert main(["objectives"]) == 0
    out = capsys.readouterr().out
    assert {make.__name__ for make in CATALOGUE} <= {line.split(" ")[0] for line in out.split("\n")}


def test_a_card_is_printed_and_written(folder, capsys):
    assert main(["objectives", "vicreg", "--html", "card.html"]) == 0
    assert "Bardes et al. (2022)" in capsys.readouterr().out
    assert "<math" in Path("card.html").read_text("utf-8")
    assert main(["objectives", "vicreg", "--markdown"]) == 0
    assert "| `vicreg` |" in capsys.readouterr().out


def start(folder: Path, *arguments: str, **options) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "ssl_theory", *arguments]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, **options
    )


def test_an_interruption_is_status_130_and_leaves_no_file(folder, capsys, monkeypatch):
    def interrupted(*paths):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)  # when both files are ready to be put in place
    asked = ["diagnose", "healthy.npy", "--json", "r.json", "--html", "r.html"]
    before = sorted(folder.iterdir())
    assert main(asked) == 130
    assert capsys.readouterr() == ("", "") and sorted(folder.iterdir()) == before


def test_a_reader_that_leaves_early_is_no_error(folder):
    with start(folder, "objectives", stdout=subprocess.PIPE) as running:
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 0


def test_a_terminal_without_greek_shows_a_card_all_the_same(folder):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "ssl_theory", "objectives", "vicreg"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stdout.isascii() and b"vicreg" in done.stdout


def test_json_on_a_pipe_is_only_json(folder):
    running = start(folder, "diagnose", "point.npy", "--json", "-", stdout=subprocess.PIPE)
    assert json.loads(running.communicate(timeout=60)[0])["items"] == 9


def test_theory_prints_the_prediction_and_draws_it(folder, capsys):
    spectrum = [0.95, 0.7, 0.4, 0.05, -0.3]
    asked = ["theory", "gaussian_infomax", "--spectrum", "0.95,0.7,0.4,0.05,-0.3"]
    assert main([*asked, "--svg", "theory.svg"]) == 0
    assert capsys.readouterr().out == f"{prediction(gaussian_infomax(), spectrum)}\n"
    assert b"<svg" in Path("theory.svg").read_bytes()
    assert main([*asked, "--keep", "2"]) == 0
    assert "2 of 2 dimensions" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["vicregg", "--spectrum", "0.5"], "`NAME` must be an objective of the catalogue, got 'vi"),
        (["vicreg", "--spectrum", "0.5,x"], "`--spectrum` must hold numbers, got '0.5,x'"),
        (["vicreg", "--spectrum", "1.5"], "a canonical autocorrelation of 1.5: a correlation is"),
        (["vicreg", "--spectrum", "0.5", "--keep", "3"], "`keep` must be between 1 and the rank 1"),
    ],
)
def test_theory_says_in_one_line_what_it_wanted(words, complaint, capsys):
    assert main(["theory", *words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert complaint in line
