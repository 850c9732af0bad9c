"""Toy generative processes, each with its closed-form truth."""

from collections.abc import Callable

from ssl_theory.processes.bouncing_ball import BouncingBall as BouncingBall
from ssl_theory.processes.equivalence import Equivalence as Equivalence
from ssl_theory.processes.gaussian_pairs import GaussianPairs as GaussianPairs
from ssl_theory.processes.linear_dynamics import LinearDynamics as LinearDynamics
from ssl_theory.processes.lorenz import Lorenz as Lorenz
from ssl_theory.processes.pairs import Pairs as Pairs
from ssl_theory.processes.pairs import Sequence as Sequence
from ssl_theory.processes.pendulum import Pendulum as Pendulum
from ssl_theory.processes.switching_dynamics import SwitchingDynamics as SwitchingDynamics
from ssl_theory.processes.world import World as World

__all__ = [
    "WORLDS",
    "BouncingBall",
    "Equivalence",
    "GaussianPairs",
    "LinearDynamics",
    "Lorenz",
    "Pairs",
    "Pendulum",
    "Sequence",
    "SwitchingDynamics",
    "World",
]

WORLDS: tuple[Callable[[], World], ...] = (
    GaussianPairs,
    LinearDynamics,
    SwitchingDynamics,
    Lorenz,
    Pendulum,
    BouncingBall,
)
"""Every process; called without arguments, each gives its standard example."""
