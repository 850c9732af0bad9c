"""Labels come from any file, one to an item: none is dropped, merged or taken for another."""

import json
import pickle

import h5py
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
import zarr
from pyarrow import feather
from safetensors.torch import save_file

from benchmarks.memory import from_here, high_water
from ssl_theory.diagnostics.classes import classes
from ssl_theory.embeddings import open_labels
from tests.embeddings.written import files_of, mutants

Z = np.random.default_rng(0).standard_normal((5000, 3))
WHOLE = np.random.default_rng(1).choice([-3, 0, 7, 2**40], 5000)
TEXT = np.random.default_rng(2).choice(["a cat", "Küken", "7", "longer than the others"], 5000)


def hdf5(path, labels):
    with h5py.File(path, "w") as file:
        file["z"] = Z
        file["y"] = np.char.encode(labels, "utf-8") if labels.dtype.kind == "U" else labels


def chunked(path, labels):
    with h5py.File(path, "w") as file:
        data = labels if labels.dtype.kind != "U" else np.char.encode(labels, "utf-8")
        file.create_dataset("y", data=data, chunks=(min(700, len(data)),), compression="gzip")


def zarr_group(path, labels, **options):
    group = zarr.open_group(path, mode="w", **options)
    group.create_array("z", data=Z)
    group.create_array("y", data=labels, chunks=(900,), config={"write_empty_chunks": True})


def zarr_3(path, labels):
    if labels.dtype.kind == "U":  # which version 3 does not specify
        return zarr_group(path, np.char.encode(labels, "utf-8"), zarr_format=2)
    return zarr_group(path, labels)


def zarr_2(path, labels):
    zarr_group(path, labels, zarr_format=2)


def table(labels):
    z = Z[: len(labels)]
    return pa.table({"z": z.tolist(), "loss": z[:, 0], "y": labels})


def hugging_face(path, labels):
    path.mkdir()
    rows = table(labels)
    with pa.OSFile(str(path / "a.arrow"), "wb") as sink, pa.ipc.new_stream(sink, rows.schema) as w:
        w.write_table(rows, max_chunksize=900)
    (path / "state.json").write_text(json.dumps({"_data_files": [{"filename": "a.arrow"}]}))


WRITERS = {
    "y.npy": np.save,
    "y.npz": lambda path, y: np.savez(path, z=Z, y=y),
    "deflated.npz": lambda path, y: np.savez_compressed(path, y=y),
    "y.pt": lambda path, y: torch.save({"z": torch.from_numpy(Z), "y": y.tolist()}, path),
    "list.pt": lambda path, y: torch.save(y.tolist(), path),
    "y.parquet": lambda path, y: pq.write_table(table(y), path),
    "dictionary.parquet": lambda path, y: pq.write_table(
        pa.table({"y": pa.array(y).dictionary_encode()}), path
    ),
    "y.arrow": lambda path, y: feather.write_feather(table(y), path, chunksize=900),
    "pandas.arrow": lambda path, y: feather.write_feather(
        pd.DataFrame({"y": y}).astype("category"), path
    ),
    "hugging face": hugging_face,
    "y.h5": hdf5,
    "chunked.h5": chunked,
    "y.zarr": zarr_3,
    "old.zarr": zarr_2,
    "y.csv": lambda path, y: np.savetxt(path, y, "%s", encoding="utf-8"),
    "y.txt": lambda path, y: np.savetxt(path, y, "%s", encoding="utf-8"),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("labels", [WHOLE, TEXT], ids=["whole", "text"])
def test_every_format_gives_the_same_labels(tmp_path, name, labels):
    WRITERS[name](tmp_path / name, labels)
    opened = open_labels(tmp_path / name)
    assert type(opened) is np.ndarray
    assert opened.dtype == labels.dtype and np.array_equal(opened, labels)
    assert classes(Z, opened).names.tolist() == np.unique(labels).tolist()


def test_tensors_are_labels_too(tmp_path):
    tensors = {"z": torch.from_numpy(Z), "y": torch.from_numpy(WHOLE)}
    save_file(tensors, tmp_path / "y.safetensors")
    torch.save(tensors, tmp_path / "y.pt")
    for name in ("y.safetensors", "y.pt"):
        assert np.array_equal(open_labels(tmp_path / name), WHOLE)


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint64, np.float16, ">f4", np.float64])
@pytest.mark.parametrize("shape", [(-1,), (-1, 1)])
def test_whole_numbers_of_any_kind_stay_what_they_are(tmp_path, dtype, shape):
    np.save(tmp_path / "y.npy", (WHOLE % 2).astype(dtype).reshape(shape))
    opened = open_labels(tmp_path / "y.npy")
    assert opened.dtype.kind in "biu" and np.array_equal(opened, WHOLE % 2)


