"""Which columns of a table are the embeddings: one of lists, or one for each dimension."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["LONG", "NUMBERED", "chosen_columns", "listed"]

NAMED = 8  # columns that an error lists
LONG = 60  # characters of a name, which may be anything
NUMBERED = re.compile(r"(.*?)[_.\-]?(\d{1,9})", re.DOTALL)


def chosen_columns(
    path: Path,
    column: str | None,
    names: Sequence[str],
    *,
    lists: Sequence[str] = (),
    floating: Sequence[str],
) -> list[str]:
    """The names of the columns that hold the embeddings, in the order of their dimensions.

    ``column`` is the name of one, or what the names of numbered ones begin with. Without it, the
    answer is the only column of ``lists``, the only family of ``floating`` ones that are numbered,
    or the whole table if all of it is floating; anything else is left to the reader to say.

    >>> chosen_columns(Path("z.csv"), None, names := ["id", "z_10", *(f"z_{i}" for i in range(10))],
    ...                floating=names[1:])[-2:]
    ['z_9', 'z_10']
    """
    doubled = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if doubled is not None:
        raise ValueError(
            f"`{path}` must have columns of different names, got {doubled[:LONG]!r} twice. Rename "
            "one."
        )
    families = _families(floating) | {name: [name] for name in lists}
    if column is None:
        if len(families) == 1:
            return _in_order(path, *families.values())
        if not families and names and len(floating) == len(names):
            return list(names)
        raise ValueError(
            f"`column` must say which column of `{path}` holds the embeddings, got none where "
            f"{len(families)} of lists or numbered floats are to be had. Name one of "
            f"{listed([*families, *names])}."
        )
    if column in names:
        return [column]
    families = _families(names)
    key = column.rstrip("_.-")
    if key in families:
        return _in_order(path, families[key])
    raise ValueError(
        f"`column` must name a column of `{path}`, or begin the names of numbered ones, got "
        f"{column!r}. Name one of {listed(names)}."
    )


def _families(names: Iterable[str]) -> dict[str, list[str]]:
    """Two or more numbered names with the same beginning, by it."""
    found: dict[str, list[str]] = {}
    for name in names:
        if match := NUMBERED.fullmatch(name):
            found.setdefault(match[1], []).append(name)
    return {beginning: members for beginning, members in found.items() if len(members) > 1}


def _in_order(path: Path, members: list[str]) -> list[str]:
    if len(members) == 1:
        return members
    numbers = {name: int(match[2]) for name in members if (match := NUMBERED.fullmatch(name))}
    ordered = sorted(members, key=numbers.__getitem__)
    first = numbers[ordered[0]]
    if first > 1 or [numbers[name] for name in ordered] != list(range(first, first + len(members))):
        raise ValueError(
            f"`{path}` must number its columns from 0 or 1 without a gap, got "
            f"{listed(ordered)}. Restore the dimensions that are missing, or rename the columns."
        )
    return ordered


def listed(names: Sequence[str]) -> str:
    """The first few names."""
    some = ", ".join(repr(name[:LONG]) for name in list(dict.fromkeys(names))[:NAMED])
    return some + (", ..." if len(names) > NAMED else "")
