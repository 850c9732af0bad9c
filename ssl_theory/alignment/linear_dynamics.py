"""A hidden state that moves linearly, and shows itself through noise."""

import torch
from torch import Tensor, nn

__all__ = ["LinearDynamics"]


class LinearDynamics(nn.Module):
    r"""``h' = A (h - b) + b + noise``, seen as ``C h + noise``; ``h`` starts standard normal.

    Noise is independent across axes; its log variances are parameters, as are ``A`` and ``b``. The
    readout ``C`` shows the first ``dimension`` states and is fixed: it names the states. ``A``
    starts near the identity with spectral radius 1 / 1.1, drawn from the seed. It computes in
    double precision, as the theory does.

    >>> LinearDynamics(2, states=4)
    LinearDynamics(dimension=2, states=4)
    """

    readout: Tensor

    def __init__(self, dimension: int, states: int, seed: int = 0) -> None:
        super().__init__()
        if states < dimension:
            raise ValueError(
                f"`states` must be at least the {dimension} dimensions they show, got {states}: "
                "each is the readout of a state of its own. Use more states."
            )
        generator = torch.Generator().manual_seed(seed)
        noise = torch.randn(states, states, generator=generator, dtype=torch.float64)
        start = torch.eye(states, dtype=torch.float64) + 0.1 * noise
        radius = torch.linalg.eigvals(start).abs().max()
        zeros = torch.zeros(states, dtype=torch.float64)
        self.dimension, self.states = dimension, states
        self.transition = nn.Parameter(start / (1.1 * radius))
        self.rest = nn.Parameter(zeros.clone())
        self.log_process = nn.Parameter(zeros.clone())
        self.log_observation = nn.Parameter(zeros[:dimension].clone())
        self.register_buffer("readout", torch.eye(dimension, states, dtype=torch.float64))

    def advance(self, state: Tensor, spread: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and covariance of the state one step later."""
        ahead = (state - self.rest) @ self.transition.T + self.rest
        return ahead, self.transition @ spread @ self.transition.T + self.log_process.exp().diag()

    def show(self, state: Tensor, spread: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and covariance of what the state would show."""
        seen = self.readout @ spread @ self.readout.T + self.log_observation.exp().diag()
        return state @ self.readout.T, seen

    def joint_law(self, steps: int) -> tuple[Tensor, Tensor]:
        """Mean and covariance of everything shown in so many steps, end to end."""
        d = self.dimension
        state, spread = torch.zeros_like(self.rest), torch.eye(self.states).to(self.rest)
        means, covariance = [], torch.zeros(steps * d, steps * d).to(self.rest)
        for s in range(0, steps * d, d):
            state, spread = self.advance(state, spread)
            mean, seen = self.show(state, spread)
            means.append(mean)
            covariance[s : s + d, s : s + d] = seen
            carried = spread
            for t in range(s + d, steps * d, d):
                carried = self.transition @ carried
                across = self.readout @ carried @ self.readout.T
                covariance[t : t + d, s : s + d] = across
                covariance[s : s + d, t : t + d] = across.T
        return torch.cat(means), covariance

    def extra_repr(self) -> str:
        return f"dimension={self.dimension}, states={self.states}"
