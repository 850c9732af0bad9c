"""Nothing that was done is done again, and what goes on goes on to the same bits."""

import json
import shutil
import zipfile

import numpy as np
import pytest
import torch

from ssl_theory.experiments import Certificate, Training, folder, sweep
from ssl_theory.experiments.descent import Descent
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.objectives import info_nce, vicreg
from ssl_theory.processes import GaussianPairs

TRAINING = Training(55, 16, 0.01, certificate=Certificate(batches=2))


def asked(**more):
    """A sweep of two groups."""
    return sweep(
        [info_nce(), vicreg()], GaussianPairs(), Perceptron(2, (4,)), TRAINING,
        seeds=range(3), together=4, **more,
    )  # fmt: skip


def bits(results):
    """All that came out."""
    return [
        (
            *(weight.numpy().tobytes() for weight in result.weights.values()),
            result.losses.tobytes(),
            np.array([result.start, result.end]).tobytes(),
            result.converged,
            result.certificate,
        )
        for result in results
    ]


@pytest.fixture
def interrupted(monkeypatch):
    """Lets descents take so many blocks, and no more."""

    def after(blocks):
        taken, advance = [], Descent.advance

        def counted(descent, until):
            if len(taken) == blocks:
                raise KeyboardInterrupt
            taken.append(until)
            advance(descent, until)

        monkeypatch.setattr(Descent, "advance", counted)
        return taken

    return after


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A folder of a sweep that is done, and all that came out."""
    path = tmp_path_factory.mktemp("finished")
    return path, bits(asked(folder=path))


@pytest.fixture
def spoilt(tmp_path, finished):
    """A copy of it that a test may spoil, and its files."""
    shutil.copytree(finished[0], tmp_path, dirs_exist_ok=True)
    return tmp_path, sorted((tmp_path / "runs").iterdir())


@pytest.mark.parametrize("blocks", [1, 2, 3])  # in training, at its end, in the second group
def test_a_sweep_that_was_interrupted_goes_on_to_the_same_bits(
    tmp_path, monkeypatch, interrupted, finished, blocks
):
    monkeypatch.setattr(folder, "EVERY", 0.0)
    with monkeypatch.context():
        interrupted(blocks)
        with pytest.raises(KeyboardInterrupt):
            asked(folder=tmp_path)
        monkeypatch.undo()
    taken = interrupted(100)
    assert bits(asked(folder=tmp_path)) == finished[1]
    assert len(taken) == 4 - blocks  # two groups of two blocks, less what had been done
    assert not list((tmp_path / "unfinished").iterdir())


def test_a_folder_changes_nothing(finished):
    assert bits(asked()) == finished[1]


def test_what_is_finished_is_read(finished, interrupted):
    interrupted(0)
    assert bits(asked(folder=finished[0])) == finished[1]


def test_more_seeds_train_only_what_is_new(spoilt):
    path, files = spoilt
    both = sweep(
        [info_nce(), vicreg()], GaussianPairs(), Perceptron(2, (4,)), TRAINING,
        seeds=range(4), folder=path,
    )  # fmt: skip
    assert len(files) == 6 and len(list((path / "runs").iterdir())) == 8
    assert bits([r for r in both if r.seed < 3]) == bits(asked(folder=path))


def test_files_say_what_they_are_of(finished):
    files = (finished[0] / "runs").iterdir()
    said = [json.loads(str(np.load(path)["told"]))["note"] for path in files]
    assert {note["objective"] for note in said} == {"info_nce", "vicreg"}
    assert {note["torch"] for note in said} == {torch.__version__}


def broken(path, how):
    """Spoil a file."""
    data = path.read_bytes()
    if how == "torn":
        path.write_bytes(data[: len(data) // 2])
    elif how == "scratched":  # one byte of what is stored
        with zipfile.ZipFile(path) as file:
            at = file.getinfo("losses.npy").header_offset + 200
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("not mine")
    elif how == "foreign":
        np.savez(path, x=np.zeros(3))
    elif how == "objects":
        np.savez(path, told=np.array([{}], dtype=object))


@pytest.mark.parametrize("how", ["torn", "scratched", "empty", "text", "foreign", "objects"])
def test_a_torn_or_foreign_file_is_named(spoilt, how):
    path, files = spoilt
    broken(files[0], how)
    with pytest.raises(ValueError, match=f"a torn or foreign file .*{files[0].name}.*Delete it"):
        asked(folder=path)


def test_a_file_that_was_deleted_is_made_again(spoilt):
    path, files = spoilt
    files[0].unlink()
    assert len(asked(folder=path)) == 6 and files[0].exists()


def test_the_file_of_another_run_is_not_taken(spoilt):
    path, files = spoilt
    files[0].write_bytes(files[1].read_bytes())
    with pytest.raises(ValueError, match=f"which is of '{files[1].stem}' in format"):
        asked(folder=path)


def test_a_torn_checkpoint_is_named(tmp_path, monkeypatch, interrupted):
    monkeypatch.setattr(folder, "EVERY", 0.0)
    with monkeypatch.context():
        interrupted(1)
        with pytest.raises(KeyboardInterrupt):
            asked(folder=tmp_path)
        monkeypatch.undo()
    (path,) = (tmp_path / "unfinished").iterdir()
    broken(path, "torn")
    with pytest.raises(ValueError, match=rf"got a torn or foreign file .*{path.name}"):
        asked(folder=tmp_path)


def test_a_write_that_fails_leaves_the_file_as_it_was(spoilt, monkeypatch):
    path, files = spoilt
    kept, name = folder.Folder(path), files[0].stem
    before, outcome = files[0].read_bytes(), kept.kept(name)
    monkeypatch.setattr(folder.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        kept.keep(name, outcome, {})
    assert files[0].read_bytes() == before
    assert not list(path.rglob("*.partial"))


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="`folder` must be a folder, got the file"):
        asked(folder=tmp_path / "file")
