"""Which runs are trained side by side."""

from collections.abc import Sequence
from typing import Any

from ssl_theory.experiments.request import Request, has_weights
from ssl_theory.processes import Pairs, World

__all__ = ["grouped"]


def grouped(requests: Sequence[Request], size: int) -> list[list[int]]:
    """Numbers of runs that fit into one program, at most ``size`` together, evenly.

    Runs fit if they share an encoder, the shape of what is seen, and all of their training but
    rate and decay; objectives with weights of their own only fit to themselves.
    """
    alike: dict[Any, list[int]] = {}
    shapes: dict[int, Any] = {}
    for number, request in enumerate(requests):
        process = request.process
        if id(process) not in shapes:
            shapes[id(process)] = _shape(process)
        alike.setdefault((_key(request), shapes[id(process)]), []).append(number)
    groups = []
    for numbers in alike.values():
        count = -(-len(numbers) // size)
        share, more = divmod(len(numbers), count)
        start = 0
        for group in range(count):
            end = start + share + (group < more)
            groups.append(numbers[start:end])
            start = end
    return groups


def _key(request: Request) -> Any:
    training = request.training
    own = id(request.objective) if has_weights(request.objective) else None
    shared = training.steps, training.batch, training.schedule, training.dtype
    return id(request.encoder), own, shared, training.certificate


def _shape(process: World) -> Any:
    drawn = process.draw(2, seed=0)
    return isinstance(drawn, Pairs), drawn.x.shape[1:]
