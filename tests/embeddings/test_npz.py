"""An archive of arrays is believed only as far as its bytes go."""

import io
import pickle
import zipfile

import numpy as np
import pytest

from ssl_theory.embeddings import open_embeddings

Z = np.random.default_rng(0).standard_normal((20, 3))


class Bomb:
    """Unpickling it raises the alarm."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was executed",)


def member(array, **options) -> bytes:
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


def header(shape: str) -> bytes:
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}"
    body = text.encode().ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(body).to_bytes(2, "little") + body


def archive(path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def test_stored_arrays_stay_in_the_archive(tmp_path):
    np.savez(tmp_path / "z.npz", labels=np.arange(20), z=Z)
    opened = open_embeddings(tmp_path / "z.npz")
    assert isinstance(opened, np.memmap) and opened.filename == tmp_path / "z.npz"
    assert np.array_equal(opened, Z)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("dtype", [np.float16, ">f4", np.float64])
def test_order_and_dtype_survive(tmp_path, save, dtype):
    z = np.asfortranarray(Z, dtype)
    save(tmp_path / "z.npz", z=z)
    opened = open_embeddings(tmp_path / "z.npz")
    assert opened.dtype == z.dtype and np.array_equal(opened, z)


def test_the_column_names_an_array(tmp_path):
    np.savez(tmp_path / "z.npz", z=Z, w=-Z)
    assert np.array_equal(open_embeddings(tmp_path / "z.npz", "w"), -Z)
    with pytest.raises(ValueError, match=r"`column` must say which .*'z' \(20, 3\), 'w' \(20, 3"):
        open_embeddings(tmp_path / "z.npz")
    with pytest.raises(ValueError, match=r"`column` must name an array in .*, got 'x'\. Name one"):
        open_embeddings(tmp_path / "z.npz", "x")


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"z.npy": header("(10**12, 768)")}, "truncated or damaged"),
        ({"z.npy": header("(1000000000000, 768)")}, "an array of 6,144,000,000,000,129 bytes in a"),
        ({"z.npy": header("(-1, 3)")}, r"truncated or damaged: a shape of \(-1, 3\)"),
        ({"z.npy": member(Z)[:-8]}, "an array of 608 bytes in a member of 600"),
        ({"z.npy": member(Z) + b"more"}, "an array of 608 bytes in a member of 612"),
        ({"z.npy": b"no array"}, "truncated or damaged"),
        ({"z.npy": member(np.array([Bomb()]), allow_pickle=True)}, "got pickled Python objects"),
        ({"z.npy": pickle.dumps(Bomb())}, "truncated or damaged"),
        ({"z.npy": member(np.zeros(4, "V2"))}, "raw bytes, text, or a table"),
        ({"z.npy": member(np.array(["a", "b"]))}, "raw bytes, text, or a table"),
        ({"z.txt": b"1,2"}, "got a zip archive without an array"),
        ({}, "must hold an array of embeddings, got none"),
    ],
)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_is_not_an_array_of_numbers_is_refused(tmp_path, members, message, method):
    path = archive(tmp_path / "z.npz", members, method)
    with pytest.raises(ValueError, match=message) as caught:
        open_embeddings(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_small_archive_may_not_fill_the_disk(tmp_path, monkeypatch):
    np.savez_compressed(tmp_path / "z.npz", z=np.zeros((1 << 17, 8)))
    monkeypatch.setattr("ssl_theory.embeddings.spooling.RESERVE", 2**62)
    with pytest.raises(OSError, match=r"must fit into the folder .* got 8,388,736 bytes for the"):
        open_embeddings(tmp_path / "z.npz")


def test_no_items_are_no_damage(tmp_path):
    np.savez(tmp_path / "z.npz", z=np.empty((0, 5)))
    assert open_embeddings(tmp_path / "z.npz").shape == (0, 5)
