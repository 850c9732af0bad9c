"""One door takes every source of embeddings and says what it cannot take."""

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from ssl_theory.embeddings import open_embeddings
from ssl_theory.report import diagnose

ROOT = Path(__file__).parents[2]
Z = np.random.default_rng(0).standard_normal((50, 3))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "got an empty file. Save it as .npy"),
        (b"some words", "got something else. Save it as .npy"),
        (pickle.dumps([1.0], protocol=4), "got a pickle, and loading one can run any program"),
        (b"\x1f\x8b\x08\x00", "got a gzip archive. Decompress it first."),
        (b"PK\x03\x04rest", "must be a whole zip archive, got one that is truncated or damaged"),
    ],
)
@pytest.mark.parametrize("suffix", ["npy", "bin", "npz"])
def test_bytes_tell_before_suffixes_do(tmp_path, content, message, suffix):
    path = tmp_path / f"z.{suffix}"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        open_embeddings(path)
    assert str(path) in str(caught.value)


def test_an_array_under_a_wrong_name_is_opened_all_the_same(tmp_path):
    with (tmp_path / "z.csv").open("wb") as file:
        np.save(file, Z)
    assert np.array_equal(open_embeddings(str(tmp_path / "z.csv")), Z)


def test_a_path_to_nothing_or_to_a_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="must be a file of embeddings, got no such file"):
        open_embeddings(tmp_path / "nothing.npz")
    with pytest.raises(IsADirectoryError, match="got a folder"):
        open_embeddings(tmp_path)


def test_a_column_goes_with_a_file_of_several_arrays(tmp_path):
    np.save(tmp_path / "z.npy", Z)
    with pytest.raises(ValueError, match="`column` must go with a file of several arrays, got 'z'"):
        open_embeddings(tmp_path / "z.npy", "z")
    with pytest.raises(ValueError, match="`column` must go with a file, got 'z' with ndarray"):
        open_embeddings(Z, "z")


def test_what_is_no_source_is_refused():
    with pytest.raises(TypeError, match=r"`path` must be a file, an array or .* got int"):
        open_embeddings(3)


class Foreign:
    """An array of another library, which speaks DLPack and nothing else."""

    def __init__(self, tensor):
        self.tensor = tensor

    def __dlpack__(self, **options):
        return self.tensor.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.tensor.__dlpack_device__()


@pytest.mark.parametrize("source", [torch.from_numpy(Z), Foreign(torch.from_numpy(Z)), Z])
def test_arrays_of_any_library_share_their_memory(source):
    opened = open_embeddings(source)
    assert np.array_equal(opened, Z)
    assert np.shares_memory(opened, Z)


def test_what_was_handed_over_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        open_embeddings(torch.from_numpy(Z))[0, 0] = 1


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2])
def test_numbers_that_numpy_lacks_come_as_float32(dtype):
    tensor = torch.from_numpy(Z).to(dtype)
    opened = open_embeddings(tensor)
    assert opened.dtype == np.float32
    assert np.array_equal(opened, tensor.float().numpy())


def test_a_gradient_does_not_come_along():
    assert np.array_equal(open_embeddings(torch.from_numpy(Z).requires_grad_()), Z)


def test_what_dlpack_cannot_hand_over_is_refused():
    class Broken(Foreign):
        def __dlpack__(self, **options):
            raise BufferError("it is\non another planet")

    with pytest.raises(
        ValueError, match=r"DLPack can hand over, got Broken: it is on .*Convert it to numpy"
    ):
        open_embeddings(Broken(torch.ones(1)))


@pytest.mark.parametrize("lengths", [[50], [20, 0, 30], [1] * 50])
def test_batches_come_below_each_other(lengths):
    pieces = np.split(Z, np.cumsum(lengths)[:-1])
    opened = open_embeddings(iter(pieces))
    assert isinstance(opened, np.memmap) and np.array_equal(opened, Z)
    assert diagnose(opened) == diagnose(Z)
    assert np.array_equal(open_embeddings(torch.from_numpy(p) for p in pieces), Z)


@pytest.mark.parametrize(
    ("batches", "error", "message"),
    [
        ([Z, Z[:, :2]], ValueError, "3 dimensions of float64 throughout, got 2 of float64 in blo"),
        ([Z, Z.astype("f4")], ValueError, "3 dimensions of float64 throughout, got 3 of float32"),
        ([Z[0]], ValueError, r"must have shape \(items, dimensions\), got a block of shape \(3,\)"),
        ([[["a", "b"]]], TypeError, "`batches` must hold numbers, got <U1"),
        ([np.array([[None]])], TypeError, "`batches` must hold numbers, got object"),
        ([[[1.0], [2.0, 3.0]]], ValueError, r"`batches` must hold arrays of .* got ragged rows"),
    ],
)
def test_batches_that_do_not_fit_are_refused(batches, error, message):
    with pytest.raises(error, match=message):
        open_embeddings(iter(batches))


def test_an_empty_stream_has_no_items():
    assert len(open_embeddings(iter([]))) == 0


@pytest.mark.parametrize(
    ("name", "package", "content"),
    [
        ("z.parquet", "pyarrow", b"PAR1"),
        ("z.arrow", "pyarrow", b"ARROW1"),
        ("z.safetensors", "safetensors", b"anything"),
        ("z.h5", "h5py", b"\x89HDF\r\n\x1a\n"),
        ("zarr.json", "zarr", b"{}"),
    ],
)
def test_a_library_that_is_missing_is_named_with_its_remedy(
    tmp_path, monkeypatch, name, package, content
):
    (tmp_path / name).write_bytes(content)
    for module in list(sys.modules):
        if module.startswith(("ssl_theory.embeddings.", f"{package}.")) or module == package:
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    path = tmp_path if name == "zarr.json" else tmp_path / name
    message = rf"opened with {package}\b.*, got no such package\. Install it: pip install 'ssl-the"
    with pytest.raises(ModuleNotFoundError, match=message):
        open_embeddings(path)


def test_no_format_is_imported_before_it_is_met():
    script = (
        "import sys, ssl_theory.embeddings; "
        "print({'pyarrow', 'h5py', 'zarr', 'safetensors', 'torch'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
