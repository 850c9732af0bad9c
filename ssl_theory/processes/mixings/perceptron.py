"""Latents seen through a leaky perceptron that can be undone."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Perceptron"]


@dataclass(frozen=True)
class Perceptron:
    r""":math:`x = \phi(\cdots\phi(z W_1)\cdots)W_L` with square weights and the leaky rectifier
    :math:`\phi(t) = \max(t, at)`, whose inverse is :math:`\min(t, t/a)`.

    Entries of :math:`W_\ell` are uniform in ``[-1, 1]`` and its columns then have length one. Each
    is the best conditioned of ``candidates`` draws: their number is fixed, so that drawing always
    ends, which rejection down to a threshold need not. The more candidates, the closer the mixing
    is to a rotation. Such a perceptron mixes the latents in [zimmermann2021inverts].

    >>> z = np.random.default_rng(0).standard_normal((5, 3))
    >>> mixing = Perceptron(layers=4)
    >>> bool(np.allclose(mixing.inverse(mixing(z)), z, atol=1e-10))
    True
    """

    layers: int = 3
    slope: float = 0.2
    candidates: int = 64
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.slope <= 1:
            raise ValueError(
                f"`slope` must lie above 0 and at most at 1, got {self.slope}: without a slope "
                "negative numbers are lost. Use 0.2."
            )
        for name in ("layers", "candidates"):
            if getattr(self, name) < 1:
                raise ValueError(f"`{name}` must be at least 1, got {getattr(self, name)}.")

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        first, *rest = self.weights(z.shape[-1])
        x: NDArray[np.float64] = z @ first
        for weight in rest:
            x = np.maximum(x, self.slope * x) @ weight
        return x

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        first, *rest = self.weights(x.shape[-1])
        for weight in reversed(rest):
            x = x @ np.linalg.inv(weight)
            x = np.minimum(x, x / self.slope)
        return x @ np.linalg.inv(first)

    def weights(self, d: int) -> tuple[NDArray[np.float64], ...]:
        """The ``W`` of every layer for ``d`` latents."""
        return _weights(self, d)

    def condition_bound(self, d: int) -> float:
        """No Jacobian has a larger condition number: that of the weights times the slopes."""
        conditions = [np.linalg.cond(weight) for weight in self.weights(d)]
        return float(np.prod(conditions) * self.slope ** (1 - self.layers))


@cache
def _weights(mixing: Perceptron, d: int) -> tuple[NDArray[np.float64], ...]:
    generator = np.random.default_rng(mixing.seed)
    chosen = []
    for _ in range(mixing.layers):
        drawn = generator.uniform(-1, 1, (mixing.candidates, d, d))
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        best = drawn[np.argmin(np.linalg.cond(drawn))].copy()
        best.setflags(write=False)
        chosen.append(best)
    return tuple(chosen)
