"""Four small worlds that move: items on trajectories, and two views of every item."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Generator, Tensor
from torch.nn.functional import grid_sample

__all__ = ["DATA", "FRAMES", "SIDE", "augmented"]

SIDE = 8  # every item is 8 x 8, or as many numbers
FRAMES = 8
LATENT, COMPONENTS = 12, 20
STAYS = 0.8  # correlation of a latent from one frame to the next


def augmented(items: Tensor, strength: float, generator: Generator) -> Tensor:
    """Another view: a random gain, noise, and some coordinates left out."""
    noise = torch.randn(items.shape, generator=generator)
    gain = torch.randn(len(items), 1, 1, generator=generator).mul_(0.15 * strength).add_(1)
    seen = torch.rand(items.shape, generator=generator) >= 0.1 * strength
    return noise.mul_(0.3 * strength).addcmul_(items, gain).mul_(seen)


def walks(trajectories: int, dimensions: int, generator: Generator) -> Tensor:
    """Standard Gaussian latents ``(trajectories, frames, dimensions)``, correlated in time."""
    steps = torch.randn(trajectories, FRAMES, dimensions, generator=generator)
    steps[:, 1:] *= (1 - STAYS**2) ** 0.5
    for frame in range(1, FRAMES):
        steps[:, frame] += STAYS * steps[:, frame - 1]
    return steps


def standardised(items: Tensor) -> Tensor:
    """As images of zero mean and unit variance over all."""
    centred = items - items.mean((0, 1))
    return (centred / centred.std()).view(*items.shape[:2], SIDE, SIDE)


def gaussian_mixture(trajectories: int, generator: Generator) -> Tensor:
    """A trajectory wanders about one of the centres; what is seen is a curved image of where."""
    centres = 1.5 * torch.randn(COMPONENTS, LATENT, generator=generator)
    mixing = torch.randn(LATENT, SIDE**2, generator=generator) / LATENT**0.5
    which = torch.randint(COMPONENTS, (trajectories,), generator=generator)
    latents = centres[which][:, None] + walks(trajectories, LATENT, generator)
    return standardised((latents @ mixing).tanh())


def power_law(trajectories: int, generator: Generator) -> Tensor:
    """Gaussian along 32 directions whose variances fall as a power of their rank."""
    directions = SIDE**2 // 2
    turn, _ = torch.linalg.qr(torch.randn(SIDE**2, directions, generator=generator))
    latents = walks(trajectories, directions, generator)
    kept = torch.randn(trajectories, 1, directions, generator=generator)
    deviations = torch.arange(1, directions + 1) ** -0.35
    return standardised((latents + kept) * deviations @ turn.T)


def digits(trajectories: int, generator: Generator) -> Tensor:
    """Written digits that drift about."""
    images = _digits()
    which = torch.randint(len(images), (trajectories,), generator=generator)
    still = images[which].repeat_interleave(FRAMES, 0)[:, None]
    shift = 0.3 * walks(trajectories, 2, generator).view(-1, 1, 1, 2)
    line = torch.linspace(-1 + 1 / SIDE, 1 - 1 / SIDE, SIDE)
    grid = torch.stack(torch.meshgrid(line, line, indexing="xy"), -1) + shift
    moved = grid_sample(still, grid, align_corners=False)
    return standardised(moved.view(trajectories, FRAMES, -1))


def moving_dot(trajectories: int, generator: Generator) -> Tensor:
    """Two round spots, of sizes and brightnesses of their own, that wander and bounce."""
    line = torch.arange(SIDE, dtype=torch.float32)
    seen = torch.zeros(trajectories, FRAMES, SIDE, SIDE)
    for _ in range(2):
        start = SIDE * torch.rand(trajectories, 1, 2, generator=generator)
        speed = torch.randn(trajectories, 1, 2, generator=generator)
        path = start + speed * torch.arange(FRAMES)[:, None]
        place = (SIDE - 1) * (1 - (path / SIDE % 2 - 1).abs())  # folded back at the walls
        reach = 0.8 + torch.rand(trajectories, 1, 1, 1, generator=generator)
        bright = 0.5 + torch.rand(trajectories, 1, 1, 1, generator=generator)
        down, across = ((line - place[..., axis, None]).square() for axis in (0, 1))
        distance = down[..., :, None] + across[..., None, :]
        seen += bright * (-distance / (2 * reach**2)).exp()
    return standardised(seen.flatten(2))


@cache
def _digits() -> Tensor:
    from sklearn.datasets import load_digits

    return torch.from_numpy(load_digits().images.astype(np.float32) / 16)


@dataclass(frozen=True)
class Data:
    """A world: ``draw(trajectories, generator)`` gives ``(trajectories, frames, 8, 8)``."""

    name: str
    draw: Callable[[int, Generator], Tensor]
    image: bool  # whether neighbours in its rows and columns belong together


DATA = {
    world.name: world
    for world in (
        Data("mixture", gaussian_mixture, False),
        Data("power-law", power_law, False),
        Data("digits", digits, True),
        Data("moving-dot", moving_dot, True),
    )
}
