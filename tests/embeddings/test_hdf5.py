"""An HDF5 file shows its own numbers, all of which were written."""

import zlib

import h5py
import numpy as np
import pytest

from ssl_theory.embeddings import open_embeddings

Z = np.random.default_rng(0).standard_normal((5000, 3))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "z.h5"


@pytest.mark.parametrize("dtype", [np.float16, ">f4", np.float64])
@pytest.mark.parametrize("userblock", [0, 512])
def test_contiguous_numbers_stay_in_the_file(path, dtype, userblock):
    with h5py.File(path, "w", userblock_size=userblock) as file:
        file["z"] = Z.astype(dtype)
    opened = open_embeddings(path)
    assert isinstance(opened, np.memmap) and opened.filename == path
    assert opened.dtype == dtype and np.array_equal(opened, Z.astype(dtype))


@pytest.mark.parametrize("chunks", [(1, 3), (4999, 1), (5000, 3), (4097, 2)])
@pytest.mark.parametrize("options", [{}, {"compression": "gzip"}, {"fletcher32": True}])
def test_chunks_are_put_together(path, chunks, options):
    with h5py.File(path, "w") as file:
        file.create_dataset("z", data=Z, chunks=chunks, maxshape=(None, 3), **options)
    assert np.array_equal(open_embeddings(path), Z)


def test_compact_numbers_are_read(path):
    made = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    made.set_layout(h5py.h5d.COMPACT)
    with h5py.File(path, "w") as file:
        space = h5py.h5s.create_simple((9, 3))
        h5py.h5d.create(file.id, b"z", h5py.h5t.NATIVE_DOUBLE, space, made).write(
            h5py.h5s.ALL, h5py.h5s.ALL, Z[:9].copy()
        )
    assert np.array_equal(open_embeddings(path), Z[:9])


def test_bfloat16_is_widened(path):
    kind = h5py.h5t.IEEE_F32LE.copy()
    kind.set_fields(15, 7, 8, 0, 7)
    kind.set_size(2)
    kind.set_ebias(127)
    short = (Z.astype(np.float32).view(np.uint32) & np.uint32(0xFFFF0000)).view(np.float32)
    with h5py.File(path, "w") as file:
        space = h5py.h5s.create_simple(Z.shape)
        h5py.h5d.create(file.id, b"z", kind, space).write(h5py.h5s.ALL, h5py.h5s.ALL, short)
    assert path.stat().st_size < 5000 * 3 * 2 + 4096
    assert np.array_equal(open_embeddings(path), short)


def test_the_column_names_a_data_set(path):
    with h5py.File(path, "w") as file:
        file["a/z"], file["a/w"], file["labels"] = Z, -Z, np.arange(5000)
    assert np.array_equal(open_embeddings(path, "a/w"), -Z)
    assert np.array_equal(open_embeddings(path, "/a/w"), -Z)
    with pytest.raises(ValueError, match=r"`column` must say which .*'a/w' \(5000, 3\), 'a/z'"):
        open_embeddings(path)
    with pytest.raises(ValueError, match=r"`column` must name an array in .*, got 'a/x'"):
        open_embeddings(path, "a/x")
    with pytest.raises(ValueError, match=r"must have shape .*, got \(5000,\) for 'labels'"):
        open_embeddings(path, "labels")


def test_storage_in_another_file_is_refused(path, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(bytes(8 * 12))
    with h5py.File(path, "w") as file:
        file.create_dataset("z", (4, 3), "f8", external=[(str(secret), 0, 96)])
    with h5py.File(path, "r") as file:
        assert file["z"][:].sum() == 0  # h5py itself hands it out
    with pytest.raises(ValueError, match=r"its own numbers, got 'z' stored in other files\. Copy"):
        open_embeddings(path)


def test_a_virtual_data_set_is_refused(path, tmp_path):
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["z"] = Z
    layout = h5py.VirtualLayout(Z.shape, Z.dtype)
    layout[:] = h5py.VirtualSource(tmp_path / "other.h5", "z", Z.shape)
    with h5py.File(path, "w") as file:
        file.create_virtual_dataset("z", layout)
    with h5py.File(path, "r") as file:
        assert np.array_equal(file["z"], Z)
    with pytest.raises(ValueError, match="its own numbers, got 'z' stored in other files"):
        open_embeddings(path)


def test_links_are_not_followed(path, tmp_path):
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["g/z"] = Z
    with h5py.File(path, "w") as file:
        file["link"] = h5py.ExternalLink("other.h5", "g")
        file["soft"] = h5py.SoftLink("/link/z")
        assert np.array_equal(file["soft"], Z)
    for column in ("link", "link/z", "soft"):
        with pytest.raises(ValueError, match=rf"own numbers, got a link for '{column}'\. Open wha"):
            open_embeddings(path, column)
    with pytest.raises(ValueError, match="must hold an array of embeddings, got none"):
        open_embeddings(path)


@pytest.mark.parametrize("chunks", [(10, 768), None])
@pytest.mark.parametrize("shape", [(50, 768), (10**12, 768)])
def test_rows_that_were_never_written_are_not_zeros(path, chunks, shape):
    with h5py.File(path, "w") as file:
        data = file.create_dataset("z", shape, "f4", chunks=chunks)
        if chunks:
            data[:10] = 1
    with pytest.raises(ValueError, match="must have all rows of 'z' written, got some that are no"):
        open_embeddings(path)


def test_what_is_no_number_is_refused(path):
    with h5py.File(path, "w") as file:
        file["z"] = ["a", "b"]
    with pytest.raises(ValueError, match="must hold floating-point numbers, got object for 'z'"):
        open_embeddings(path)


def test_chunks_larger_than_memory_are_refused(path, monkeypatch):
    monkeypatch.setattr("ssl_theory.embeddings.hdf5.LARGEST", 1000)
    with h5py.File(path, "w") as file:
        file.create_dataset("z", data=Z, chunks=(5000, 3))
    with pytest.raises(ValueError, match="chunks of at most 1,000 bytes, got 120,000 for a piece"):
        open_embeddings(path)


def test_a_data_set_that_unpacks_to_more_than_the_disk_holds_is_refused(path, monkeypatch):
    monkeypatch.setattr("ssl_theory.embeddings.spooling.RESERVE", 2**62)
    with h5py.File(path, "w") as file:
        file.create_dataset("z", data=Z, chunks=(100, 3))
    with pytest.raises(OSError, match="must fit into the folder for temporary files, got 120,000"):
        open_embeddings(path)


def test_a_small_chunk_does_not_unpack_to_a_large_one(path):
    with h5py.File(path, "w") as file:
        data = file.create_dataset("z", (10, 3), "f8", chunks=(10, 3), compression="gzip")
        data.id.write_direct_chunk((0, 0), zlib.compress(bytes(2**24)))
    with h5py.File(path) as file:
        assert not file["z"][:].any()  # h5py itself unpacks all of it
    with pytest.raises(ValueError, match=r"chunks of at most 4,576 bytes for 'z', got one of 16,"):
        open_embeddings(path)


def test_no_items_are_no_damage(path):
    with h5py.File(path, "w") as file:
        file.create_dataset("z", (0, 5), "f4", maxshape=(None, 5))
    assert len(open_embeddings(path)) == 0
