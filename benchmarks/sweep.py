"""Many small trainings in one program, beside one after the other and beside their own products.

Run `python -m benchmarks.sweep` in the project's folder. In each cell a perceptron with two hidden
layers is trained by InfoNCE from many seeds, in float32 on one thread, three ways: by a loop of
plain torch (`nn.Sequential`, `torch.optim.Adam`) on data drawn in the same blocks, by a loop over
`run`, and by `sweep`. Rounds alternate the three and the bare matrix products that every step must
do; each round gives ratios of CPU seconds a step and run, and medians over rounds are printed.
The loops train as many of the runs as the cell says are timed: their runs share nothing.

Last comes what a group of runs costs beyond its training when it is sent through an executor, with
and without a folder that keeps what comes back. It exits with 1 when a limit is exceeded.

`--constants` measures the constants of `ssl_theory.experiments.cost` instead.
"""

import argparse
import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.optimize
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize

from ssl_theory.experiments import Training, cost, run, sweep
from ssl_theory.experiments.descent import Descent, trained
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.experiments.program import Program
from ssl_theory.experiments.request import Request
from ssl_theory.objectives import info_nce, vicreg
from ssl_theory.processes import GaussianPairs

__all__ = ["CELLS", "FLOOR", "TASK", "Cell", "measure", "overhead"]

FLOOR = 1.5
"""Seconds that a wide run's step may take, in units of its matrix products'."""

TASK = 5e-3
"""Seconds that a group may cost beyond its training and what the executor itself takes."""


@dataclass(frozen=True)
class Cell:
    """A size of training, how much of it is timed, and how much faster a sweep must be."""

    width: int
    batch: int
    features: int
    outputs: int
    runs: int
    steps: int
    looped: int  # runs of them that the loops do
    faster: float
    floor: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of the layers."""
        return self.features, self.width, self.width, self.outputs


CELLS = (
    Cell(width=64, batch=64, features=16, outputs=8, runs=64, steps=200, looped=8, faster=4.0),
    Cell(width=16, batch=32, features=4, outputs=4, runs=64, steps=200, looped=8, faster=10.0),
    Cell(512, 256, 64, 32, runs=16, steps=25, looped=8, faster=0.95, floor=True),
)


def textbook(z: Tensor, w: Tensor) -> Tensor:
    """InfoNCE as anyone would write it."""
    similarity = normalize(z, dim=-1) @ normalize(w, dim=-1).T / 0.1
    labels = torch.arange(len(z))
    return (cross_entropy(similarity, labels) + cross_entropy(similarity.T, labels)) / 2


def plain(cell: Cell, process: GaussianPairs, seed: int) -> list[float]:
    """A training as anyone would write it: both views in one pass, which is fastest."""
    torch.manual_seed(seed)
    layers = [nn.Linear(a, b) for a, b in itertools.pairwise(cell.sizes)]
    module = nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2])
    optimiser = torch.optim.Adam(module.parameters(), lr=1e-3)
    losses, block = [], min(50, cell.steps)
    for step in range(cell.steps):
        if step % block == 0:
            pairs = process.draw(block * cell.batch, seed=1000 * seed + step)
            views = [
                torch.from_numpy(v).float().reshape(block, cell.batch, -1) for v in tuple(pairs)
            ]
            data = torch.cat(views, dim=1)
        loss = textbook(*module(data[step % block]).split(cell.batch))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


def products(cell: Cell) -> None:
    """The matrix products of the steps of one run, there and back, and nothing else."""
    items, sizes = 2 * cell.batch, list(itertools.pairwise(cell.sizes))
    shapes = [(items, a, b) for a, b in sizes]
    shapes += [(a, items, b) for a, b in sizes] + [(items, b, a) for a, b in sizes[1:]]
    shapes += [(cell.batch, cell.outputs, cell.batch)]  # similarities, and their two gradients
    shapes += [(cell.batch, cell.batch, cell.outputs)] * 2
    factors = [(torch.randn(m, k), torch.randn(k, n), torch.empty(m, n)) for m, k, n in shapes]
    for _ in range(cell.steps):
        for left, right, out in factors:
            torch.mm(left, right, out=out)


def cpu(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(cell: Cell, rounds: int) -> dict[str, list[float]]:
    """CPU seconds a step and run of each contender, round by round."""
    process = GaussianPairs((1.0,) * cell.features, (0.5,) * cell.features)
    encoder = Perceptron(cell.outputs, (cell.width, cell.width), activation="relu")
    training = Training(cell.steps, cell.batch, schedule="constant", certificate=None)

    def each(train: Callable[[int], object]) -> None:
        for seed in range(cell.looped):
            train(seed)

    contenders: dict[str, tuple[int, Callable[[], object]]] = {
        "plain": (cell.looped, lambda: each(lambda seed: plain(cell, process, seed))),
        "run": (
            cell.looped,
            lambda: each(lambda seed: run(textbook, process, encoder, training, seed=seed)),
        ),
        "sweep": (
            cell.runs,
            lambda: sweep(textbook, process, encoder, training, seeds=range(cell.runs)),
        ),
        "products": (cell.looped, lambda: each(lambda seed: products(cell))),
    }
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, (runs, work) in contenders.items():
            taken[name].append(cpu(work) / runs / cell.steps)
    return taken


def ratio(taken: dict[str, list[float]], slow: str, fast: str) -> float:
    """The median over rounds of the ratio of two contenders."""
    return float(np.median(np.divide(taken[slow], taken[fast])))


def judged(cell: Cell, taken: dict[str, list[float]]) -> tuple[str, bool]:
    """A row of the table, and whether the limits are kept."""
    times, own = ratio(taken, "plain", "sweep"), ratio(taken, "run", "sweep")
    above = ratio(taken, "sweep", "products")
    kept = times >= cell.faster and (not cell.floor or above <= FLOOR)
    milliseconds = [1e3 * float(np.median(taken[name])) for name in ("plain", "run", "sweep")]
    columns = [f"{cell.width}", f"{cell.batch}", f"{cell.runs}", f"{cell.steps}"]
    columns += [f"{t:.3f}" for t in milliseconds] + [f"{times:.2f}", f"{own:.2f}"]
    columns += [f"{cell.faster:g}", f"{above:.2f}", f"{FLOOR:g}" if cell.floor else ""]
    return "| " + " | ".join(columns) + " |", kept


HEADER = """\
| width | batch | runs | steps | plain, ms | `run`, ms | `sweep`, ms | plain / `sweep` | \
`run` / `sweep` | at least | `sweep` / products | at most |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


