"""What a file says it is before anything parses it."""

import re
from pathlib import Path

__all__ = ["first_bytes"]

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.]+:/")  # of which Path leaves one slash


def first_bytes(path: Path, count: int, wanted: str) -> bytes:
    """The first ``count`` bytes of a file, or the reason why there are none to be had.

    Raises
    ------
    OSError
        If there is no such file, or it cannot be read, where ``wanted`` was.
    """
    if path.is_dir():
        if (path / "_versions").is_dir():
            raise IsADirectoryError(
                f"`{path}` must be {wanted}, got a Lance data set. Write its table as Parquet."
            )
        raise IsADirectoryError(f"`{path}` must be {wanted}, got a folder. Name a file in it.")
    if not path.exists() and ADDRESS.match(str(path)):
        raise FileNotFoundError(
            f"`{path}` must be {wanted}, got an address, and nothing is fetched. Download it, "
            "where you trust it."
        )
    if not path.exists():
        raise FileNotFoundError(f"`{path}` must be {wanted}, got no such file. Check the path.")
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise type(error)(
            f"`{path}` must be readable, got: {reason}. Check its permissions."
        ) from None
