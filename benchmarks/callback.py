"""The cost of a watch in a training loop: the same steps with it and without.

Run `python -m benchmarks.callback` in the project's folder. VICReg trains a perceptron of layers
784-1024-1024-256 with batch normalisation, and a projector 256-256-128, on two noisy views of 256
items a step; the watch shows 1,024 items to a monitor every 50 steps, seen at the projector and at
the backbone. One round is 50 steps of one model with the watch and 50 without, in either order in
turn, and the median of the rounds' ratios is given. The share that is spent in `watch.step()` is
told besides: it is less disturbed by other programs, and blind to what the watch costs elsewhere.
The verdict uses CPU seconds. It exits with 1 when the watch costs more than its budget.
"""

import argparse
import itertools
import statistics
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from ssl_theory.collapse.monitor import Monitor
from ssl_theory.integrations.torch_hooks import Watch
from ssl_theory.objectives import vicreg

__all__ = ["BUDGET", "main", "measure"]

BUDGET = 0.05
"""Share of the time of training that the watch may take."""

BATCH, PROBE, EVERY, PIXELS = 256, 1024, 50, 784


def perceptron(*widths: int) -> nn.Sequential:
    """Layers with batch normalisation between them."""
    layers: list[nn.Module] = []
    for before, after in itertools.pairwise(widths):
        layers += [nn.Linear(before, after), nn.BatchNorm1d(after), nn.ReLU()]
    return nn.Sequential(*layers[:-2])


class Loop:
    """A model in training."""

    def __init__(self) -> None:
        self.generator = torch.Generator().manual_seed(0)
        self.model = nn.Sequential(perceptron(PIXELS, 1024, 1024, 256), perceptron(256, 256, 128))
        self.optimiser = torch.optim.AdamW(self.model.parameters(), lr=1e-3)
        self.objective = vicreg()
        self.mixing = torch.randn(32, PIXELS, generator=self.generator)

    def items(self, n: int) -> Tensor:
        """Of 32 latent dimensions."""
        return torch.tanh(torch.randn(n, 32, generator=self.generator) @ self.mixing / 4)

    def step(self) -> None:
        """Draw a batch and its two views, and descend."""
        x = self.items(BATCH)
        noise = 0.1 * torch.randn(2, BATCH, PIXELS, generator=self.generator)
        z, w = self.model(torch.cat([x + noise[0], x + noise[1]])).chunk(2)
        self.optimiser.zero_grad()
        self.objective(z, w).total.backward()
        self.optimiser.step()


@dataclass
class Clock:
    """CPU and wall seconds of what ran inside ``with clock:``, one pair for each time."""

    times: list[tuple[float, float]] = field(default_factory=list)

    def __enter__(self) -> None:
        self._began = time.process_time(), time.perf_counter()

    def __exit__(self, *raised: object) -> None:
        cpu, wall = self._began
        self.times.append((time.process_time() - cpu, time.perf_counter() - wall))


@dataclass(frozen=True)
class Cost:
    """What was measured."""

    without: list[tuple[float, float]]  # CPU and wall seconds of each round
    watched: list[tuple[float, float]]
    looks: list[tuple[float, float]]  # of each probe, among the latter
    monitor: Monitor

    def ratio(self, clock: int) -> float:
        """The median over rounds of the time with the watch over that without."""
        pairs = zip(self.without, self.watched, strict=True)
        return statistics.median(watched[clock] / without[clock] for without, watched in pairs)

    def share(self, clock: int) -> float:
        """Of the time of training that is spent in the watch."""
        look, steps = (statistics.median(t[clock] for t in ts) for ts in (self.looks, self.without))
        return look / steps


def measure(rounds: int) -> Cost:
    """Train in turns."""
    torch.manual_seed(0)
    loop = Loop()
    watch = Watch(loop.model, loop.items(PROBE), {"z": "", "backbone": "0"}, every=EVERY)
    watch.look()  # so that everything is loaded and in memory for both
    without, watched, looks = Clock(), Clock(), Clock()
    for number in range(rounds):
        for clock in (without, watched)[:: 1 if number % 2 else -1]:
            with clock:
                for step in range(1, EVERY + 1):
                    loop.step()
                    if clock is watched:
                        with looks if step == EVERY else nullcontext():
                            watch.step()
    return Cost(without.times, watched.times, looks.times, watch.monitor)


def main() -> int:
    """Measure, and print one line for each figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.callback", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="pairs of 50 steps")
    parser.add_argument("--threads", type=int, default=1, help="of torch")
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    cost = measure(asked.rounds)
    title = f"medians of {asked.rounds} interleaved rounds, {asked.threads} thread(s)"
    print(f"{title:<56}     CPU     wall")
    for what, times, steps in (
        ("ms per step without the watch", cost.without, EVERY),
        ("ms per step with the watch", cost.watched, EVERY),
        ("ms per probe, embedding and monitor", cost.looks, 1),
    ):
        cpu, wall = (1e3 * statistics.median(t[clock] for t in times) / steps for clock in (0, 1))
        print(f"  {what:<54}{cpu:8.2f} {wall:8.2f}")
    print(f"  {'of which the monitor':<54}{'':8} {1e3 * cost.monitor.seconds_per_probe:8.2f}")
    print(f"  {'ratio of rounds with and without':<54}{cost.ratio(0):8.4f} {cost.ratio(1):8.4f}")
    print(f"  {'share spent in the watch':<54}{cost.share(0):8.2%} {cost.share(1):8.2%}")
    kept = cost.ratio(0) <= 1 + BUDGET
    print(f"budget of {BUDGET:.0%} of CPU seconds: {'kept' if kept else 'exceeded'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
