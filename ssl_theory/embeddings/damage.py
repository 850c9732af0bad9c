"""Whatever a damaged or hostile file makes a library do, its reader hears of it in one line."""

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path

__all__ = ["reading"]

REASON = 120  # characters of the library's own words


@contextlib.contextmanager
def reading(path: Path, kind: str) -> Iterator[None]:
    """Within it, any exception but a complaint in the form of the house means damage.

    Raises
    ------
    ValueError
        In place of what the library raised; its warnings are not shown.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Exception as error:
            if str(error).startswith("`"):  # `name` must be WANTED, got GOT: said already
                raise
            words = "".join(c if c.isprintable() else " " for c in str(error))
            reason = " ".join(words.split())[:REASON] or type(error).__name__
            raise ValueError(
                f"`{path}` must be a whole {kind}, got one that is truncated or damaged: "
                f"{reason}. Write or copy it again."
            ) from None
