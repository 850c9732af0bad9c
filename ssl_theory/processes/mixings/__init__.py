"""Invertible maps from latents to what is seen."""

from ssl_theory.processes.mixings.mixing import Mixing as Mixing
from ssl_theory.processes.mixings.orthogonal import Orthogonal as Orthogonal
from ssl_theory.processes.mixings.unmixed import Unmixed as Unmixed

__all__ = ["MIXINGS", "Mixing", "Orthogonal", "Unmixed"]

MIXINGS = (Orthogonal, Unmixed)
