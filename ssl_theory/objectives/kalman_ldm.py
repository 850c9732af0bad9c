"""Latent distribution matching with a Kalman filter for its latent model."""

from ssl_theory.alignment import Kalman, LinearDynamics
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import KozachenkoLeonenko

__all__ = ["kalman_ldm"]


def kalman_ldm(
    dynamics: LinearDynamics | None = None, dimension: int = 3, seed: int = 0
) -> Objective:
    """A Kalman filter, each step spread by the distances of all steps to their neighbours.

    The items are the steps of one sequence ``x``: ``z`` is ``x[:-1]`` and ``w`` is ``x[1:]``.
    """
    model = Kalman(dynamics or LinearDynamics(dimension, 2 * dimension, seed))
    said = "equations 13 and 15 per step, with their constants; no distance is clipped"
    parts = model, KozachenkoLeonenko(neighbours=3)
    paper = Published(convention=said)
    return Objective("kalman_ldm", *parts, "mikulasch2026ldm", paper=paper, both_ways=False)
