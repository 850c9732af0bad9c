"""A Zarr folder shows its own numbers, all of which are there, and runs nothing."""

import gzip
import json
import pickle

import numcodecs
import numpy as np
import pytest
import zarr
from zarr.codecs import (
    BloscCodec,
    BytesCodec,
    Crc32cCodec,
    GzipCodec,
    ShardingCodec,
    ZstdCodec,
)

from ssl_theory.embeddings import open_embeddings
from ssl_theory.embeddings.zarr_chunks import _zstandard

Z = np.random.default_rng(0).standard_normal((5000, 3))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "z.zarr"


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("dtype", [np.float16, ">f4", np.float64])
@pytest.mark.parametrize("chunks", [(700, 2), (5000, 1), (1500, 3)])
def test_chunks_are_put_together(path, version, dtype, chunks):
    z = Z.astype(dtype)
    zarr.create_array(path, data=z, chunks=chunks, zarr_format=version)
    opened = open_embeddings(path)
    assert opened.dtype.newbyteorder("=") == z.dtype.newbyteorder("=")
    assert np.array_equal(opened, z)


def test_shards_are_put_together(path):
    zarr.create_array(path, data=Z, chunks=(50, 3), shards=(600, 3))
    assert np.array_equal(open_embeddings(path), Z)


@pytest.mark.parametrize("version", [2, 3])
def test_the_column_names_an_array(path, version):
    group = zarr.open_group(path, mode="w", zarr_format=version)
    for name, data in {"a/z": Z, "a/w": -Z, "labels": np.arange(5000)}.items():
        group.create_array(name, data=data)
    assert np.array_equal(open_embeddings(path, "/a/w"), -Z)
    with pytest.raises(ValueError, match=r"`column` must say which .*'a/w' \(5000, 3\), 'a/z'"):
        open_embeddings(path)
    with pytest.raises(ValueError, match=r"must have shape .*, got \(5000,\) for 'labels'"):
        open_embeddings(path, "labels")


