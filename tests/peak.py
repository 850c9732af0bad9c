"""The most memory this process holds from a moment on, and not since it began."""

import contextlib
from pathlib import Path

from benchmarks.mapca_fit import high_water

__all__ = ["from_here", "high_water"]


def from_here() -> int:
    """Forget what was held before, where the system can, and say how many bytes are held now.

    Otherwise whatever an earlier test held hides what a later one holds.
    """
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return high_water()
