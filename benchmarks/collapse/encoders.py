"""Three small encoders, with everything that can be looked at on the way."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from benchmarks.collapse.data import SIDE

__all__ = ["EMBEDDED", "ENCODERS", "Encoder", "Seen", "at_least_single"]

EMBEDDED = 32
ENCODERS = ("linear", "mlp", "conv")


class Seen(NamedTuple):
    """What an encoder makes of items, and what it made on the way."""

    z: Tensor  # (items, EMBEDDED)
    backbone: Tensor  # (items, width), what the projector was given
    units: Tensor  # (items, width), a hidden layer
    tokens: Tensor | None  # (items, places, channels), of the convolution


class Encoder(nn.Module):
    """A backbone and a projector, of one of the ``ENCODERS``; deep projectors normalise batches.

    The convolution reads images along both axes, and vectors along their coordinates. ``damages``
    maps a place, a field of ``Seen``, to what is done there to everything that passes.
    """

    def __init__(self, kind: str, width: int, image: bool) -> None:
        super().__init__()
        self.image, self.damages = image, dict[str, Callable[[Tensor], Tensor]]()
        channels = width // 4
        plane = nn.Conv2d(1, channels, 4, stride=2, padding=1)
        line = nn.Conv1d(1, channels, 4, stride=4)
        places = SIDE**2 // 4
        self.convolution = (plane if image else line) if kind == "conv" else None
        self.inner = nn.Linear(places * channels if kind == "conv" else SIDE**2, width)
        self.outer = nn.Linear(width, width) if kind == "mlp" else None
        deep = nn.Sequential(nn.Linear(width, width), nn.BatchNorm1d(width))
        self.hidden = None if kind == "linear" else deep
        self.projector = nn.Linear(width, EMBEDDED)

    def forward(self, items: Tensor) -> Seen:
        flat, tokens = items.flatten(1), None
        if self.convolution is not None:
            maps = self.convolution(items[:, None] if self.image else flat[:, None])
            tokens = self.passing("tokens", gelu(maps.flatten(2).transpose(1, 2)))
            flat = tokens.flatten(1)
        inner = self.inner(flat)
        backbone = inner if self.outer is None else self.outer(gelu(inner))
        units = backbone if self.hidden is None else gelu(self.hidden(backbone))
        units = self.passing("units", units)
        z = self.passing("z", self.projector(units))
        return Seen(z, self.passing("backbone", backbone), units, tokens)

    @torch.no_grad()
    def standardise(self, items: Tensor) -> None:
        """Set the projector so that these items fill every coordinate evenly, about zero."""
        z = self(items).z
        scale = z.std(0)
        self.projector.weight /= scale[:, None]
        self.projector.bias -= z.mean(0)
        self.projector.bias /= scale

    def passing(self, place: str, what: Tensor) -> Tensor:
        """As it leaves that place."""
        return self.damages[place](what) if place in self.damages else what


def at_least_single(z: Tensor) -> Tensor:
    """Half precision, which carries its rounding along, in single."""
    return z.float() if z.itemsize < 4 else z
