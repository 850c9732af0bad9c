"""What is done to a model, so that it goes on learning with it, and may heal.

Severities mean what ``ssl_theory.collapse.damage`` says. There an observation is damaged; here all
that passes a place in the model is, in training and when it is looked at. Centres, axes and means
are those of the probe when the damage began, and stay.
"""

from collections.abc import Callable

import torch
from scipy.optimize import brentq
from torch import Generator, Tensor

from benchmarks.collapse.data import FRAMES
from ssl_theory.collapse.kinds import Kind

__all__ = ["DAMAGES", "PLACES", "Change"]

Change = Callable[..., Tensor]

CENTRES = 8
CELL = 32  # items about a centre, where few directions are to be left


def complete(rows: Tensor, s: float, generator: Generator) -> Change:
    mean = rows.mean(0)
    return lambda z: torch.lerp(z, mean.to(z), s)


def dimensional(rows: Tensor, s: float, generator: Generator) -> Change:
    mean, variances, axes = _principal(rows)
    ranks = torch.linspace(1, 0, len(variances)).to(variances)

    def tilted(steepness: float) -> Tensor:
        return variances * torch.exp(-steepness * ranks)

    wanted = max(1.0, (1 - s) * _participation(variances)) * (1 + 1e-9)
    fall = tilted(brentq(lambda b: _participation(tilted(b)) - wanted, 0.0, 1e4)) / variances
    return _along(mean, axes, (fall * variances.sum() / (variances * fall).sum()).sqrt())


def tail(rows: Tensor, s: float, generator: Generator) -> Change:
    mean, variances, axes = _principal(rows)
    weakest = torch.arange(len(variances)) < len(variances) // 4
    return _along(mean, axes, torch.where(weakest, 1 - s, 1.0).to(axes))


def cluster(rows: Tensor, s: float, generator: Generator) -> Change:
    centres = _centres(rows, CENTRES, generator)
    return lambda z: torch.lerp(z, centres.to(z)[_nearest(z, centres)], s)


