"""The most memory this process holds: its own, and from a moment on."""

import contextlib
import resource
import sys
from pathlib import Path

__all__ = ["from_here", "high_water"]

STATUS, FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def high_water() -> int:
    """The most bytes this process has held so far."""
    if STATUS.exists():  # elsewhere, what the process that started this one held counts as well
        return 1024 * int(STATUS.read_text().split("VmHWM:")[1].split()[0])
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def from_here() -> int:
    """Forget what was held before, where the system can, and say how many bytes are held now.

    Otherwise whatever was held earlier hides what is held later.
    """
    with contextlib.suppress(OSError):
        FORGET.write_text("5")
    return high_water()