class Here(Executor):
    """Does at once what is submitted, for nothing."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(*args, **kwargs))
        return future


def overhead(groups: int) -> tuple[float, float]:
    """CPU seconds a group of one short run costs beyond its training, and with a folder."""
    process, encoder = GaussianPairs(), Perceptron(2, (4,))
    training = Training(1, 16, certificate=None)
    names = ("",) * 4
    requests = [
        Request(textbook, process, encoder, training, seed, names) for seed in range(groups)
    ]
    asked = textbook, process, encoder, training
    given: dict[str, Any] = {"seeds": range(groups), "together": 1, "executor": Here()}
    with tempfile.TemporaryDirectory() as folder:
        bare = cpu(lambda: [trained([request]) for request in requests])
        sent = cpu(lambda: sweep(*asked, **given))
        kept = cpu(lambda: sweep(*asked, **given, folder=folder))
    return (sent - bare) / groups, (kept - bare) / groups


def constants() -> None:
    """Fit the constants of the cost model to steps of many sizes, and print both."""
    rows, taken = [], []
    sizes = ((16, 32, 4), (64, 64, 16), (64, 256, 16), (128, 128, 16), (512, 256, 64))
    objectives = (textbook, info_nce(), vicreg())
    for (width, batch, features), objective in itertools.product(sizes, objectives):
        process = GaussianPairs((1.0,) * features, (0.5,) * features)
        encoder = Perceptron(8, (width, width), activation="relu")
        training = Training(1000, batch, certificate=None)
        requests = [
            Request(objective, process, encoder, training, seed, ("",) * 4) for seed in range(16)
        ]
        work = cost.traced(requests[0])
        for together in (1, 2, 4, 16):
            descent = Descent(Program(requests[:together]))
            descent.advance(2)  # what is mapped is known then, and the data of a block are drawn
            steps = max(5, min(40, round(0.5 / cost.seconds(work, together) / together)))
            seconds = cpu(lambda: descent.advance(2 + steps))  # noqa: B023
            taken.append(seconds / steps / together)
            alone = work.operations * (together == 1)
            shared = work.operations / together * (together > 1)
            rows.append([alone, shared, work.multiplications, work.size])
    design = np.array(rows) / np.array(taken)[:, None]
    fitted, _ = scipy.optimize.nnls(design, np.ones(len(design)))
    error = np.sqrt(np.mean((design @ fitted - 1) ** 2))
    stated = (cost.CALL, cost.STACKED_CALL, cost.MULTIPLICATION[torch.float32], cost.BYTE)
    print(f"{len(rows)} cells, relative error of the fit {error:.2f}; seconds, measured and stated")
    for name, here, there in zip(
        ("CALL", "STACKED_CALL", "MULTIPLICATION", "BYTE"), fitted, stated, strict=True
    ):
        print(f"  {name:<16}{here:10.2g}{there:10.2g}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--width", type=int, help="the only one to measure")
    parser.add_argument("--constants", action="store_true")
    asked = parser.parse_args(arguments)
    torch.set_num_threads(1)
    if asked.constants:
        constants()
        return 0
    print(HEADER)
    outcomes = []
    for cell in (cell for cell in CELLS if asked.width in (None, cell.width)):
        row, kept = judged(cell, measure(cell, asked.rounds))
        print(row, flush=True)
        outcomes.append(kept)
    costs = np.median([overhead(groups=200) for _ in range(asked.rounds)], axis=0)
    print("beyond its training a group costs", end=" ")
    print(f"{1e3 * costs[0]:.2f} ms, {1e3 * costs[1]:.2f} ms with a folder", end=" ")
    print(f"(at most {1e3 * TASK:g})")
    outcomes.append(bool(costs.max() <= TASK))
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
