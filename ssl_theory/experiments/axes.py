"""What a sweep varies: a value, or several with a name to each."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["axis", "called"]


def axis(what: str, given: Any) -> dict[str, Any]:
    """The values of one axis by name. Several come as a mapping, or as a list or tuple.

    >>> from ssl_theory.processes import SpherePairs
    >>> list(axis("process", [SpherePairs(), SpherePairs(dimension=5)]))
    ['SpherePairs()', 'SpherePairs(dimension=5)']
    """
    if isinstance(given, Mapping):
        named = dict(given)
    elif isinstance(given, list | tuple):
        named = {called(value): value for value in given}
        if len(named) < len(given):
            names = [called(value) for value in given]
            shared = next(name for name in names if names.count(name) > 1)
            raise ValueError(
                f"`{what}` must hold values of different names, got {shared!r} twice. "
                f'Name them: {{"first": ..., "second": ...}}.'
            )
    else:
        named = {called(given): given}
    if not named:
        raise ValueError(f"`{what}` must hold at least one value, got none.")
    for name in named:
        if not isinstance(name, str):
            raise TypeError(
                f"`{what}` must have names that are words, got {name!r}. Use str({name!r})."
            )
    return named


def called(value: Any) -> str:
    """A name for a value that was given none: what is not as it would be by itself."""
    if isinstance(getattr(value, "name", None), str):
        return value.name
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        said = ", ".join(f"{name}={held!r}" for name, held in _unusual(value))
        return f"{type(value).__name__}({said})"
    return getattr(value, "__name__", type(value).__name__)


def _unusual(value: Any) -> Iterable[tuple[str, Any]]:
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        usual = field.default
        if field.default_factory is not dataclasses.MISSING:
            usual = field.default_factory()
        if held is not usual and held != usual:
            yield field.name, held
