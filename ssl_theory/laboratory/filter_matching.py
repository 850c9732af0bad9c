r"""Films matched to a Kalman filter: the objective, with the filter's dynamics for its weights.

.. math::
    L = -E \log p(z_{t+1} \mid z_1, \dots, z_t) - H[z],

``p`` the filter's prediction and ``H`` the entropy of all moments of a batch by the distances to
their neighbours. Without an entropy's gradient the same is the stop-gradient form: the prediction
learns, from its context alone, to meet a target that is held still. [mikulasch2026ldm]

Two things are still slower than what is slow in a film. A constant is, so the dynamics must follow
the mean of the embeddings at once, or the encoder makes a latent of it; and a turn is taken for
the slowest that there is, once round, only if the transition starts near the identity and learns
no faster than the encoder. Both are a matter of the units in which Adam's steps are taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import torch
from torch import Tensor, nn

from ssl_theory.alignment import Kalman, LinearDynamics
from ssl_theory.latent_distribution_matching import Value
from ssl_theory.uniformity import KozachenkoLeonenko

__all__ = ["FilterMatching"]

START = 0.95  # of the transition, times the identity
PROCESS, OBSERVATION = -7.0, -5.0  # log variances, below those of an untrained encoder's outputs
UNITS: Mapping[str, float] = MappingProxyType(
    {"transition": 3.0, "rest": 30.0, "log_process": 30.0, "log_observation": 30.0}
)
"""What a step of one unit moves each weight of the dynamics by."""


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


class _Surprise(nn.Module):
    """Mean surprise of a filter, as a function of its dynamics' parameters by their names."""

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.dynamics = LinearDynamics(dimensions, dimensions)

    def forward(self, z: Tensor, w: Tensor) -> Tensor:
        return -Kalman(self.dynamics).log_density(w, given=z).mean()


def _in_units(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: UNITS[name] * weight.double() for name, weight in weights.items()}
