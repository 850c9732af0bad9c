"""Many trainings in as few programs as are worth it."""

import itertools
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

from ssl_theory.experiments.axes import axis
from ssl_theory.experiments.encoders import Encoder
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.results import Results
from ssl_theory.experiments.run import STANDARD
from ssl_theory.experiments.training import Training
from ssl_theory.experiments.undertaking import Undertaking
from ssl_theory.processes import World

__all__ = ["sweep"]

SOLVERS = ("auto", "gradient", "closed form")


def sweep(
    objective: Any,
    process: World | Mapping[str, World] | Sequence[World],
    encoder: Encoder | Mapping[str, Encoder] | Sequence[Encoder],
    training: Training | Mapping[str, Training] | Sequence[Training] = STANDARD,
    *,
    seeds: Iterable[int] = range(16),
    solver: str = "auto",
    folder: str | os.PathLike[str] | None = None,
    executor: Executor | Any | None = None,
    processes: int | None = 1,
    together: int | None = None,
) -> Results:
    """Train all combinations of what is given, from each seed.

    Each of the first four is one value, or several: a mapping by name, a list or a tuple. What
    :func:`~ssl_theory.experiments.run` would give for a combination and a seed is what comes out
    here, to rounding, whatever runs beside it: at most ``together`` runs share a program, by
    default as many as :mod:`ssl_theory.experiments.cost` finds worth it.

    ``solver`` may be "gradient"; or "closed form", for linear encoders of Gaussian pairs and an
    objective whose optimum theory knows; "auto" takes the closed form wherever there is one.

    With a ``folder`` nothing is done twice: what was finished is read, what was half done goes on
    where it was, to the same bits. The work is sent to ``executor``, one of
    ``concurrent.futures`` or a Dask client, a group of runs at a time, one thread to each; or to
    as many ``processes`` of this machine (``None``: as many as the cost model finds worth it; a
    script must then be guarded by ``if __name__ == "__main__":``, as for any process pool).

    >>> from ssl_theory.experiments.encoders import Perceptron
    >>> from ssl_theory.objectives import gaussian_infomax
    >>> from ssl_theory.processes import GaussianPairs
    >>> rates = {"slow": Training(50, 64, 0.003), "fast": Training(50, 64, 0.03)}
    >>> toy = Perceptron(2, widths=(8,))
    >>> results = sweep(gaussian_infomax(), GaussianPairs(), toy, rates, seeds=range(3))
    >>> len(results), results[0].seed, results[-1].training.rate
    (6, 0, 0.03)
    """
    if solver not in SOLVERS:
        raise ValueError(f"`solver` must be one of {', '.join(SOLVERS)}, got {solver!r}.")
    for name, count in (("processes", processes), ("together", together)):
        if count is not None and count < 1:
            raise ValueError(f"`{name}` must be at least 1, got {count}. Use None for a choice.")
    axes = {"objective": objective, "process": process, "encoder": encoder, "training": training}
    choices: list[Any] = [axis(what, given).items() for what, given in axes.items()]
    requests = []
    for *chosen, seed in itertools.product(*choices, list(seeds)):
        names, values = zip(*chosen, strict=True)
        requests.append(Request(**dict(zip(axes, values, strict=True)), seed=seed, names=names))
    undertaking = Undertaking(requests, folder)
    if solver != "gradient":
        undertaking.solve(must=solver == "closed form")
    undertaking.train(executor, processes, together)
    return undertaking.results()
