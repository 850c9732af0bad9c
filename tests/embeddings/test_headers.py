"""Headers that promise more than the file holds cost no memory and get one line."""

import json
import struct
from pathlib import Path

import h5py
import pytest
import zarr

from benchmarks.memory import from_here, high_water
from tests.embeddings.written import SMALL, WRITERS, outcome


def huge_npy(path: Path) -> None:
    text = b"{'descr': '<f8', 'fortran_order': False, 'shape': (100000000000, 768), }"
    path.write_bytes(b"\x93NUMPY\x02\0" + struct.pack("<I", len(text)) + text + bytes(800))


def huge_npy_header(path: Path) -> None:
    path.write_bytes(b"\x93NUMPY\x02\0" + struct.pack("<I", 2**32 - 1) + b"{'descr'" + bytes(99))


def huge_safetensors(path: Path) -> None:
    end = 4 * 10**9 * 768
    described = {"z": {"dtype": "F32", "shape": [10**9, 768], "data_offsets": [0, end]}}
    header = json.dumps(described).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(64))


def huge_parquet(path: Path) -> None:
    WRITERS["z.parquet"](path, SMALL)
    path.write_bytes(path.read_bytes()[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1")


def huge_arrow(path: Path) -> None:
    path.write_bytes(b"\xff\xff\xff\xff" + struct.pack("<i", 2**31 - 1) + bytes(64))


def huge_feather(path: Path) -> None:
    WRITERS["z.arrow"](path, SMALL)
    path.write_bytes(path.read_bytes()[:-10] + struct.pack("<i", 2**31 - 1) + b"ARROW1")


def huge_hdf5(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("z", (10**10, 768), "f4", chunks=(1, 768))[:1] = 1


def huge_zarr(path: Path) -> None:
    array = zarr.create_array(path, shape=(10**10, 768), dtype="f4", chunks=(10**10, 768))
    (path / "c/0").mkdir(parents=True)
    (path / "c/0/0").write_bytes(bytes(64))
    assert array.nchunks == 1


def huge_csv(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"1.5,")
        file.truncate(2**33)  # all holes: no room on disk


HUGE = {
    "z.npy": huge_npy,
    "header.npy": huge_npy_header,
    "z.safetensors": huge_safetensors,
    "z.parquet": huge_parquet,
    "z.arrow": huge_arrow,
    "z.feather": huge_feather,
    "z.h5": huge_hdf5,
    "z.zarr": huge_zarr,
    "z.csv": huge_csv,
}


@pytest.mark.parametrize("name", HUGE)
def test_nothing_is_allocated_on_the_word_of_a_header(tmp_path, capfd, name):
    HUGE[name](tmp_path / name)
    before = from_here()
    status, complaint = outcome(tmp_path / name, capfd)
    assert status == 2 and str(tmp_path / name) in complaint
    assert high_water() < before + 2**27