@pytest.mark.parametrize("bits", [16, 32, 64])
def test_floats_that_have_merged_labels_are_refused(tmp_path, bits):
    dtype = np.dtype(f"f{bits // 8}")
    limit = {16: 2**11, 32: 2**24, 64: 2**53}[bits]
    assert dtype.type(limit) == dtype.type(limit + 1)  # the trap
    np.save(tmp_path / "y.npy", np.array([0, limit - 1], dtype))
    assert open_labels(tmp_path / "y.npy").tolist() == [0, limit - 1]
    np.save(tmp_path / "y.npy", np.array([0, limit], dtype))
    with pytest.raises(ValueError, match=rf"got some that {dtype} has rounded: .* in row 1\. Save"):
        open_labels(tmp_path / "y.npy")


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0.0, 1.5, 2.0, 0.5], r"got fractions: 1\.5 in row 1, 0\.5 in row 3\. Cut them into cla"),
        ([0.0, np.nan, np.inf], r"got missing ones: nan in row 1, inf in row 2\. Drop these"),
        (np.full(9, np.nan), r"nan in row 4, \.\.\.\. Drop"),
        (
            np.eye(3, dtype=int),
            r"one label for each item, got shape \(3, 3\) for 'y'\. Save labels",
        ),
        (3, r"one label for each item, got shape \(\) for 'y'"),
        (
            np.array(["x" * 1001]),
            r"labels of at most 1,000 characters, got 1,001\. Save np\.unique",
        ),
        (
            np.array(["2026-11-21"], "M8[D]"),
            r"whole numbers or text of fixed length, got datetime64\[D\]",
        ),
        (
            np.array([0x110000], np.uint32).view("U1"),
            "must be a whole file of labels, got one that",
        ),
        (np.array([b"caf\xe9"]), "must be a whole file of labels, got one that .*: 'utf-8' codec"),
        (np.array([1j]), "whole numbers or text of fixed length, got complex128"),
    ],
)
def test_what_is_no_vector_of_labels_is_refused(tmp_path, labels, message):
    np.save(tmp_path / "y.npy", labels)
    with pytest.raises(ValueError, match=message) as caught:
        open_labels(tmp_path / "y.npy")
    assert str(tmp_path / "y.npy") in str(caught.value) and str(caught.value).isprintable()


class Bomb:
    """Unpickling it raises the alarm."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was executed",)


def test_objects_are_not_unpickled(tmp_path):
    bombs = np.array([Bomb()])
    np.save(tmp_path / "y.npy", bombs, allow_pickle=True)
    np.savez(tmp_path / "y.npz", y=bombs, allow_pickle=True)
    torch.save(Bomb(), tmp_path / "y.pt")
    (tmp_path / "y.pkl").write_bytes(pickle.dumps(["cat", "dog"]))
    for name in ("y.npy", "y.pkl", "y.pt"):
        with pytest.raises(ValueError, match="can run any program"):
            open_labels(tmp_path / name)
    with pytest.raises(ValueError, match="can run any program"):
        open_labels(tmp_path / "y.npz", "y")


def test_the_column_names_the_labels(tmp_path):
    rows = {"label": WHOLE, "group": TEXT}
    pq.write_table(pa.table(rows), tmp_path / "y.parquet")
    np.savez(tmp_path / "y.npz", **rows)
    pd.DataFrame(rows).to_csv(tmp_path / "y.csv")
    for name in ("y.parquet", "y.npz", "y.csv"):
        assert np.array_equal(open_labels(tmp_path / name, "label"), WHOLE)
        assert np.array_equal(open_labels(tmp_path / name, "group"), TEXT)
        with pytest.raises(ValueError, match=r"`column` must .* Name one of"):
            open_labels(tmp_path / name)
        with pytest.raises(ValueError, match=r"`column` must .*got 'other'"):
            open_labels(tmp_path / name, "other")


@pytest.mark.parametrize("name", ["y.h5", "y.zarr", "old.zarr"])
def test_text_of_any_length_whose_place_in_the_file_is_not_checked_is_refused(tmp_path, name):
    """HDF5 never returns from a damaged heap, and numcodecs believes any count of strings."""
    if name == "y.h5":
        with h5py.File(tmp_path / name, "w") as file:
            file["y"] = TEXT.tolist()
    else:
        text = TEXT.astype(np.dtypes.StringDType())
        zarr.create_array(tmp_path / name, data=text, zarr_format=2 if name == "old.zarr" else 3)
    message = (
        r"text of fixed length, got (object|string|\|O) for 'y?'.* Save np\.unique\(labels, re"
    )
    with pytest.raises(ValueError, match=message):
        open_labels(tmp_path / name)


def test_a_path_to_nothing_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="must be a file of labels, got no such file"):
        open_labels(tmp_path / "y.npy")


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("labels", [WHOLE[:30], TEXT[:30]], ids=["whole", "text"])
def test_mutated_files_give_labels_or_one_clear_line(tmp_path, name, labels):
    path = tmp_path / name
    WRITERS[name](path, labels)
    files = files_of(path)
    generator = np.random.default_rng(0)
    before = from_here()
    for file in files:
        whole = file.read_bytes()
        for data in mutants(whole, generator, -(-500 // len(files))):
            file.write_bytes(data)
            complaint = complaint_of(path)
            assert complaint.isprintable() and (not complaint or " must " in complaint)
        file.write_bytes(whole)
    assert np.array_equal(open_labels(path), labels)
    assert high_water() < before + 2**28


def complaint_of(path):
    try:
        labels = open_labels(path)
    except (OSError, ValueError) as error:
        return str(error)
    assert labels.ndim == 1
    assert labels.dtype.kind in "biuU"
    assert len(labels.tolist()) == len(labels)
    return ""
