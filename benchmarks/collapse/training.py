"""One short training, probed as it goes."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Generator, Tensor

from benchmarks.collapse.data import DATA, FRAMES, augmented
from benchmarks.collapse.encoders import Encoder, Seen, at_least_single
from benchmarks.collapse.programs import PROGRAMS
from ssl_theory.collapse.observation import Observation

__all__ = ["STEPS", "Training"]

STEPS = 2  # from one probe to the next
POOL, PROBE, BATCH = 512, 32, 12  # trajectories
RATE, EAGER = 1e-3, 10.0  # of learning; a predictor learns faster, or what it is for collapses


class Training:
    """An encoder in training. Whatever happens to it is done by changing its attributes."""

    def __init__(self, program: str, data: str, encoder: str, seed: int, width: int = 64) -> None:
        self.generator = Generator().manual_seed(seed)
        world = DATA[data]
        drawn = world.draw(POOL + PROBE, self.generator)
        self.pool = drawn[:POOL]
        probe = drawn[POOL:].flatten(0, 1)
        self.strength, self.batch, self.precision = 1.0, BATCH, torch.float32
        self.probe = torch.cat([augmented(probe, 1.0, self.generator) for _ in range(2)])
        self.trajectories = np.arange(PROBE).repeat(FRAMES)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.encoder = Encoder(encoder, width, world.image)
        self.encoder.standardise(self.pool[:64].flatten(0, 1))
        self.program = PROGRAMS[program](self.encoder, seed)
        eager = getattr(self.program, "predictor", None)
        groups = [{"params": list(self.encoder.parameters()), "factor": 1.0}]
        if eager is not None:
            groups.append({"params": list(eager.parameters()), "factor": EAGER})
        else:
            groups.append({"params": list(self.program.parameters()), "factor": 1.0})
        groups = [group for group in groups if group["params"]]
        self.optimiser = torch.optim.Adam(groups, RATE, fused=True)
        self.set_rate(1.0)

    def step(self) -> None:
        """One update."""
        which = torch.randint(POOL, (self.batch,), generator=self.generator)
        items = self.pool[which].flatten(0, 1)
        views = torch.cat([augmented(items, self.strength, self.generator) for _ in range(2)])
        with self.arithmetic():
            z, w = at_least_single(self.encoder(self.cast(views)).z).chunk(2)
            loss = self.program.loss(z, w, self.cast(views))
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.program.follow(self.encoder)

    @torch.no_grad()
    def observe(self) -> Observation:
        """The probe as it is embedded now, and all that there is to look at beside."""
        with self.arithmetic():
            seen = self.shown(self.probe)
            z, views = at_least_single(seen.z).chunk(2)
            beside = self.program.seen(z)
        on_the_way = seen._asdict() | {"z": z}
        first = {name: what[: len(z)] for name, what in on_the_way.items() if what is not None}
        return Observation.of(views=views, trajectories=self.trajectories, **first, **beside)

    @torch.no_grad()
    def taps(self) -> dict[str, Tensor]:
        """What passes every place that can be damaged, of the first view of the probe."""
        seen = self.shown(self.probe[: len(self.probe) // 2])
        passing = {name: what for name, what in seen._asdict().items() if what is not None}
        return passing | self.program.taps(seen.z)

    def shown(self, items: Tensor) -> Seen:
        """What the encoder makes of them when it does not learn."""
        self.encoder.eval()
        seen = self.encoder(self.cast(items))
        self.encoder.train()
        return seen

    def damages(self, place: str) -> dict[str, Callable[..., Tensor]]:
        """Where to set what is done at that place."""
        here = place in Seen._fields
        return self.encoder.damages if here else self.program.damages

    def arithmetic(self) -> torch.autocast:
        """In bfloat16 where it can, if that is asked for."""
        return torch.autocast("cpu", torch.bfloat16, enabled=self.precision == torch.bfloat16)

    def cast(self, items: Tensor) -> Tensor:
        """As the encoder takes them."""
        return items.double() if self.precision == torch.float64 else items

    def convert(self, precision: torch.dtype) -> None:
        """Go on in another precision."""
        self.precision = precision
        if precision == torch.float64:
            self.encoder.double()
            self.program.double()
            for state in self.optimiser.state.values():
                state.update({name: state[name].double() for name in ("exp_avg", "exp_avg_sq")})

    def set_rate(self, factor: float) -> None:
        """Of learning, in units of what it was at first."""
        for group in self.optimiser.param_groups:
            group["lr"] = RATE * factor * group["factor"]
