"""A .npy file is mapped, and nothing else passes for one."""

import io
import pickle

import numpy as np
import pytest

from ssl_theory.embeddings import open_npy
from ssl_theory.report import diagnose

MUTATIONS = 600


def saved(array, **options) -> bytes:
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


def header(text: str, version: bytes = b"\x01\x00") -> bytes:
    body = text.encode().ljust(118) + b"\n"
    return b"\x93NUMPY" + version + len(body).to_bytes(2, "little") + body


Z = np.random.default_rng(0).standard_normal((20, 3))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, ">f4"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_the_array_comes_back_and_stays_on_disk(tmp_path, dtype, order):
    array = np.asarray(Z, dtype, order=order)
    (tmp_path / "z.npy").write_bytes(saved(array))
    opened = open_npy(tmp_path / "z.npy")
    assert isinstance(opened, np.memmap) and not opened.flags.writeable
    assert opened.dtype == array.dtype and np.array_equal(opened, array)
    diagnose(opened)


class Bomb:
    """Unpickling it raises the alarm."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was executed",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "got an empty file"),
        (b"1.0,2.0\n", "got something else. Write it with np.save"),
        (b"PK\x03\x04rest", "got a zip archive, as .npz and .pt files are"),
        (b"PAR1rest", "got a Parquet table"),
        (b"\x89HDF\r\n", "got an HDF5 file"),
        (pickle.dumps(Bomb(), protocol=4), "got a pickle, and loading one can run any program"),
        (saved(np.array([Bomb()]), allow_pickle=True), "got pickled Python objects"),
        (saved(Z)[:-1], "truncated or damaged"),
        (saved(Z)[:40], "truncated or damaged"),
        (saved(Z)[:9], "truncated or damaged"),
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (10**15, 3), }"), "damaged"),
        (
            header("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 3), }"),
            "truncated or damaged",
        ),
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 3), }"), "damaged"),
        (header("__import__('os').abort()"), "damaged"),
        (header("{'descr': '<f8'}"), "damaged"),
        (saved(np.zeros(4, "V2")), "raw bytes, as bfloat16"),
        (saved(np.zeros(4, [("a", "f4"), ("b", "f8")])), "table with named columns"),
    ],
)
def test_what_is_not_an_array_of_numbers_is_refused(tmp_path, content, message):
    path = tmp_path / "z.npy"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        open_npy(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_path_to_nothing_or_to_a_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nothing\.npy` must be a \.npy file, got no such"):
        open_npy(tmp_path / "nothing.npy")
    with pytest.raises(IsADirectoryError, match="got a folder"):
        open_npy(tmp_path)


def complaint_about(path) -> str:
    try:
        diagnose(open_npy(path))
    except (ValueError, TypeError) as error:
        return str(error)
    return ""


def test_mutated_files_give_a_diagnosis_or_one_clear_line(tmp_path):
    whole = saved(Z)
    generator = np.random.default_rng(0)
    path = tmp_path / "z.npy"
    refused = 0
    for _ in range(MUTATIONS):
        data = bytearray(whole)
        for place in generator.integers(0, 140, generator.integers(1, 5)):
            data[place] = generator.integers(0, 256)
        if generator.random() < 0.2:
            del data[generator.integers(0, len(data)) :]
        path.write_bytes(data)
        if complaint := complaint_about(path):
            refused += 1
            assert len(complaint) < 600 and "\n" not in complaint
            assert " must " in complaint and ", got " in complaint
    assert MUTATIONS / 2 < refused < MUTATIONS
