"""Prediction by a Kalman filter, of a target that is held still."""

from ssl_theory.alignment import Kalman, LinearDynamics
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["kalman_prediction"]


def kalman_prediction(
    dynamics: LinearDynamics | None = None, dimension: int = 3, seed: int = 0
) -> Objective:
    """A Kalman filter whose own surprise, held fixed, stands for the entropy.

    The items are the steps of one sequence ``x``: ``z`` is ``x[:-1]`` and ``w`` is ``x[1:]``.
    """
    model = Kalman(dynamics or LinearDynamics(dimension, 2 * dimension, seed))
    said = "equation 15 per step, sign reversed: innovations and log det S, without 2 pi"
    paper = Published(uniformity=0, shift=model.log_normaliser(), convention=said)
    parts = model, StopGradient(model)
    return Objective("kalman_prediction", *parts, "mikulasch2026ldm", paper=paper, both_ways=False)
