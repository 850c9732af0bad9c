"""What they are written in changes no number, and none of it enters memory whole."""

import tracemalloc

import numpy as np
import pytest
import torch

from ssl_theory.embeddings import open_embeddings
from ssl_theory.report import diagnose
from tests.embeddings.written import WRITERS


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_same_numbers_give_the_same_report_in_every_format(tmp_path, name, dtype):
    z = np.random.default_rng(1).standard_normal((5000, 4)).astype(dtype)
    WRITERS[name](tmp_path / name, z)
    opened = open_embeddings(tmp_path / name)
    if name == "z.csv":  # where all numbers are of double precision
        assert opened.dtype == np.float64
        z = z.astype(np.float64)
    assert opened.dtype == z.dtype and np.array_equal(opened, z)
    assert not opened.flags.writeable
    some = 24 if dtype == np.float32 else 12
    assert diagnose(opened[:some]) == diagnose(z[:some])


SOURCES = {
    "numpy": lambda z: z,
    "columns first": np.asfortranarray,
    "torch": torch.from_numpy,
    "dlpack": lambda z: Foreign(torch.from_numpy(z)),
    "batches of numpy": lambda z: iter(np.array_split(z, 5)),
    "batches of torch": lambda z: (torch.from_numpy(piece) for piece in np.array_split(z, 5)),
    "batches of dlpack": lambda z: [Foreign(torch.from_numpy(p)) for p in np.array_split(z, 5)],
}


class Foreign:
    """An array of another library, which speaks DLPack and nothing else."""

    def __init__(self, tensor):
        self.tensor = tensor

    def __dlpack__(self, **options):
        return self.tensor.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.tensor.__dlpack_device__()


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_same_numbers_give_the_same_report_from_every_library(source, dtype):
    z = np.random.default_rng(1).standard_normal((12, 2)).astype(dtype)
    opened = open_embeddings(SOURCES[source](z))
    assert opened.dtype == dtype and np.array_equal(opened, z)
    assert diagnose(opened) == diagnose(z)


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
