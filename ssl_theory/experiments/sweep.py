"""Many trainings in as few programs as there are shapes of them."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ssl_theory.experiments.axes import axis
from ssl_theory.experiments.descent import trained
from ssl_theory.experiments.encoders import Encoder
from ssl_theory.experiments.groups import grouped
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.result import Result
from ssl_theory.experiments.results import Results
from ssl_theory.experiments.run import STANDARD
from ssl_theory.experiments.training import Training
from ssl_theory.processes import World

__all__ = ["sweep"]


def sweep(
    objective: Any,
    process: World | Mapping[str, World] | Sequence[World],
    encoder: Encoder | Mapping[str, Encoder] | Sequence[Encoder],
    training: Training | Mapping[str, Training] | Sequence[Training] = STANDARD,
    *,
    seeds: Iterable[int] = range(16),
    together: int = 64,
) -> Results:
    """Train all combinations of what is given, from each seed.

    Each of the first four is one value, or several: a mapping by name, a list or a tuple. What
    :func:`~ssl_theory.experiments.run` would give for a combination and a seed is what comes out
    here, to rounding, whatever runs ``together``.

    >>> from ssl_theory.experiments.encoders import Linear
    >>> from ssl_theory.objectives import gaussian_infomax
    >>> from ssl_theory.processes import GaussianPairs
    >>> rates = {"slow": Training(200, 64, 0.003), "fast": Training(200, 64, 0.03)}
    >>> results = sweep(gaussian_infomax(), GaussianPairs(), Linear(2), rates, seeds=range(3))
    >>> len(results), results[0].seed, results[-1].training.rate
    (6, 0, 0.03)
    """
    axes = {"objective": objective, "process": process, "encoder": encoder, "training": training}
    axes = {"objective": objective, "process": process, "encoder": encoder, "training": training}
    named: list[Any] = [axis(what, given).items() for what, given in axes.items()]
    requests = []
    for *chosen, seed in itertools.product(*named, list(seeds)):
        names, values = zip(*chosen, strict=True)
        requests.append(Request(**dict(zip(axes, values, strict=True)), seed=seed, names=names))
    done: dict[int, Result] = {}
    for numbers in grouped(requests, together):
        done |= zip(numbers, trained([requests[number] for number in numbers]), strict=True)
    return Results([done[number] for number in range(len(requests))], requests)
