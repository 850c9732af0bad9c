"""Files appear whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(texts: Mapping[str | os.PathLike[str], str | bytes]) -> None:
    """Write every text to its path; what was there stays until all of them are on disk.

    Raises
    ------
    OSError
        If one cannot be written: then none is, and nothing is left behind.
    """
    done: list[tuple[str, Path]] = []
    try:
        for path, text in texts.items():
            path = Path(path)
            if path.is_dir():
                raise IsADirectoryError(f"`{path}` must be a file, got a folder. Name a file.")
            try:
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
                done.append((name, path))
                with os.fdopen(handle, "wb") as file:
                    file.write(text if isinstance(text, bytes) else text.encode())
                os.chmod(name, 0o666 & ~_umask())
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                raise type(error)(
                    f"`{path}` must be writable, got: {reason}. Name a file in a folder that "
                    "exists and has room."
                ) from None
        for name, path in done:
            os.replace(name, path)
    finally:
        for name, _ in done:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
