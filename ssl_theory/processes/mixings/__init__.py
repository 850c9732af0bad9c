"""Invertible maps from latents to what is seen."""

from collections.abc import Callable

from ssl_theory.processes.mixings.banana import Banana as Banana
from ssl_theory.processes.mixings.coupling import Coupling as Coupling
from ssl_theory.processes.mixings.mixing import Mixing as Mixing
from ssl_theory.processes.mixings.mobius import Mobius as Mobius
from ssl_theory.processes.mixings.orthogonal import Orthogonal as Orthogonal
from ssl_theory.processes.mixings.perceptron import Perceptron as Perceptron
from ssl_theory.processes.mixings.sinusoid import Sinusoid as Sinusoid
from ssl_theory.processes.mixings.spiral import Spiral as Spiral
from ssl_theory.processes.mixings.unmixed import Unmixed as Unmixed

__all__ = [
    "MIXINGS",
    "Banana",
    "Coupling",
    "Mixing",
    "Mobius",
    "Orthogonal",
    "Perceptron",
    "Sinusoid",
    "Spiral",
    "Unmixed",
]

MIXINGS: tuple[Callable[[], Mixing], ...] = (
    Unmixed,
    Orthogonal,
    Perceptron,
    Mobius,
    Coupling,
    Spiral,
    Banana,
    Sinusoid,
)
