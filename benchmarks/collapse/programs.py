"""Eight ways to train an encoder, made of the objectives of this package wherever it has them."""

import copy
from collections.abc import Callable
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn.functional import linear, mse_loss, normalize

from benchmarks.collapse.data import FRAMES
from benchmarks.collapse.encoders import EMBEDDED, Encoder, at_least_single
from ssl_theory.alignment import Perceptron
from ssl_theory.codes import Directions, Softmax
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.objectives import (
    barlow_twins,
    byol,
    dino,
    i_jepa,
    info_nce,
    le_jepa,
    swav,
    vicreg_code,
)
from ssl_theory.uniformity import SlicedEppsPulley

__all__ = ["PROGRAMS", "Program"]

CODES = 32


class Program(nn.Module):
    """What is minimised, and what there is beside the encoder.

    It is ``weakened`` when the terms against collapse are to be switched off. ``damages`` maps
    "prototypes", "codes" or "predictions" to what is done to them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.weakened, self.damages = False, dict[str, Callable[..., Tensor]]()

    def loss(self, z: Tensor, w: Tensor, views: Tensor) -> Tensor:
        """Of the embeddings of two views of a batch of trajectories, all frames of each."""
        raise NotImplementedError

    def follow(self, encoder: Encoder) -> None:
        """After every step."""

    def seen(self, z: Tensor) -> dict[str, Tensor | int]:
        """What there is to look at beside the embeddings ``z``."""
        return {}

    def taps(self, z: Tensor) -> dict[str, Tensor]:
        """What passes the places that can be damaged."""
        return {}


class Paired(Program):
    """An objective of the package; weakened, only its alignment.

    One way is enough of views that are alike.
    """

    def __init__(self, objective: Objective) -> None:
        super().__init__()
        self.objective = replace(objective, both_ways=False)

    def loss(self, z: Tensor, w: Tensor, views: Tensor) -> Tensor:
        value = self.objective(z, w)
        return value.alignment if self.weakened else value.total


class Sketched(Program):
    """LeJEPA, whose directions are drawn anew at every step; weakened, only its alignment."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0

    def loss(self, z: Tensor, w: Tensor, views: Tensor) -> Tensor:
        self.steps += 1
        value = le_jepa(0.2, slices=32, seed=self.steps)
        value = replace(value, both_ways=False)(z, w)
        return value.alignment if self.weakened else value.total


