"""The encoder that no training can beat: what the process itself would answer."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.processes import World

__all__ = ["Oracle"]


@dataclass(frozen=True)
class Oracle:
    """The exact inverse of a process's mixing: each view is embedded as the latents it shows.

    It has no weights and no gradient. What a trained encoder falls short of it is the training's
    doing; what it falls short of one is not to be known.

    >>> from ssl_theory.processes import SpherePairs
    >>> from ssl_theory.processes.mixings import Mobius
    >>> sphere = SpherePairs(mixing=Mobius(pole=-2.0))
    >>> pairs = sphere.draw(100, seed=0)
    >>> z = Oracle(sphere).apply({}, torch.from_numpy(pairs.x)).numpy()
    >>> bool(np.allclose(z, pairs.latents))
    True
    """

    process: World

    def __post_init__(self) -> None:
        _mixing(self.process)

    def initial(self, features: int, seed: int) -> Weights:
        return {}

    def apply(self, weights: Weights, x: Tensor) -> Tensor:
        return _Inverse.apply(x, _mixing(self.process))


def _mixing(process: World) -> Any:
    # Films have a picture of each place where others have a mixing; linear ones have a matrix.
    for name in ("mixing", "dot", "sprite"):
        mixing = getattr(process, name, None)
        if callable(getattr(mixing, "inverse", None)):
            return mixing
    raise TypeError(
        f"`process` must have a mixing with an inverse, got {type(process).__name__}. "
        "Use its latents themselves."
    )


class _Inverse(torch.autograd.Function):
    """A function of numpy arrays for tensors that may be batched by ``torch.func.vmap``."""

    @staticmethod
    def forward(x: Tensor, mixing: Any) -> Tensor:
        rows: NDArray[np.float64] = x.detach().double().flatten(0, -2).cpu().numpy()
        latents = torch.from_numpy(np.ascontiguousarray(mixing.inverse(rows)))
        return latents.to(x).reshape(*x.shape[:-1], latents.shape[-1])

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Tensor) -> None:
        ctx.mark_non_differentiable(output)

    @staticmethod
    def vmap(info: Any, in_dims: Any, x: Tensor, mixing: Any) -> tuple[Tensor, int]:
        return _Inverse.apply(x.movedim(in_dims[0], 0), mixing), 0
