"""The same embeddings in every format, and copies of files that are damaged by chance."""

from collections.abc import Callable, Iterator
from pathlib import Path

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch
import zarr
from pyarrow import feather
from safetensors.torch import save_file

from ssl_theory.command_line import main

SMALL = np.random.default_rng(0).standard_normal((12, 2)).astype(np.float32)

Writer = Callable[[Path, np.ndarray], object]


def npy_by_columns(path, z):
    np.save(path, np.asfortranarray(z))


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
        made = {"chunks": (700, 2), "maxshape": (None, None), "compression": "gzip"}
        file.create_dataset("layer4/z", data=z, shuffle=True, **made)


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
    "columns.npy": npy_by_columns,
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


def files_of(path: Path) -> list[Path]:
    """A file, or those of a folder that anybody reads."""
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.is_file() and p.name != ".zattrs")


def mutants(whole: bytes, generator: np.random.Generator, count: int) -> Iterator[bytearray]:
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


def outcome(path: Path, capfd, *options: str) -> tuple[int, str]:
    """Of the command: its status, and its complaint, which is one line, or nothing."""
    status = main(["diagnose", str(path), *options])
    shown = capfd.readouterr()
    if status == 0:
        assert shown.err == "" and "items" in shown.out
        return 0, ""
    assert shown.out == "" and shown.err.startswith("ssl-theory: ") and shown.err.count("\n") == 1
    complaint = shown.err.removeprefix("ssl-theory: ").rstrip("\n")
    assert len(complaint) < 600 and complaint.isprintable(), complaint
    assert " must " in complaint and ", got " in complaint, complaint
    return status, complaint
