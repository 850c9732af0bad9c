"""Runs side by side as one function of one matrix: the losses of all of them at a step."""

import itertools
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.func import vmap

from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.experiments.request import Request, has_weights
from ssl_theory.experiments.stack import Layout
from ssl_theory.experiments.streams import Stream
from ssl_theory.latent_distribution_matching import Matching, Objective, Value

__all__ = ["Program", "follows_a_field", "initial"]

Losses = tuple[Tensor, Tensor]
"""What is descended, and the height at which the embeddings stand; a number for each run."""


class Program:
    """The losses of runs that share an encoder and all of their training but rates and decay.

    Encoders see all runs at once, as batched matrix products. Each objective sees its own runs at
    once, through ``torch.func.vmap``, or one by one if it will not be mapped. One run alone is
    evaluated as any loop would: plain matrices, and no map.
    """

    def __init__(self, requests: Sequence[Request]) -> None:
        self.requests = requests
        self.stream = Stream(requests)
        if not self.stream.paired:
            _refuse_pairs(requests)
        parts = [initial(request, self.stream) for request in requests]
        self.layout = Layout(*parts[0])
        self.starting = self.layout.rows(parts).to(self.stream.training.dtype)
        self._mapped: list[tuple[slice, Any]] = []
        end = 0
        for _, same in itertools.groupby(requests, key=lambda request: id(request.objective)):
            runs = list(same)
            start, end = end, end + len(runs)
            self._mapped.append((slice(start, end), runs[0].objective))
        self._mappable: dict[int, bool] = {}

    def __call__(self, rows: Tensor, step: int) -> Losses:
        """The losses at a step with these weights, a row for each run."""
        data, encoder = self.stream(step), self.requests[0].encoder
        if len(self.requests) == 1:
            of_encoder, of_objective = self.layout.named(rows[0])
            views = self._views(encoder.apply(of_encoder, data[0]), 0)
            objective = self.requests[0].objective
            total, level = _losses(objective, of_objective, *views)
            return total[None], level[None]
        of_encoder, of_objective = self.layout.named(rows)
        views = self._views(encoder.apply(of_encoder, data), 1)
        losses = []
        for runs, objective in self._mapped:
            weights = {name: weight[runs] for name, weight in of_objective.items()}
            losses.append(self._several(objective, weights, [view[runs] for view in views]))
        totals, levels = zip(*losses, strict=True)
        return torch.cat(totals), torch.cat(levels)

    def _views(self, embedded: Tensor, axis: int) -> tuple[Tensor, ...]:
        if not self.stream.paired:
            return (embedded,)
        return embedded.split(self.stream.training.batch, dim=axis)

    def _several(self, objective: Any, weights: Weights, views: list[Tensor]) -> Losses:
        function = partial(_losses, objective)
        if len(views[0]) == 1:
            return _one_by_one(function, weights, views)
        if id(objective) not in self._mappable:
            self._mappable[id(objective)] = _maps_truly(function, weights, views)
        of_all = _mapped if self._mappable[id(objective)] else _one_by_one
        return of_all(function, weights, views)


def initial(request: Request, stream: Stream) -> tuple[Weights, Weights]:
    """What encoder and objective of one run start from."""
    weights = request.encoder.initial(stream.features, request.seed)
    if not has_weights(request.objective):
        return weights, {}
    x = torch.from_numpy(request.process.draw(2, seed=0).x)
    with torch.no_grad():
        dimensions = request.encoder.apply(weights, x).shape[-1]
    return weights, request.objective.initial(dimensions, request.seed)


def _refuse_pairs(requests: Sequence[Request]) -> None:
    for objective in (request.objective for request in requests):
        if isinstance(objective, Objective):
            raise TypeError(
                f"`objective` must be a function of trajectories, got `{objective.name}`, which "
                "is of pairs. Say which moments are partners: "
                "lambda z: objective(z[:, :-1].flatten(0, 1), z[:, 1:].flatten(0, 1))."
            )


def follows_a_field(objective: Any) -> bool:
    """Whether an objective has no loss, so that no height is lower than another."""
    return isinstance(objective, Objective) and objective.matching is Matching.STOP_GRADIENT


def _mapped(function: Callable[..., Losses], weights: Weights, views: Sequence[Tensor]) -> Losses:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "There is a performance drop", UserWarning)
        # What an objective draws, it draws from its own seed: the same for each of its runs.
        return vmap(function, randomness="same")(weights, *views)


def _one_by_one(
    function: Callable[..., Losses], weights: Weights, views: Sequence[Tensor]
) -> Losses:
    losses = [
        function({name: weight[run] for name, weight in weights.items()}, *of_run)
        for run, of_run in enumerate(zip(*views, strict=True))
    ]
    totals, levels = zip(*losses, strict=True)
    return torch.stack(totals), torch.stack(levels)


def _maps_truly(function: Callable[..., Losses], weights: Weights, views: Sequence[Tensor]) -> bool:
    """Whether two runs have the same losses and gradients mapped as one by one.

    Some functions refuse to be mapped; others ask whether their input needs a gradient, are told
    that it does not, and go wrong in silence.
    """
    found = []
    for of_all in (_one_by_one, _mapped):  # the first raises what is wrong with the function itself
        leaves = [x[:2].detach().clone().requires_grad_() for x in (*weights.values(), *views)]
        named = dict(zip(weights, leaves, strict=False))
        try:
            with torch.enable_grad():
                losses = of_all(function, named, leaves[len(named) :])
                of_leaves = torch.autograd.grad(losses[0].sum(), leaves, materialize_grads=True)
        except Exception:
            if of_all is _one_by_one:
                raise
            return False
        found.append([*(loss.detach() for loss in losses), *of_leaves])
    digits = torch.finfo(views[0].dtype).eps ** 0.5
    return all(
        float((one - other).norm()) <= digits * float(one.norm())
        for one, other in zip(*found, strict=True)
    )


def _losses(objective: Any, weights: Weights, *views: Tensor) -> Losses:
    value = objective(weights, *views) if has_weights(objective) else objective(*views)
    if not isinstance(value, Value):
        return value, value
    return value.total, value.alignment if follows_a_field(objective) else value.total