class Following(Program):
    """With a predictor, and a slow copy of the encoder that gives the targets."""

    rate, hidden = 0.02, 64

    def __init__(self, encoder: Encoder, seed: int) -> None:
        super().__init__()
        self.predictor = Perceptron(EMBEDDED, hidden=self.hidden, seed=seed).float()
        self.slow = copy.deepcopy(encoder).requires_grad_(False)
        self.slow.damages = encoder.damages

    def follow(self, encoder: Encoder) -> None:
        slow, fast = list(self.slow.parameters()), [p.detach() for p in encoder.parameters()]
        torch._foreach_lerp_(slow, fast, 1.0 if self.weakened else self.rate)

    def targets(self, views: Tensor) -> Tensor:
        """Of the other view."""
        with torch.no_grad():
            return at_least_single(self.slow(views).z).roll(len(views) // 2, 0)

    def answer(self, z: Tensor) -> Tensor:
        """What the predictor makes of ``z``."""
        predicted = self.predictor(z)
        return self.damages["predictions"](predicted, z) if self.damages else predicted

    def seen(self, z: Tensor) -> dict[str, Tensor | int]:
        return {"predictions": self.answer(z)}

    def taps(self, z: Tensor) -> dict[str, Tensor]:
        return {"predictions": self.answer(z)}


class Bootstrapped(Following):
    """BYOL; weakened, it has neither a predictor nor a stopped gradient.

    Its predictor is a bottleneck of a quarter of the dimensions, like SimSiam's.
    """

    hidden = EMBEDDED // 4

    def __init__(self, encoder: Encoder, seed: int) -> None:
        super().__init__(encoder, seed)
        self.objective = byol(_Answer(self), EMBEDDED)

    def loss(self, z: Tensor, w: Tensor, views: Tensor) -> Tensor:
        if self.weakened:
            return mse_loss(z, w)
        return self.objective(torch.cat([z, w]), self.targets(views)).alignment


class Forecasting(Following):
    """A JEPA of sequences, the next frame predicted and all kept Gaussian; weakened, not."""

    def __init__(self, encoder: Encoder, seed: int) -> None:
        super().__init__(encoder, seed)
        self.objective, self.spread = i_jepa(_Answer(self), EMBEDDED), SlicedEppsPulley(0.25, 32)

    def loss(self, z: Tensor, w: Tensor, views: Tensor) -> Tensor:
        now = torch.cat([z, w]).view(-1, FRAMES, EMBEDDED)[:, :-1]
        later = self.targets(views).view(-1, FRAMES, EMBEDDED)[:, 1:]
        surprise = self.objective(now.flatten(0, 1), later.flatten(0, 1)).alignment
        if self.weakened:
            return surprise
        return surprise - self.spread.entropy(w, given=z)


class _Answer(nn.Module):
    """The predictor as the objective sees it: damaged where it is, and no parameters twice."""

    def __init__(self, program: Following) -> None:
        super().__init__()
        self.answer = program.answer

    def forward(self, z: Tensor) -> Tensor:
        return self.answer(z)


class Worn(Directions):
    """Prototypes that may be damaged."""

    damage: Callable[[Tensor], Tensor] | None = None

    def forward(self, z: Tensor) -> Tensor:
        return linear(z, self.directions.to(z.dtype))

    @property
    def directions(self) -> Tensor:
        """Of unit length, as they are compared."""
        return normalize(self.damage(self.weight) if self.damage else self.weight)


class Prototypes(Program):
    """SwAV; weakened, nothing shares the codes out."""

    def __init__(self, encoder: Encoder, seed: int) -> None:
        super().__init__()
        self.prototypes = Worn(EMBEDDED, CODES, seed=seed).float()

    def loss(self, z: Tensor, w: Tensor, views: Tensor) -> Tensor:
        self.prototypes.damage = self.damages.get("prototypes")
        if self.weakened:
            return dino(0.1, Softmax(0.05), self.prototypes)(z, w).alignment
        objective = swav(0.1, 0.05, self.prototypes)
        return replace(objective, both_ways=False)(z, w).alignment

    def seen(self, z: Tensor) -> dict[str, Tensor | int]:
        scores = self.prototypes(normalize(z))
        return {"assignments": (scores / 0.1).softmax(1), "prototypes": self.prototypes.directions}

    def taps(self, z: Tensor) -> dict[str, Tensor]:
        return {"prototypes": self.prototypes.weight}


class Codebook(Program):
    """The nearest of a few codes, passed straight through, told apart; weakened, only attracted."""

    def __init__(self, encoder: Encoder, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.codes = nn.Parameter(normalize(torch.randn(CODES, EMBEDDED, generator=generator)))
        self.objective = replace(info_nce(0.2), both_ways=False)

    def nearest(self, unit: Tensor) -> Tensor:
        """Which code each row is nearest to, among those that are not lost."""
        scores = self.taps(unit)["codes"]
        return (self.damages["codes"](scores) if self.damages else scores).argmax(1)

    @torch.no_grad()
    def taps(self, z: Tensor) -> dict[str, Tensor]:
        return {"codes": normalize(z) @ normalize(self.codes).T.to(z.dtype)}

    def loss(self, z: Tensor, w: Tensor, views: Tensor) -> Tensor:
        unit = normalize(torch.cat([z, w]))
        chosen = normalize(self.codes)[self.nearest(unit)]
        attraction = (unit - chosen.detach()).square().sum(1).mean() / 4
        attraction = attraction + (unit.detach() - chosen).square().sum(1).mean()
        passed = unit + (chosen - unit).detach()
        value = self.objective(unit[: len(z)], passed[len(z) :])
        return attraction + (value.alignment if self.weakened else value.total)

    def seen(self, z: Tensor) -> dict[str, Tensor | int]:
        return {"assignments": self.nearest(normalize(z)), "codes": CODES}


PROGRAMS: dict[str, Callable[[Encoder, int], Program]] = {
    "info-nce": lambda encoder, seed: Paired(info_nce(0.2)),
    "vicreg": lambda encoder, seed: Paired(vicreg_code()),
    "barlow": lambda encoder, seed: Paired(barlow_twins(0.02)),
    "byol": Bootstrapped,
    "prototypes": Prototypes,
    "codebook": Codebook,
    "jepa": Forecasting,
    "sigreg": lambda encoder, seed: Sketched(),
}
