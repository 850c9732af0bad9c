"""Which verdicts make a command fail."""

from collections.abc import Mapping
from typing import TypeVar

__all__ = ["verdicts"]

Kind = TypeVar("Kind")


def verdicts(asked: str | None, named: Mapping[str, Kind]) -> frozenset[Kind]:
    """What ``--fail-on`` asks for, by name.

    >>> sorted(verdicts("a,b", {"a": 1, "b": 2, "c": 3}))
    [1, 2]
    """
    words = asked.split(",") if asked else []
    if unknown := [word for word in words if word not in named]:
        raise ValueError(
            f"`--fail-on` must hold verdicts out of {', '.join(named)}, got {unknown[0]!r}. "
            "Separate them with commas."
        )
    return frozenset(named[word] for word in words)
