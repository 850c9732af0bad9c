"""A name for what a run was asked for: the same in every process, and another for anything else."""

import dataclasses
import enum
import functools
import hashlib
import types
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

__all__ = ["fingerprint"]


def fingerprint(value: Any) -> str:
    """Sixteen hexadecimal digits of all that a value is made of.

    Numbers, words, arrays, collections, dataclasses, modules with their parameters, functions
    with their code and what they close over, and other objects by what they hold. Of a class only
    the name counts.

    >>> fingerprint((1, "a")) == fingerprint((1, "a")), fingerprint(1) == fingerprint(1.0)
    (True, False)
    """
    digest = hashlib.sha256()
    for part in _told(value):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]


def _told(value: Any) -> Iterator[bytes]:
    kind = type(value)
    yield f"{kind.__module__}.{kind.__qualname__}".encode()
    if value is None or isinstance(
        value, bool | int | float | complex | str | bytes | torch.dtype | np.generic
    ):
        yield repr(value).encode()
    elif isinstance(value, type | types.BuiltinFunctionType):
        yield f"{value.__module__}.{value.__qualname__}".encode()
    elif isinstance(value, enum.Enum):
        yield value.name.encode()
    elif isinstance(value, np.ndarray | Tensor):
        array = value.detach().cpu().numpy() if isinstance(value, Tensor) else value
        yield f"{array.dtype} {array.shape}".encode()
        yield np.ascontiguousarray(array).tobytes()
    elif isinstance(value, types.FunctionType):
        yield from _code(value.__code__)
        yield from _told((value.__defaults__, value.__kwdefaults__))
        for cell in value.__closure__ or ():
            yield from _told(cell.cell_contents)
    else:
        for part in _parts(value):
            yield from _told(part)
        yield b"end"


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        yield from sorted(value.items(), key=lambda item: repr(item[0]))
    elif isinstance(value, list | tuple | range):
        yield from value
    elif isinstance(value, set | frozenset):
        yield from sorted(fingerprint(part) for part in value)
    elif isinstance(value, functools.partial):
        yield from (value.func, value.args, value.keywords)
    elif isinstance(value, types.MethodType):
        yield from (value.__func__, value.__self__)
    elif isinstance(value, nn.Module):
        yield from (repr(value), dict(value.state_dict()))
    elif dataclasses.is_dataclass(value):
        yield {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    elif type(value).__module__.partition(".")[0] == "sympy":
        yield str(value)
    elif hasattr(value, "__dict__"):
        yield vars(value)
    else:
        raise TypeError(
            f"a run must be asked for by values that can be named, got a {type(value).__name__}. "
            "Use numbers, words, arrays, dataclasses and functions of them."
        )


def _code(code: types.CodeType) -> Iterator[bytes]:
    yield code.co_name.encode()
    yield code.co_code
    yield " ".join(code.co_names).encode()
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _code(constant)
        else:
            yield from _told(constant)
