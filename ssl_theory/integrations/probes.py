"""What a model is called with, moved to where it is and cut to size."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from torch import Tensor, nn

__all__ = ["called", "parts", "placed"]


def called(model: nn.Module, probe: Any) -> Any:
    """The model's output, for a tensor, a tuple of arguments or a dictionary of named ones."""
    if isinstance(probe, Mapping):
        return model(**probe)
    return model(*probe) if isinstance(probe, tuple) else model(probe)


def placed(probe: Any, model: nn.Module) -> Any:
    """Tensors where the parameters are, and floats in the format that those have."""
    like = next((p for p in model.parameters() if p.is_floating_point()), None)
    if like is None:
        return probe
    return _changed(probe, lambda x: x.to(like) if x.is_floating_point() else x.to(like.device))


def parts(probe: Any, chunk: int | None) -> Iterator[Any]:
    """At most ``chunk`` items of every tensor at a time."""
    if chunk is None:
        yield probe
        return
    items = _items(probe)
    for start in range(0, items, chunk):
        kept = slice(start, start + chunk)
        yield _changed(probe, lambda x: x[kept] if len(x) == items else x)  # noqa: B023


def _items(probe: Any) -> int:
    """As the first tensor has."""
    while not isinstance(probe, Tensor):
        probe = next(iter(probe.values() if isinstance(probe, Mapping) else probe))
    return len(probe)


def _changed(probe: Any, change: Callable[[Tensor], Tensor]) -> Any:
    """The same, with every tensor changed."""
    if isinstance(probe, Tensor):
        return change(probe)
    if isinstance(probe, Mapping):
        return {name: _changed(what, change) for name, what in probe.items()}
    if isinstance(probe, tuple | list):
        return type(probe)(_changed(what, change) for what in probe)
    return probe
