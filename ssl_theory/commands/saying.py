"""What commands print."""

import os
import sys

__all__ = ["say"]


def say(text: str) -> None:
    """Print ``text``, whatever the terminal can show of it and however soon the reader leaves."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "replace").decode(encoding), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
