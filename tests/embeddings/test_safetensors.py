"""Tensors of every precision come out of a safetensors file, and its header is not trusted."""

import json
import struct

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from ssl_theory.embeddings import open_embeddings
from ssl_theory.report import diagnose

Z = torch.from_numpy(np.random.default_rng(0).standard_normal((5000, 3)))


def test_the_numbers_stay_in_the_file_until_they_are_asked_for(tmp_path):
    path = tmp_path / "z.safetensors"
    save_file({"z": Z}, path)
    opened = open_embeddings(path)
    with path.open("r+b") as file:
        file.seek(-8, 2)
        file.write(struct.pack("<d", 7.0))
    assert opened[-1, -1] == 7.0


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2])
def test_numbers_that_numpy_lacks_come_as_float32_and_their_precision_shows(tmp_path, dtype):
    save_file({"z": Z.to(dtype), "labels": torch.arange(5000)}, tmp_path / "z.safetensors")
    opened = open_embeddings(tmp_path / "z.safetensors")
    assert opened.dtype == np.float32 and np.array_equal(opened, Z.to(dtype).float())
    name = str(dtype).removeprefix("torch.")
    assert diagnose(opened[:300]).format.endswith(f" bits of {name}")


@pytest.mark.parametrize("size", range(1, 120))
def test_no_length_of_the_header_passes_for_another_format(tmp_path, size):
    save_file({"z" * size: Z}, tmp_path / "z.bin")
    assert open_embeddings(tmp_path / "z.bin").shape == Z.shape


def test_the_column_names_a_tensor(tmp_path):
    save_file({"z": Z, "w": -Z}, tmp_path / "z.safetensors")
    assert np.array_equal(open_embeddings(tmp_path / "z.safetensors", "w"), -Z)
    with pytest.raises(ValueError, match=r"`column` must say which .*\(5000, 3\)"):
        open_embeddings(tmp_path / "z.safetensors")


@pytest.mark.parametrize(
    ("dtype", "shape", "end", "body", "message"),
    [
        ("F32", [10**12, 768], 10**12 * 768 * 4, 16, "truncated or damaged"),
        ("F32", [2, 2], 16, 15, "truncated or damaged"),
        ("F32", [2, 3], 16, 16, "truncated or damaged"),
        ("F32", [2, 2], 16, 32, "truncated or damaged"),
        ("F16384", [2, 2], 16, 16, "truncated or damaged"),
        ("F4", [2, 2], 2, 2, "must hold numbers of at least 8 bits, got float4_e2m1fn_x2"),
    ],
)
def test_a_header_that_its_bytes_do_not_bear_out_is_refused(
    tmp_path, dtype, shape, end, body, message
):
    header = json.dumps({"z": {"dtype": dtype, "shape": shape, "data_offsets": [0, end]}}).encode()
    path = tmp_path / "z.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(body))
    with pytest.raises(ValueError, match=message):
        open_embeddings(path)


def test_a_header_of_terabytes_is_refused(tmp_path):
    path = tmp_path / "z.safetensors"
    path.write_bytes(struct.pack("<Q", 2**42) + b'{"z": {}}')
    with pytest.raises(ValueError, match="truncated or damaged"):
        open_embeddings(path)
