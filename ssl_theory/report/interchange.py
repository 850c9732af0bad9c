"""Frozen values as strict JSON, and back exactly."""

import dataclasses
import enum
import functools
import json
import math
import types
import typing
from typing import Any, TypeVar

__all__ = ["check_finite", "dumped", "loaded"]

Value = TypeVar("Value")


def dumped(value: Any, schema: str) -> str:
    """A dataclass as one JSON object that names its ``schema`` first.

    Every number comes back bit for bit. What JSON has no word for (NaN, infinities) is an error.
    """
    return json.dumps(
        {"schema": schema} | dataclasses.asdict(value), default=_plain, allow_nan=False
    )


def loaded(kind: type[Value], text: str, schema: str) -> Value:
    """The inverse of :func:`dumped`, for text that holds all the fields of ``kind`` and no other.

    Raises
    ------
    ValueError
        Naming the first place that is not as the schema says.
    """
    wanted = schema.split("/")[1]
    try:
        found = json.loads(text, parse_constant=_refuse)
        written = found.pop("schema")
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        raise ValueError(
            f"`text` must be a {wanted} in JSON, got {text[:40]!r}. Write one with to_json."
        ) from None
    if written != schema:
        raise ValueError(
            f"`text` must follow the schema {schema}, got {str(written)[:40]}. "
            "Read it with the version of ssl_theory that wrote it."
        )
    return _made(kind, found, wanted)


def check_finite(value: Any, name: str) -> None:
    """Refuse NaN and infinities anywhere in ``value``, a dataclass or a tuple or a number."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(
            f"`{name}` must be finite, got {value}: a report holds what can be written down. "
            "Leave out what is not known, and say why in `note`."
        )
    if isinstance(value, tuple):
        for one in value:
            check_finite(one, name)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            check_finite(getattr(value, field.name), f"{name}.{field.name}")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _plain(thing: object) -> Any:
    if isinstance(thing, enum.Enum):
        return thing.value
    raise TypeError(f"a report holds plain values, got {type(thing).__name__}.")


def _made(kind: Any, found: Any, place: str) -> Any:
    """``found`` as a value of the annotation ``kind``."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):  # X | None
        (kind,) = (part for part in parts if part is not types.NoneType)
        return None if found is None else _made(kind, found, place)
    if origin is tuple:
        _check(isinstance(found, list), place, "a list", found)
        kinds = [parts[0]] * len(found) if parts[-1] is Ellipsis else list(parts)
        _check(len(found) == len(kinds), place, f"a list of {len(kinds)}", found)
        return tuple(
            _made(part, one, f"{place}[{index}]")
            for index, (part, one) in enumerate(zip(kinds, found, strict=True))
        )
    if dataclasses.is_dataclass(kind):
        return _object(kind, found, place)
    if issubclass(kind, enum.Enum):
        names = [member.value for member in kind]
        _check(found in names, place, f"one of {', '.join(names)}", found)
        return kind(found)
    numbers = (int, float) if kind is float else (kind,)
    right = isinstance(found, numbers) and isinstance(found, bool) == (kind is bool)
    _check(right, place, {str: "text", bool: "true or false", int: "an integer"}.get(kind), found)
    return found


def _object(kind: Any, found: Any, place: str) -> Any:
    _check(isinstance(found, dict), place, "an object", found)
    hints = _hints(kind)
    if odd := sorted(found.keys() ^ hints.keys()):
        _check(False, place, f"an object of {', '.join(hints)}", f"a difference in {odd}")
    return kind(
        **{name: _made(hint, found[name], f"{place}.{name}") for name, hint in hints.items()}
    )


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _check(right: bool, place: str, wanted: str | None, found: Any) -> None:
    if not right:
        raise ValueError(
            f"`{place}` must be {wanted or 'a number'}, got {str(found)[:60]!r}. "
            "Write reports with to_json."
        )
