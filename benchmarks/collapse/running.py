"""One run of the plan, from its name to the series of everything that is followed."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Generator

from benchmarks.collapse.baselines import followed
from benchmarks.collapse.damages import DAMAGES, PLACES
from benchmarks.collapse.plan import WEAKENED, Run
from benchmarks.collapse.training import STEPS, Training
from ssl_theory.collapse.detectors import measure
from ssl_theory.collapse.kinds import Kind

__all__ = ["record"]

ONSET = (60, 90)  # of what happens: the first probe, and the first that is too late
AFTER, AFTER_HEALTHY = 30, 40  # probes from there on
WARM_UP, EARLY = 160, 40  # steps before the first probe
RAMP = 3  # probes until a damage is all there


def record(run: Run) -> dict[str, np.ndarray]:
    """Train and probe, deterministically: by name, channels and baselines, and the onset."""
    torch.set_num_threads(1)
    chance = np.random.default_rng(run.seed)
    onset = int(chance.integers(*ONSET))
    width = 96 if run.what == "width x 3/2" else 64
    training = Training(run.program, run.data, run.encoder, run.seed, width)
    for _ in range(EARLY if run.what == "early" else WARM_UP):
        training.step()
    befall = _befalling(run, training)
    series: list[dict[str, float]] = []
    for probe in range(ONSET[1] + AFTER_HEALTHY if run.healthy else onset + AFTER):
        if probe >= onset:
            befall(probe - onset)
        seen = training.observe()
        series.append(measure(seen) | followed(seen))
        for _ in range(STEPS):
            training.step()
    names = sorted({name for row in series for name in row})
    values = [[row.get(name, np.nan) for row in series] for name in names]
    numbers = np.array(values, np.float32)
    return {"names": np.array(names), "values": numbers, "onset": np.array(onset)}


def _befalling(run: Run, training: Training) -> Callable[[int], None]:
    """What happens to it, by how many probes ago it began."""
    if run.what == WEAKENED:
        return lambda since: setattr(training.program, "weakened", True)
    if run.healthy:
        return _control(run.what, training)
    return _damage(Kind(run.what), run.severity / 100, run.seed, training)


def _damage(kind: Kind, severity: float, seed: int, training: Training) -> Callable[[int], None]:
    before: dict[str, torch.Tensor] = {}

    def befall(since: int) -> None:
        if since >= RAMP:
            return
        if not since:
            before.update(training.taps())
        for place in PLACES[kind]:
            damage, now = DAMAGES[kind], severity * (since + 1) / RAMP
            drawn = Generator().manual_seed(seed)
            training.damages(place)[place] = damage(before[place], now, drawn)

    return befall


def _control(what: str, training: Training) -> Callable[[int], None]:
    def befall(since: int) -> None:
        if what == "rate / 10":
            training.set_rate(0.1)
        elif what == "warm restart":
            training.set_rate(1 + 2 * 0.5 * (1 + np.cos(np.pi * min(since / AFTER_HEALTHY, 1))))
        elif since:
            return
        elif what == "augmentation + 50 %":
            training.strength *= 1.5
        elif what == "batch / 2":
            training.batch //= 2
        elif what == "batch x 2":
            training.batch *= 2
        elif what in ("bfloat16", "float64"):
            training.convert(getattr(torch, what))

    return befall
