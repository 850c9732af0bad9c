"""Toy generative processes, each with its closed-form truth."""

from ssl_theory.processes.gaussian_pairs import GaussianPairs as GaussianPairs
from ssl_theory.processes.gaussian_pairs import Pairs as Pairs

__all__ = ["GaussianPairs", "Pairs"]
