"""What is no file of embeddings, or changes them silently, is called by its name."""

import inspect
import io
import re
import socket
import tarfile

import numpy as np
import pytest

from ssl_theory.command_line import main
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.embeddings import open_embeddings, open_labels

FAISS = {  # how files of faiss-cpu 1.15.1 begin, before what is HEADER for 300 vectors of 8
    "Flat": b"IxF2",
    "PQ4x4": b"IxPq",
    "IVF4,Flat": b"IwFl",
    "IVF4,PQ4x4": b"IwPQ",
    "OPQ4,IVF4,PQ4x4": b"IxPT",
    "HNSW8,Flat": b"IHNf",
    "SQ8": b"IxSQ",
    "LSH": b"IxHe",
    "IDMap,Flat": b"IxMp",
    "PQ4x4fs": b"IPfs",
    "IVF4,SQ8": b"IwSq",
    "NSG8,Flat": b"INSf",
    "IVF4,RaBitQ": b"Iwrq",
    "LSQ2x4": b"IxLS",
}
HEADER = bytes.fromhex("080000002c0100000000000000001000000000000000100000000000")


@pytest.mark.parametrize("kind", FAISS)
@pytest.mark.parametrize("suffix", ["index", "csv", "npy"])
def test_an_index_that_may_round_its_vectors_is_refused(tmp_path, kind, suffix):
    path = tmp_path / f"z.{suffix}"
    path.write_bytes(FAISS[kind] + HEADER + bytes(300))
    with pytest.raises(ValueError, match=r"got a FAISS index, and most .*\. Save the vectors that"):
        open_embeddings(path)


def test_an_index_of_bits_is_refused(tmp_path):
    (tmp_path / "z").write_bytes(b"IBxF@\0\0\0\x08\0\0\0\3\0\0\0\0\0\0\0\1\1\0\0\0" + bytes(40))
    with pytest.raises(ValueError, match=r"got a FAISS index, of bits\. Save the vectors"):
        open_embeddings(tmp_path / "z")


def test_what_such_an_index_would_do_to_a_spectrum():
    """Signs follow the arcsine law, and steps add a twelfth of their square to every variance."""
    d, generator = 64, np.random.default_rng(0)
    turn = np.linalg.qr(generator.standard_normal((d, d))).Q
    covariance = turn.T @ np.diag(np.arange(1, d + 1) ** -2.0) @ turn
    z = generator.multivariate_normal(np.zeros(d), covariance, 20_000)
    deviations = np.sqrt(np.diag(covariance))
    arcsine = 2 / np.pi * np.arcsin((covariance / np.outer(deviations, deviations)).clip(-1, 1))
    steps = np.ptp(z, axis=0) / 255
    rounded = covariance + np.diag(steps**2 / 12)
    assert erank(np.sign(z)) == pytest.approx(erank_of(arcsine), rel=0.01)
    assert erank(np.round(z / steps) * steps) == pytest.approx(erank_of(rounded), rel=0.01)
    assert erank_of(rounded) < 1.02 * erank_of(covariance) < 0.25 * erank_of(arcsine)


def erank(z):
    return effective_rank(z, of="variance", order=1)


def erank_of(covariance):
    shares = np.linalg.eigvalsh(covariance) / np.trace(covariance)
    return np.exp(-np.sum(shares * np.log(shares)))


def test_a_tar_archive_is_refused(tmp_path):
    file = io.BytesIO()
    np.save(file, np.eye(3))
    with tarfile.open(tmp_path / "shard.tar", "w") as archive:
        member = tarfile.TarInfo("000.npy")
        member.size = len(file.getvalue())
        archive.addfile(member, io.BytesIO(file.getvalue()))
    with pytest.raises(ValueError, match=r"got a tar archive, as WebDataset writes\. Unpack it"):
        open_embeddings(tmp_path / "shard.tar")


def test_a_lance_data_set_is_refused(tmp_path):
    (tmp_path / "z.lance/_versions").mkdir(parents=True)
    with pytest.raises(IsADirectoryError, match=r"got a Lance data set\. Write its table as Parq"):
        open_embeddings(tmp_path / "z.lance")


@pytest.mark.parametrize("open_any", [open_embeddings, open_labels])
@pytest.mark.parametrize("scheme", ["https", "s3", "hf", "gs", "file", "memory"])
def test_nothing_is_fetched(monkeypatch, tmp_path, open_any, scheme):
    monkeypatch.setattr(socket, "socket", pytest.fail)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"got an address, and nothing is fetched\. Downlo"):
        open_any(f"{scheme}://example.org/z.npy")


def test_there_is_no_way_to_ask_for_a_pickle(capsys):
    for door in (open_embeddings, open_labels):
        assert list(inspect.signature(door).parameters) == ["path", "column"]
    with pytest.raises(SystemExit):
        main(["diagnose", "--help"])
    assert not {"pickle", "unsafe", "trust"} & set(re.findall(r"\w+", capsys.readouterr().out))
