"""What is known by its first bytes and not opened, with what to do instead."""

from pathlib import Path
from typing import NamedTuple

__all__ = ["START", "check_welcome"]

START = 512  # bytes that tell


class _Unwelcome(NamedTuple):
    magic: bytes
    place: int
    what: str
    remedy: str


RECONSTRUCT = (
    "Save the vectors that went into it; index.reconstruct_n(0, index.ntotal) gives back those of "
    "a flat index."
)
UNWELCOME = (
    _Unwelcome(
        *(b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", 0),
        "a pickle, as torch.save wrote before 1.6",
        "Load it with weights_only=True and save the tensor again.",
    ),
    _Unwelcome(
        *(b"\x80", 0),
        "a pickle, and loading one can run any program",
        "Where you trust it, unpickle it and np.save the array.",
    ),
    _Unwelcome(
        *(b"FEA1", 0), "a Feather table of version 1", "Write it again with pyarrow.feather."
    ),
    _Unwelcome(*(b"\x1f\x8b", 0), "a gzip archive", "Decompress it first."),
    _Unwelcome(
        *(b"ustar", 257),
        "a tar archive, as WebDataset writes",
        "Unpack it, and np.save the embeddings of all items as one array.",
    ),
    _Unwelcome(*(b"IBxF", 0), "a FAISS index, of bits", RECONSTRUCT),
    _Unwelcome(  # two numbers that nothing reads, behind the count of vectors
        *(2 * (2**20).to_bytes(8, "little"), 16),
        "a FAISS index, and most kinds round their vectors, which changes the spectrum",
        RECONSTRUCT,
    ),
)


def check_welcome(path: Path, start: bytes, wanted: str) -> None:
    """Refuse what would have to be run, or holds other numbers than it was given.

    >>> check_welcome(Path("z.npy.gz"), bytes.fromhex("1f8b"), "a file of embeddings")
    Traceback (most recent call last):
    ValueError: `z.npy.gz` must be a file of embeddings, got a gzip archive. Decompress it first.
    """
    for magic, place, what, remedy in UNWELCOME:
        if start.startswith(magic, place):
            raise ValueError(f"`{path}` must be {wanted}, got {what}. {remedy}")
