"""Of damaged, empty and hostile files the command says what is wrong, in one line and no more."""

import json
import pickle
import struct
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
import zarr
from pyarrow import feather
from safetensors.torch import save_file

from benchmarks.memory import from_here, high_water
from ssl_theory.command_line import main
from tests.embeddings.written import SMALL, WRITERS, files_of, mutants, outcome

MUTATIONS = 500
FILES = [name for name in WRITERS if "." in name and not name.endswith(".zarr")]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    ("z", "message"),
    [
        (np.full((12, 2), np.nan), "`z` must be finite, got NaN or inf in 12 of 12 items"),
        (np.where(np.eye(12, 2), np.inf, 1.0), "NaN or inf in 2 of 12 items (rows 0, 1)"),
        (SMALL[:1], "must hold at least 2 items"),
        (SMALL[:0], ""),
    ],
    ids=["nan", "inf", "one", "none"],
)
def test_what_cannot_be_measured_is_refused_in_every_format(tmp_path, capfd, name, z, message):
    WRITERS[name](tmp_path / name, z.astype(np.float32))
    status, complaint = outcome(tmp_path / name, capfd)
    assert status == 2 and message in complaint


ANY_SHAPE: dict[str, Callable[[Path, np.ndarray], object]] = {
    "z.npy": np.save,
    "z.npz": lambda path, a: np.savez(path, z=a),
    "deflated.npz": lambda path, a: np.savez_compressed(path, z=a),
    "z.pt": lambda path, a: torch.save(torch.from_numpy(a), path),
    "z.safetensors": lambda path, a: save_file({"z": torch.from_numpy(a)}, path),
    "z.parquet": lambda path, a: pq.write_table(pa.table({"z": a.tolist()}), path),
    "z.arrow": lambda path, a: feather.write_feather(pa.table({"z": a.tolist()}), path),
    "z.h5": lambda path, a: h5py.File(path, "w").create_dataset("z", data=a),
    "z.zarr": lambda path, a: zarr.create_array(path, data=a),
    "z.csv": lambda path, a: path.write_text("1.5,2.5\n3.5\n"),
}


