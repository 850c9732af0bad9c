"""Embeddings in a ``.npy`` file, mapped and not loaded: a file may exceed memory."""

import os
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ssl_theory.embeddings.first_bytes import first_bytes
from ssl_theory.embeddings.mapping import mapped

__all__ = ["open_npy"]

MAGIC = b"\x93NUMPY"
OTHERS = {  # the first bytes of what is often found under the wrong name
    b"PK\x03\x04": (
        "a zip archive, as .npz and .pt files are",
        "Take one array out: np.save('embeddings.npy', np.load(file)['name']), or for torch "
        "torch.load(file, weights_only=True).float().numpy().",
    ),
    b"\x80": (
        "a pickle, and loading one can run any program",
        "Where you trust it, unpickle it and np.save the array.",
    ),
    b"PAR1": ("a Parquet table", "Save its column of embeddings with np.save."),
    b"\x89HDF": ("an HDF5 file", "Save its data set of embeddings with np.save."),
}


def open_npy(path: str | os.PathLike[str]) -> NDArray:
    """The array of a ``.npy`` file, read from disk only where it is touched.

    Nothing in the file is executed, and nothing is allocated on the word of its header: an array
    that the file is too short for, or that holds Python objects, is refused.

    Parameters
    ----------
    path
        A file written by ``numpy.save``.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read.
    ValueError
        If it is not a ``.npy`` file of numbers, or is damaged.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.save(f"{folder}/z.npy", np.eye(3))
    ...     open_npy(f"{folder}/z.npy").shape
    (3, 3)
    """
    path = Path(path)
    start = first_bytes(path, len(MAGIC), "a .npy file")
    if not start.startswith(MAGIC):
        what, remedy = next(
            (answer for magic, answer in OTHERS.items() if start.startswith(magic)),
            ("something else", "Write it with np.save."),
        )
        what = what if start else "an empty file"
        raise ValueError(f"`{path}` must be a .npy file, got {what}. {remedy}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # headers of Python 2, escapes in damaged headers
            array = np.load(path, mmap_mode="r", allow_pickle=False)
    except OSError:
        raise
    except Exception as error:  # whatever a hostile header makes numpy's parser raise
        if "Python objects" in str(error) or "pickle" in str(error):
            raise ValueError(
                f"`{path}` must hold numbers, got pickled Python objects, and unpickling can run "
                "any program. Where you trust it, save np.stack(objects).astype(float) instead."
            ) from None
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ValueError(
            f"`{path}` must be a whole .npy file, got one that is truncated or damaged: {reason}. "
            "Write or copy it again."
        ) from None
    if array.dtype.kind == "V":
        raise ValueError(
            f"`{path}` must hold floating-point numbers, got {array.dtype}: raw bytes, as bfloat16 "
            "or a table with named columns. Save tensor.float().numpy(), or one column."
        )
    order = "C" if array.flags.c_contiguous else "F"
    return mapped(path, array.dtype, array.shape, start=array.offset, order=order)
