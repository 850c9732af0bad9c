r"""Films matched to a Kalman filter: the objective, with the filter's dynamics for its weights.

.. math::
    L = -E \log p(z_{t+1} \mid z_1, \dots, z_t) - H[z],

``p`` the filter's prediction and ``H`` the entropy of all moments of a batch by the distances to
their neighbours. Without an entropy's gradient the same is the stop-gradient form: the prediction
learns, from its context alone, to meet a target that is held still. [mikulasch2026ldm]

Embeddings are whitened over the batch: what is known of a latent, is known of its affine maps, and
a target that is held still keeps the encoder from none of them. A constant is slower than all that
is slow in a film, and one cosine as slow as two, so that the mean would become a latent, and the
dimensions one. And the slowest turn is found, once round, only if the transition starts near the
identity and learns no faster than the encoder; the mean and the noise are given larger units, in
which Adam's steps take them further.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import torch
from torch import Tensor, nn

from ssl_theory.alignment import Kalman, LinearDynamics
from ssl_theory.latent_distribution_matching import Value
from ssl_theory.uniformity import KozachenkoLeonenko

__all__ = ["FilterMatching", "whitened"]

START = 0.95  # of the transition, times the identity
PROCESS, OBSERVATION = -3.0, -1.0  # log variances, of what has variance one
UNITS: Mapping[str, float] = MappingProxyType(
    {"transition": 1.0, "rest": 10.0, "log_process": 10.0, "log_observation": 10.0}
)
"""By how much each moves where its weight moves by one."""


@dataclass(frozen=True)
class FilterMatching:
    """A Kalman filter of as many states as dimensions, and the entropy of what it is shown.

    ``still`` holds targets and entropy still. The total is then what the entropic form would be,
    though not what is descended.
    """

    still: bool
    items: int = 800  # to look for neighbours among
    uniformity: KozachenkoLeonenko = field(default_factory=KozachenkoLeonenko)

    def initial(self, dimensions: int, seed: int) -> dict[str, Tensor]:
        """The dynamics before training, the same from every seed: near to standing still."""
        along = torch.ones(dimensions, dtype=torch.float64)
        start = {
            "transition": START * along.diag(),
            "rest": 0 * along,
            "log_process": PROCESS * along,
            "log_observation": OBSERVATION * along,
        }
        return {name: weight / UNITS[name] for name, weight in start.items()}

    def __call__(self, weights: dict[str, Tensor], z: Tensor) -> Value:
        """Both halves, of trajectories ``(trajectories, moments, dimensions)``."""
        z = whitened(z)
        target = z.detach() if self.still else z
        moved = {f"dynamics.{name}": w for name, w in _in_units(weights).items()}
        surprise = _Surprise(z.shape[-1])
        alignment = torch.func.functional_call(surprise, moved, (z[:, :-1], target[:, 1:]))
        items = target.flatten(0, 1)
        items = items[:: max(1, len(items) // self.items)]
        return Value(alignment, -self.uniformity.entropy(items, given=items))

    def dynamics(self, weights: Mapping[str, Tensor]) -> LinearDynamics:
        """What trained weights stand for."""
        dimensions = len(weights["rest"])
        dynamics = LinearDynamics(dimensions, dimensions)
        dynamics.load_state_dict(_in_units(weights), strict=False)
        return dynamics.requires_grad_(False)


def whitened(z: Tensor, like: Tensor | None = None) -> Tensor:
    """``z`` with the mean and covariance taken out that all items of ``like``, or its own, have.

    By the triangular root: each dimension less what those before it foretell.

    >>> x = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 3.0], [-1.0, 1.0]])
    >>> whitened(x).round().tolist()
    [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]
    """
    items = (z if like is None else like).flatten(0, -2)
    mean = items.mean(0)
    centred = items - mean
    root = torch.linalg.cholesky(centred.T @ centred / len(items))
    return torch.linalg.solve_triangular(root, (z - mean).mT, upper=False).mT


class _Surprise(nn.Module):
    """Mean surprise of a filter, as a function of its dynamics' parameters by their names."""

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.dynamics = LinearDynamics(dimensions, dimensions)

    def forward(self, z: Tensor, w: Tensor) -> Tensor:
        return -Kalman(self.dynamics).log_density(w, given=z).mean()


def _in_units(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: UNITS[name] * weight.double() for name, weight in weights.items()}