def local(rows: Tensor, s: float, generator: Generator) -> Change:
    centres = _centres(rows, len(rows) // CELL, generator)
    d = rows.shape[1]
    left = max(1, round((1 - s) * d))
    residuals = (rows - centres[_nearest(rows, centres)]).double()
    variances, axes = torch.linalg.eigh(residuals.T @ residuals / len(rows))
    spreads = variances.clamp_min(float(1e-12 * variances.max())).sqrt()
    # In coordinates in which residuals are even, so that all cells together keep their spectrum.
    white, back = axes / spreads, (axes * spreads).T
    drawn = torch.randn(len(centres), d, left, generator=generator, dtype=white.dtype)
    frames = torch.linalg.qr(drawn).Q * (d / left) ** 0.25
    flattening = white @ frames @ frames.transpose(1, 2) @ back

    def change(z: Tensor) -> Tensor:
        cells = _nearest(z, centres)
        about = centres.to(z)[cells]
        order = cells.argsort()
        parts = (z - about)[order].split(torch.bincount(cells, minlength=len(centres)).tolist())
        flat = torch.cat([part @ f.to(z) for part, f in zip(parts, flattening, strict=True)])
        return about + flat[order.argsort()]

    return change


def temporal(rows: Tensor, s: float, generator: Generator) -> Change:
    def change(z: Tensor) -> Tensor:
        frames = z.view(-1, FRAMES, z.shape[1])
        return torch.lerp(frames, frames.mean(1, keepdim=True), s).flatten(0, 1)

    return change


def augmentation(rows: Tensor, s: float, generator: Generator) -> Change:
    mean, variances, axes = _principal(rows)
    spread = (axes * variances.sqrt()).T

    def change(z: Tensor) -> Tensor:
        noise = torch.randn(z.shape, generator=generator).to(z) @ spread.to(z)
        kept = torch.lerp(mean.to(z), z, (1 - s) ** 0.5)
        return kept + s**0.5 * noise

    return change


def mean_drift(rows: Tensor, s: float, generator: Generator) -> Change:
    mean = rows.mean(0)
    square = rows.var(0, correction=0).sum() + mean @ mean
    step = torch.randn(len(mean), generator=generator).to(mean)
    step -= (step @ mean) / (mean @ mean) * mean
    step *= (square / (1 - s) - square).sqrt() / step.norm()
    return lambda z: z + step.to(z)


def numeric(rows: Tensor, s: float, generator: Generator) -> Change:
    lost = _some(len(rows), s, generator)[:, None]

    def change(z: Tensor) -> Tensor:
        # Only the probe, in one view or both: one batch with inf ends any training at once.
        views, others = divmod(len(z), len(lost))
        return z if others else z.masked_fill(lost.repeat(views, 1), torch.inf)

    return change


def dead_units(rows: Tensor, s: float, generator: Generator) -> Change:
    lost = _some(rows.shape[1], s, generator)
    return lambda units: units.masked_fill(lost, 0.0)


def token(rows: Tensor, s: float, generator: Generator) -> Change:
    return lambda tokens: torch.lerp(tokens, tokens.mean(1, keepdim=True), s)


def partial_prototype(rows: Tensor, s: float, generator: Generator) -> Change:
    lost = _some(len(rows), s, generator)
    left = (~lost).nonzero()[:, 0]
    heirs = left[torch.randint(len(left), (len(rows),), generator=generator)]
    source = torch.where(lost, heirs, torch.arange(len(rows)))
    return lambda prototypes: prototypes[source]


def codebook(rows: Tensor, s: float, generator: Generator) -> Change:
    lost = _some(rows.shape[1], s, generator)
    return lambda scores: scores.masked_fill(lost, -torch.inf)


def predictor_identity(rows: Tensor, s: float, generator: Generator) -> Change:
    return lambda predictions, z: torch.lerp(predictions, z, s)


DAMAGES: dict[Kind, Callable[[Tensor, float, Generator], Change]] = {
    Kind.COMPLETE: complete,
    Kind.DIMENSIONAL: dimensional,
    Kind.TAIL: tail,
    Kind.CLUSTER: cluster,
    Kind.PARTIAL_PROTOTYPE: partial_prototype,
    Kind.CODEBOOK: codebook,
    Kind.DEAD_UNITS: dead_units,
    Kind.PREDICTOR_IDENTITY: predictor_identity,
    Kind.SPLIT: dimensional,
    Kind.TEMPORAL: temporal,
    Kind.TOKEN: token,
    Kind.LOCAL: local,
    Kind.AUGMENTATION: augmentation,
    Kind.MEAN_DRIFT: mean_drift,
    Kind.NUMERIC: numeric,
}

PLACES: dict[Kind, tuple[str, ...]] = {
    **dict.fromkeys(DAMAGES, ("z",)),
    Kind.COMPLETE: ("z", "backbone"),
    Kind.DIMENSIONAL: ("z", "backbone"),
    Kind.DEAD_UNITS: ("units",),
    Kind.TOKEN: ("tokens",),
    Kind.PARTIAL_PROTOTYPE: ("prototypes",),
    Kind.CODEBOOK: ("codes",),
    Kind.PREDICTOR_IDENTITY: ("predictions",),
}
"""Where the damage sits: fields of what an encoder sees, or of what a program has beside it."""


def _principal(rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Mean, variances from the least on, and their axes in columns."""
    mean = rows.mean(0)
    centred = (rows - mean).double()
    variances, axes = torch.linalg.eigh(centred.T @ centred / (len(rows) - 1))
    return mean, variances.clamp_min(float(1e-14 * variances[-1])), axes


def _participation(variances: Tensor) -> float:
    return float(variances.sum() ** 2 / variances.square().sum())


def _along(mean: Tensor, axes: Tensor, gain: Tensor) -> Change:
    """Stretched along axes about a mean."""
    matrix = axes * gain @ axes.T
    return lambda z: mean.to(z) + (z - mean.to(z)) @ matrix.to(z)


def _centres(rows: Tensor, count: int, generator: Generator) -> Tensor:
    """Of Lloyd's algorithm; a cell that is left empty keeps its centre."""
    centres = rows[torch.randperm(len(rows), generator=generator)[:count]]
    for _ in range(15):
        cells = _nearest(rows, centres)
        sizes = torch.bincount(cells, minlength=count)[:, None]
        sums = torch.zeros_like(centres).index_add_(0, cells, rows)
        centres = torch.where(sizes > 0, sums / sizes.clamp_min(1), centres)
    return centres


def _nearest(z: Tensor, centres: Tensor) -> Tensor:
    given, centres = z.detach(), centres.to(z)
    return (centres.square().sum(1) - 2 * given @ centres.T).argmin(1)


def _some(count: int, share: float, generator: Generator) -> Tensor:
    """As large a share of so many, at random; one is always left."""
    order = torch.randperm(count, generator=generator)
    return order < min(round(share * count), count - 1)