class Bomb:
    """Unpickling it raises the alarm."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was executed",)


@pytest.mark.parametrize("key", ["compressor", "filters"])
def test_a_codec_that_runs_programs_is_refused(path, key):
    zarr.create_array(path, data=Z, chunks=(5000, 3), zarr_format=2)
    described = json.loads((path / ".zarray").read_text())
    described["compressor"] = None
    described[key] = {"id": "pickle"} if key == "compressor" else [{"id": "pickle"}]
    (path / ".zarray").write_text(json.dumps(described))
    (path / "0.0").write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(ValueError, match=r"codecs that run nothing, got 'pickle'\. Write it with"):
        open_embeddings(path)


@pytest.mark.parametrize(
    "codec",
    [
        {"name": "numcodecs.pickle"},
        {"id": "zstd", "name": "pickle"},
        "pickle",
        {"name": "sharding_indexed", "configuration": {"codecs": [{"name": "pickle"}]}},
    ],
)
def test_no_disguise_helps_a_codec(path, codec):
    zarr.create_array(path, data=Z)
    described = json.loads((path / "zarr.json").read_text())
    described["codecs"].append(codec)
    (path / "zarr.json").write_text(json.dumps(described))
    with pytest.raises(ValueError, match="codecs that run nothing, got 'pickle'"):
        open_embeddings(path)


def test_links_are_refused(path, tmp_path):
    zarr.create_array(path, data=Z, chunks=(5000, 3), compressors=None)
    (tmp_path / "secret").write_bytes(bytes(Z.nbytes))
    (path / "c/0/0").unlink()
    (path / "c/0/0").symlink_to(tmp_path / "secret")
    assert not zarr.open_array(path, mode="r")[:].any()  # zarr itself hands it out
    with pytest.raises(ValueError, match="must hold its own files, got a link, '0'"):
        open_embeddings(path)


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("shape", [(50, 768), (10**12, 768)])
def test_chunks_that_were_never_written_are_not_zeros(path, shape, version):
    array = zarr.create_array(path, shape=shape, dtype="f4", chunks=(10, 768), zarr_format=version)
    array[:10] = 1
    with pytest.raises(ValueError, match=r"must have all chunks of '', .* they would read as 0"):
        open_embeddings(path)


def test_enough_files_are_not_enough_if_they_are_others(path):
    zarr.create_array(path, data=Z, chunks=(1000, 3))
    (path / "c/4/0").rename(path / "c/4/1")
    with pytest.raises(ValueError, match="must have all chunks of ''"):
        open_embeddings(path)


def test_chunks_that_are_missing_from_a_shard_are_not_zeros(path):
    array = zarr.create_array(path, shape=(600, 3), dtype="f4", chunks=(50, 3), shards=(300, 3))
    array[:500] = 1
    assert array[-1, 0] == 0  # the trap
    with pytest.raises(ValueError, match=r"must have all chunks of '', .* they would read as 0"):
        open_embeddings(path)
    array[500:] = 1
    assert np.array_equal(open_embeddings(path), np.ones((600, 3)))


@pytest.mark.parametrize("location", ["start", "end"])
@pytest.mark.parametrize("codec", [ZstdCodec(), BloscCodec(), None])
def test_shards_are_whole_wherever_their_index_is(path, location, codec):
    inner = [BytesCodec(), *filter(None, [codec])]
    made = ShardingCodec(chunk_shape=(50, 2), codecs=inner, index_location=location)
    zarr.create_array(path, data=Z, chunks=(600, 4), serializer=made, compressors=None)
    assert np.array_equal(open_embeddings(path), Z)
    whole = (path / "c/3/0").read_bytes()
    (path / "c/3/0").write_bytes(whole[:-50])
    with pytest.raises(ValueError, match=r"truncated or damaged|must have (whole|all) chunks"):
        open_embeddings(path)


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("cut", [1, 16, 500])
def test_blosc_reads_on_behind_a_chunk_that_was_cut_off_and_is_not_let(path, version, cut):
    codec = numcodecs.Blosc(clevel=0) if version == 2 else BloscCodec(clevel=0)
    zarr.create_array(path, data=Z, chunks=(300, 3), compressors=codec, zarr_format=version)
    assert np.array_equal(open_embeddings(path), Z)
    chunk = path / ("2.0" if version == 2 else "c/2/0")
    chunk.write_bytes(chunk.read_bytes()[:-cut])
    if cut == 1:
        assert zarr.open_array(path, mode="r")[:].shape == Z.shape  # the trap: no complaint
    with pytest.raises(
        ValueError, match=r"whole chunks of at most .*, got one of .* that promises no length"
    ):
        open_embeddings(path)


def test_blosc_is_not_taken_at_its_word(path):
    zarr.create_array(path, data=Z, chunks=(300, 3), compressors=BloscCodec())
    chunk = path / "c/2/0"
    whole = chunk.read_bytes()
    chunk.write_bytes(whole[:4] + (2**31 - 1).to_bytes(4, "little") + whole[8:])
    with pytest.raises(
        ValueError, match=r"got one of .* that promises 2147483647\. Write or copy it again"
    ):
        open_embeddings(path)


@pytest.mark.parametrize(
    ("codec", "packed"),
    [
        (ZstdCodec(), lambda size: numcodecs.Zstd(9).encode(bytes(size))),
        (GzipCodec(), lambda size: gzip.compress(bytes(size))),
        (BloscCodec(), lambda size: numcodecs.Blosc("zstd").encode(bytes(size))),
    ],
    ids=["zstd", "gzip", "blosc"],
)
def test_a_small_chunk_does_not_unpack_to_a_large_one(path, codec, packed):
    zarr.create_array(path, data=Z[:10], chunks=(10, 3), compressors=codec)
    (path / "c/0/0").write_bytes(packed(2**24))
    with pytest.raises(ValueError, match=r"whole chunks of at most 4,576 bytes, got one of"):
        open_embeddings(path)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_791, 65_792, 2**20])
def test_the_length_that_zstandard_promises_is_read_as_it_is_written(size):
    assert _zstandard(numcodecs.Zstd(1).encode(bytes(size))[:18]) == size


def test_a_checksum_may_follow_a_chunk_and_nothing_else(path):
    for after, works in (([Crc32cCodec()], True), ([GzipCodec()], False)):
        codecs = [BloscCodec(), *after]
        zarr.create_array(path, data=Z, chunks=(300, 3), compressors=codecs, overwrite=True)
        if works:
            assert np.array_equal(open_embeddings(path), Z)
        else:
            with pytest.raises(ValueError, match=r"packed once, got codecs 'bytes', 'blosc', 'gz"):
                open_embeddings(path)


def test_what_is_no_number_is_refused(path):
    zarr.create_array(path, data=np.zeros((3, 2), "M8[s]"), zarr_format=2)
    with pytest.raises(ValueError, match=r"must hold floating-point numbers, got <M8\[s\] for ''"):
        open_embeddings(path)


def test_chunks_larger_than_memory_are_refused(path, monkeypatch):
    monkeypatch.setattr("ssl_theory.embeddings.zarr.LARGEST", 1000)
    zarr.create_array(path, data=Z, chunks=(5000, 3))
    with pytest.raises(ValueError, match="chunks of at most 1,000 bytes, got 120,000 for a piece"):
        open_embeddings(path)


def test_a_folder_that_unpacks_to_more_than_the_disk_holds_is_refused(path, monkeypatch):
    monkeypatch.setattr("ssl_theory.embeddings.spooling.RESERVE", 2**62)
    zarr.create_array(path, data=Z)
    with pytest.raises(OSError, match="must fit into the folder for temporary files, got 120,000"):
        open_embeddings(path)


def test_a_group_without_arrays_holds_no_embeddings(path):
    zarr.open_group(path, mode="w")
    with pytest.raises(ValueError, match="must hold an array of embeddings, got none"):
        open_embeddings(path)


def test_no_items_are_no_damage(path):
    zarr.create_array(path, shape=(0, 5), dtype="f4", chunks=(10, 5))
    assert len(open_embeddings(path)) == 0
