"""A file of torch.save gives tensors, and nothing that has to be run."""

import pickle
import struct

import numpy as np
import pytest
import torch

from ssl_theory.embeddings import open_embeddings
from ssl_theory.report import diagnose

Z = torch.from_numpy(np.random.default_rng(0).standard_normal((5000, 3)))


class Bomb:
    """Unpickling it raises the alarm."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was executed",)


@pytest.mark.parametrize("content", [Z, {"z": Z, "labels": torch.arange(9)}, [Z], (Z,)])
def test_the_only_matrix_is_the_embeddings(tmp_path, content):
    torch.save(content, tmp_path / "z.pt")
    assert np.array_equal(open_embeddings(tmp_path / "z.pt"), Z)


def test_the_numbers_stay_in_the_file_until_they_are_asked_for(tmp_path):
    path = tmp_path / "z.pt"
    torch.save(Z, path)
    opened = open_embeddings(path)
    last, seven = (struct.pack("<d", number) for number in (Z[-1, -1], 7.0))
    with path.open("r+b") as file:
        place = file.read().index(last)
        file.seek(place)
        file.write(seven)
    assert opened[-1, -1] == 7.0


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2])
def test_numbers_that_numpy_lacks_come_as_float32_and_their_precision_shows(tmp_path, dtype):
    torch.save(Z.to(dtype), tmp_path / "z.pt")
    opened = open_embeddings(tmp_path / "z.pt")
    assert opened.dtype == np.float32 and np.array_equal(opened, Z.to(dtype).float())
    name = str(dtype).removeprefix("torch.")
    assert diagnose(opened[:300]).format.endswith(f" bits of {name}")


def test_half_precision_stays_half(tmp_path):
    torch.save(Z.half(), tmp_path / "z.pt")
    assert open_embeddings(tmp_path / "z.pt").dtype == np.float16


def test_a_parameter_and_a_transpose_are_matrices_too(tmp_path):
    torch.save(torch.nn.Parameter(Z), tmp_path / "z.pt")
    assert np.array_equal(open_embeddings(tmp_path / "z.pt"), Z)
    torch.save(Z.T.contiguous().T, tmp_path / "z.pt")
    assert np.array_equal(open_embeddings(tmp_path / "z.pt"), Z)


def test_the_column_names_a_tensor(tmp_path):
    torch.save({"z": Z, "w": -Z}, tmp_path / "z.pt")
    assert np.array_equal(open_embeddings(tmp_path / "z.pt", "w"), -Z)
    with pytest.raises(ValueError, match=r"`column` must say which .*'z' \(5000, 3\), 'w'"):
        open_embeddings(tmp_path / "z.pt")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (Bomb(), r"must hold tensors alone, got also '_pytest.outcomes._Fail'"),
        ({"z": Z, "trainer": Bomb()}, "unpickling can run any program"),
        ({"z": Z.numpy()}, r"got also 'numpy.*Where you trust it, save torch\.as_tensor"),
        (torch.empty(1).expand(10**12, 768), "of 3,072,000,000,000,000 bytes that repeats the 4"),
        (torch.empty(5, 3, device="meta"), "got a tensor on 'meta', which has none"),
        (torch.eye(3).to_sparse(), "must hold a dense tensor, got one that is sparse_coo"),
        ({}, "must hold an array of embeddings, got none"),
        ({"epoch": 3, "name": "z"}, "must hold an array of embeddings, got none"),
        (3.0, "must hold an array of embeddings, got none"),
    ],
)
def test_what_is_no_dense_tensor_is_refused(tmp_path, content, message):
    torch.save(content, tmp_path / "z.pt")
    with pytest.raises(ValueError, match=message) as caught:
        open_embeddings(tmp_path / "z.pt")
    assert str(caught.value).isprintable()


@pytest.mark.filterwarnings("ignore:.*(prototype|deprecated)")
def test_nested_and_quantised_tensors_are_refused(tmp_path):
    torch.save(torch.nested.nested_tensor([Z[:2], Z[:3]]), tmp_path / "z.pt")
    with pytest.raises(ValueError, match="must hold a dense tensor, got one that is nested"):
        open_embeddings(tmp_path / "z.pt")
    torch.save(torch.quantize_per_tensor(Z.float(), 0.1, 0, torch.qint8), tmp_path / "z.pt")
    with pytest.raises(ValueError, match="must hold a dense tensor, got one that is qint8"):
        open_embeddings(tmp_path / "z.pt")


def test_a_dict_that_holds_itself_is_no_riddle(tmp_path):
    content = {}
    content["again"] = content
    torch.save(content, tmp_path / "z.pt")
    with pytest.raises(ValueError, match="must hold an array of embeddings, got none"):
        open_embeddings(tmp_path / "z.pt")


def test_the_old_format_and_bare_pickles_are_refused(tmp_path):
    torch.save(Z, tmp_path / "z.pt", _use_new_zipfile_serialization=False)
    with pytest.raises(ValueError, match=r"got a pickle, as torch\.save wrote before 1\.6\. Load"):
        open_embeddings(tmp_path / "z.pt")
    (tmp_path / "z.pt").write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(ValueError, match="got a pickle, and loading one can run any program"):
        open_embeddings(tmp_path / "z.pt")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_program_is_refused(tmp_path):
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), tmp_path / "z.pt")
    with pytest.raises(ValueError, match="got a TorchScript program"):
        open_embeddings(tmp_path / "z.pt")
