"""Which runs are trained side by side, and in how many processes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ssl_theory.experiments.cost import START, Work, best_together, seconds, traced
from ssl_theory.experiments.request import Request, has_weights
from ssl_theory.processes import Pairs, World

__all__ = ["Group", "Plan", "planned"]


@dataclass(frozen=True)
class Group:
    """Numbers of the runs that share a program, and how long it will take by the cost model."""

    numbers: tuple[int, ...]
    seconds: float


@dataclass(frozen=True)
class Plan:
    """All runs in groups, the longest first, and how many processes they are worth."""

    groups: tuple[Group, ...]
    processes: int


@dataclass(frozen=True)
class _Class:
    """Runs that may share a program."""

    numbers: list[int]
    work: Work
    steps: int

    def groups(self, together: int) -> list[Group]:
        """Of at most so many runs, evenly."""
        count = -(-len(self.numbers) // together)
        share, more = divmod(len(self.numbers), count)
        ends = [share * (k + 1) + min(k + 1, more) for k in range(count)]
        parts = [tuple(self.numbers[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
        cost = {len(part): self.steps * seconds(self.work, len(part)) for part in parts}
        return [Group(part, len(part) * cost[len(part)]) for part in parts]


def planned(requests: Sequence[Request], together: int | None, processes: int | None) -> Plan:
    """Groups of ``together`` runs for ``processes``; ``None`` lets the cost model choose."""
    classes = _classes(requests)
    plans = []
    counts = [processes] if processes else range(1, (os.cpu_count() or 1) + 1)
    for count in counts:
        groups: list[Group] = []
        for alike in classes:
            runs = len(alike.numbers)
            size = together or min(best_together(alike.work, runs), -(-runs // count))
            groups += alike.groups(size)
        groups.sort(key=lambda group: -group.seconds)
        plans.append(Plan(tuple(groups), min(count, len(groups))))
    return min(plans, key=_duration)


def _duration(plan: Plan) -> float:
    if plan.processes == 1:
        return sum(group.seconds for group in plan.groups)
    loads = [0.0] * plan.processes
    for group in plan.groups:
        loads[loads.index(min(loads))] += group.seconds
    return START + max(loads)


def _classes(requests: Sequence[Request]) -> list[_Class]:
    """Runs fit if they share an encoder, the shape of what is seen, and all of their training but
    rate and decay; objectives with weights of their own only fit to themselves."""
    alike: dict[Any, list[int]] = {}
    shapes: dict[int, Any] = {}
    for number, request in enumerate(requests):
        process = id(request.process)
        if process not in shapes:
            shapes[process] = _shape(request.process)
        alike.setdefault((_key(request), shapes[process]), []).append(number)
    classes = []
    for numbers in alike.values():
        example = requests[numbers[0]]
        steps = example.training.steps + example.training.continuation
        classes.append(_Class(numbers, traced(example), steps))
    return classes


def _key(request: Request) -> Any:
    training = request.training
    own = id(request.objective) if has_weights(request.objective) else None
    shared = training.steps, training.batch, training.schedule, training.dtype
    return id(request.encoder), own, shared, training.certificate


def _shape(process: World) -> Any:
    drawn = process.draw(2, seed=0)
    return isinstance(drawn, Pairs), drawn.x.shape[1:]