@pytest.mark.parametrize("name", ANY_SHAPE)
@pytest.mark.parametrize("shape", [(24,), (4, 3, 2)])
def test_what_is_no_matrix_is_refused_in_every_format(tmp_path, capfd, name, shape):
    if name in ("z.parquet", "z.arrow") and shape == (24,):
        return  # a column of numbers is a matrix of one dimension
    ANY_SHAPE[name](tmp_path / name, SMALL.reshape(shape))
    status, complaint = outcome(tmp_path / name, capfd)
    assert status == 2
    assert str(tmp_path / name) in complaint or "`z` must have shape" in complaint


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_is_refused_in_every_format(tmp_path, capfd, name):
    (tmp_path / name).touch()
    status, complaint = outcome(tmp_path / name, capfd)
    assert status == 2 and "got an empty file" in complaint


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("share", [0.01, 0.25, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_refused_in_every_format(tmp_path, capfd, name, share):
    path = tmp_path / name
    WRITERS[name](path, SMALL)
    for file in files_of(path):
        whole = file.read_bytes()
        file.write_bytes(whole[: int(share * len(whole))])
        status, _ = outcome(path, capfd)
        # Rows of text may end anywhere, and nobody asks a group of zarr's what it is.
        assert status == 2 or (name == "z.csv" and share > 0.2) or file.name == ".zgroup"
        file.write_bytes(whole)


class Bomb:
    """Unpickling it raises the alarm."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was executed",)


def object_zarr(path, objects):
    zarr.create_array(path, data=SMALL, chunks=(12, 2), zarr_format=2)
    described = json.loads((path / ".zarray").read_text())
    described.update(compressor=None, filters=[{"id": "pickle"}])
    (path / ".zarray").write_text(json.dumps(described))
    (path / "0.0").write_bytes(pickle.dumps(objects))


def object_hdf5(path, objects):
    with h5py.File(path, "w") as file:
        kind = h5py.vlen_dtype(np.uint8)
        data = file.create_dataset("z", (1,), kind)
        data[0] = np.frombuffer(pickle.dumps(objects), np.uint8)
        data.attrs["pickle"] = np.void(pickle.dumps(objects))


OBJECTS = {
    "z.npy": lambda path, o: np.save(path, o, allow_pickle=True),
    "z.npz": lambda path, o: np.savez(path, z=o, allow_pickle=True),
    "z.pt": lambda path, o: torch.save(o, path),
    "z.pkl": lambda path, o: path.write_bytes(pickle.dumps(o)),
    "z.joblib": lambda path, o: path.write_bytes(pickle.dumps(o, 2)),
    "z.parquet": lambda path, o: pq.write_table(pa.table({"z": [pickle.dumps(o)]}), path),
    "z.arrow": lambda path, o: feather.write_feather(pa.table({"z": [pickle.dumps(o)]}), path),
    "z.h5": object_hdf5,
    "z.zarr": object_zarr,
    "z.csv": lambda path, o: path.write_text(repr(pickle.dumps(o, 0)) + "\n"),
    "z.safetensors": lambda path, o: path.write_bytes(
        struct.pack("<Q", 64) + b"{" + pickle.dumps(o).ljust(200, b" ")
    ),
}


@pytest.mark.parametrize("name", OBJECTS)
def test_no_object_is_unpickled_in_any_format(tmp_path, capfd, name):
    OBJECTS[name](tmp_path / name, np.array([Bomb()], object))
    status, complaint = outcome(tmp_path / name, capfd)
    assert status == 2 and str(tmp_path / name) in complaint


MARKUP = "<img src=x onerror=alert(1)>"


def test_names_from_outside_are_text_on_the_page_and_in_the_json(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    name = f"{MARKUP}&'\".npz"
    np.savez(name, **{MARKUP: SMALL})
    Path("y.csv").write_text(f"{MARKUP}\n" + f"{MARKUP}\nb\n" * 6)
    told = ["--labels", "y.csv", "--label-column", MARKUP, "--column", MARKUP]
    status = main(["diagnose", name, *told, "--html", "r.html", "--json", "r.json"])
    assert (status, capfd.readouterr().err) == (0, "")
    page = Path("r.html").read_text("utf-8")
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img" not in page and "<script" not in page
    read = json.loads(Path("r.json").read_text("utf-8"), parse_constant=pytest.fail)
    assert read["source"] == name


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "must be a file of labels, got an empty file"),
        (b"\n".join([b"a", b"b"] * 5), "`labels` must"),
        (b"0.5\n" * 12, "got fractions: 0.5 in row 0"),
        (b"a\n\nb\n" * 4, "got none in line 2"),
        (b"a\nNA\n" * 6, "got 'NA' in line 2"),
        (b"\xff\xfe\n" * 12, "must be a whole text file of labels"),
        (pickle.dumps(["a"] * 12), "got a pickle, and loading one can run any program"),
        (b"x" * 2000 + b"\ny" * 11, "labels of at most 1,000 characters, got 2,000"),
    ],
)
@pytest.mark.parametrize("option", ["--labels", "--groups"])
def test_labels_that_are_none_are_refused_in_one_line(tmp_path, capfd, content, message, option):
    np.save(tmp_path / "z.npy", SMALL)
    (tmp_path / "y.csv").write_bytes(content)
    status, complaint = outcome(tmp_path / "z.npy", capfd, option, str(tmp_path / "y.csv"))
    assert status == 2
    assert message.replace("labels` must", f"{option[2:]}` must") in complaint


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_mutated_files_give_a_diagnosis_or_one_clear_line(tmp_path, name, capfd):
    path = tmp_path / name
    WRITERS[name](path, SMALL)
    files = files_of(path)
    generator = np.random.default_rng(0)
    before = from_here()
    refused, count = 0, -(-MUTATIONS // len(files))
    for file in files:
        whole = file.read_bytes()
        for data in mutants(whole, generator, count):
            file.write_bytes(data)
            status, _ = outcome(path, capfd)
            assert status in (0, 2)
            refused += status == 2
        file.write_bytes(whole)
    assert 20 < refused < count * len(files)
    assert outcome(path, capfd) == (0, "")
    assert high_water() < before + 2**28
