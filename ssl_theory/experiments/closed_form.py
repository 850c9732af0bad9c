"""Runs that need no training: linear encoders of Gaussian pairs, by the theory of them."""

import math

import torch

from ssl_theory.experiments.encoders import Linear
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.result import Outcome
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.linear_theory import Optimum, optimum
from ssl_theory.linear_theory.population import population_value
from ssl_theory.processes import GaussianPairs, SpikedPairs

__all__ = ["GAUSSIAN", "solved"]

GAUSSIAN = (GaussianPairs, SpikedPairs)
"""Processes whose pairs are jointly Gaussian, with the same law for both views."""


def solved(request: Request) -> Outcome | None:
    """The optimum over infinitely many items, or ``None`` if theory has none for this run."""
    objective, process, encoder = request.objective, request.process, request.encoder
    if not (
        isinstance(objective, Objective)
        and isinstance(process, GAUSSIAN)
        and isinstance(encoder, Linear)
        and not request.training.weight_decay
        and encoder.outputs <= len(process.covariance)
    ):
        return None
    try:
        best = optimum(
            objective, process.covariance, process.cross_covariance,
            keep=encoder.outputs, seed=request.seed,
        )  # fmt: skip
    except LookupError:
        return None
    dtype = request.training.dtype
    weights = {"weight0": torch.from_numpy(best.encoder.T.copy()).to(dtype).numpy()}
    if encoder.bias:
        weights["bias0"] = torch.zeros(encoder.outputs, dtype=dtype).numpy()
    said = f"Not trained: the optimum over infinitely many items, {best.route.value}."
    losses = torch.empty(0, dtype=torch.float64).numpy()
    end = _value(objective, best)
    return Outcome(weights, {}, losses, math.nan, end, True, said, "closed form")


def _value(objective: Objective, best: Optimum) -> float:
    try:
        value = population_value(objective)
    except LookupError:
        return math.nan  # a filter alone says where the optimum is, not how low
    sides = best.pencil.covariance, best.pencil.cross_covariance
    seen = (torch.from_numpy(best.encoder @ side @ best.encoder.T) for side in sides)
    return float(value(*seen).total)
