"""What they are written in changes no number, and damage to it is told in one line."""

import tracemalloc
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

from ssl_theory.embeddings import open_embeddings
from ssl_theory.report import diagnose

MUTATIONS = 500
Z = np.random.default_rng(0).standard_normal((40, 3)).astype(np.float32)

Writer = Callable[[Path, np.ndarray], object]


def npz(path, z):
    np.savez(path, z=z, labels=np.arange(len(z)))


def npz_deflated(path, z):
    np.savez_compressed(path, z=z)


def safetensors(path, z):
    save_file({"z": torch.from_numpy(z)}, path)


def pt(path, z):
    torch.save({"z": torch.from_numpy(z), "labels": torch.arange(len(z))}, path)


def table(z) -> pa.Table:
    lists = pa.FixedSizeListArray.from_arrays(pa.array(z.ravel()), z.shape[1])
    return pa.table({"label": range(len(z)), "z": lists})


def parquet(path, z):
    pq.write_table(table(z), path)


def numbered(path, z):
    columns = {f"z_{k}": z[:, k] for k in range(z.shape[1])}
    pq.write_table(pa.table(columns), path, compression="none", data_page_size=512)


def arrow(path, z):
    feather.write_feather(table(z), path, chunksize=900)


def stream(path, z):
    rows = table(z)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows, max_chunksize=900)


def hugging_face(path, z):
    path.mkdir()
    stream(path / "data-00000-of-00001.arrow", z)
    (path / "state.json").write_text('{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}')


def hdf5(path, z):
    with h5py.File(path, "w") as file:
        file["z"] = z
        file["labels"] = np.arange(len(z))


def chunked(path, z):
    with h5py.File(path, "w") as file:
        chunks = (min(len(z), 700), 2)
        file.create_dataset("layer4/z", data=z, chunks=chunks, compression="gzip", shuffle=True)


def zarr_3(path, z):
    zarr.create_array(path, data=z, chunks=(900, 2), config={"write_empty_chunks": True})


def zarr_2(path, z):
    group = zarr.open_group(path, mode="w", zarr_format=2)
    group.create_array("z", data=z, chunks=(900, 3))


def csv(path, z):
    header = ",".join(["label", *(f"z_{k}" for k in range(z.shape[1]))])
    rows = [",".join([str(i), *map(repr, row)]) for i, row in enumerate(z.tolist())]
    path.write_text("\n".join([header, *rows, ""]))


WRITERS: dict[str, Writer] = {
    "z.npy": np.save,
    "z.npz": npz,
    "deflated.npz": npz_deflated,
    "z.pt": pt,
    "z.safetensors": safetensors,
    "z.parquet": parquet,
    "numbered.parquet": numbered,
    "z.arrow": arrow,
    "stream.arrow": stream,
    "hugging face": hugging_face,
    "z.h5": hdf5,
    "chunked.h5": chunked,
    "z.zarr": zarr_3,
    "old.zarr": zarr_2,
    "z.csv": csv,
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_same_numbers_give_the_same_report_in_every_format(tmp_path, name, dtype):
    z = np.random.default_rng(1).standard_normal((5000, 4)).astype(dtype)
    WRITERS[name](tmp_path / name, z)
    opened = open_embeddings(tmp_path / name)
    if name == "z.csv":  # where all numbers are of double precision
        assert opened.dtype == np.float64
        z = z.astype(np.float64)
    assert opened.dtype == z.dtype and np.array_equal(opened, z)
    assert not opened.flags.writeable
    assert diagnose(opened[:300]) == diagnose(z[:300])


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n == "z.csv" else n for n in WRITERS]
)
def test_a_file_is_never_in_memory_whole(tmp_path, name):
    z = np.random.default_rng(2).standard_normal((65_536, 8))  # 4 MiB, in blocks of 256 KiB
    path = tmp_path / name
    WRITERS[name](path, z)
    open_embeddings(path)  # imports its library
    tracemalloc.start()
    opened = open_embeddings(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < z.nbytes / 2
    assert np.array_equal(opened, z)


def mutants(whole: bytes, generator: np.random.Generator, count: int):
    """Copies with a few bytes changed, some of them cut, some with a stretch of noise."""
    for _ in range(count):
        data = bytearray(whole)
        for place in generator.integers(0, len(data), generator.integers(1, 5)):
            data[place] = generator.integers(0, 256)
        if generator.random() < 0.2:
            del data[generator.integers(0, len(data)) :]
        if generator.random() < 0.2:
            place = generator.integers(0, len(data) + 1)
            data[place : place + 16] = generator.bytes(16)
        yield data


def complaint_about(path: Path) -> str:
    try:
        diagnose(open_embeddings(path))
    except (OSError, ValueError, TypeError) as error:
        return str(error)
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_mutated_files_give_a_diagnosis_or_one_clear_line(tmp_path, name, capfd):
    path = tmp_path / name
    WRITERS[name](path, Z)
    files = (
        [path]
        if path.is_file()
        else sorted(p for p in path.rglob("*") if p.is_file() and p.name != ".zattrs")
    )
    generator = np.random.default_rng(0)
    refused, count = 0, -(-MUTATIONS // len(files))
    for file in files:
        whole = file.read_bytes()
        for data in mutants(whole, generator, count):
            file.write_bytes(data)
            if complaint := complaint_about(path):
                refused += 1
                assert len(complaint) < 600 and complaint.isprintable(), complaint
                assert " must " in complaint and ", got " in complaint
        file.write_bytes(whole)
    assert 20 < refused < count * len(files)
    assert capfd.readouterr() == ("", "")
    assert complaint_about(path) == ""
