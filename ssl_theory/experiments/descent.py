"""Training of runs side by side, from one step to another."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory.experiments.adam import Adam
from ssl_theory.experiments.certificate import findings
from ssl_theory.experiments.program import Program, follows_a_field
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.result import Outcome

__all__ = ["Descent", "trained"]


class Descent:
    """Weights, Adam's memory and the losses so far; all there is to a training half done."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.training = program.stream.training
        self.steps = self.training.steps + self.training.continuation
        self.step = 0
        self.weights = program.starting.clone()
        self.trained = self.weights  # as they were when training ended
        self.adam = Adam.starting(self.weights)
        self.losses = np.full((len(program.requests), self.steps), np.nan)
        rates = [request.training.rate for request in program.requests]
        self._rates = self._column(rates if len(set(rates)) > 1 else rates[:1])
        decays = [request.training.weight_decay for request in program.requests]
        self._decay = self._column(decays) if any(decays) else None

    def advance(self, until: int) -> None:
        """Take steps, up to one that is not taken yet."""
        program, training = self.program, self.training
        levels = []
        for step in range(self.step, until):
            if step == training.steps:
                self.trained = self.weights.clone()
            rows = self.weights.requires_grad_(bool(self.weights.numel()))
            totals, level = program(rows, step)
            levels.append(level.detach())
            if rows.requires_grad:
                (gradient,) = torch.autograd.grad(totals.sum(), rows)
                self.weights.requires_grad_(False)
                rates = self._rates * (training.rate_at(step) / training.rate)
                self.adam.step(self.weights, gradient, rates, self._decay)
        if levels:
            self.losses[:, self.step : until] = torch.stack(levels, 1).double().numpy()
        self.step = until
        if until == training.steps:
            self.trained = self.weights.clone()

    def state(self) -> dict[str, NDArray[Any]]:
        """All that a descent of the same program needs to go on from here, bit for bit."""
        return {
            "step": np.array(self.step),
            "weights": self.weights.numpy(),
            "trained": self.trained.numpy(),
            "mean": self.adam.mean.numpy(),
            "square": self.adam.square.numpy(),
            "losses": self.losses,
        }

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go on from there."""
        self.step, self.losses = int(state["step"]), state["losses"]
        self.weights, self.trained, mean, square = (
            torch.from_numpy(state[name]) for name in ("weights", "trained", "mean", "square")
        )
        self.adam = Adam(mean, square, self.step)

    @torch.no_grad()
    def outcomes(self) -> list[Outcome]:
        """Of each run, when all steps are taken."""
        program, certificate = self.program, self.training.certificate
        if certificate is None:
            fresh = [self.losses[:, :1], self.losses[:, -1:], self.losses[:, -1:]]
        else:
            batches = range(self.steps, self.steps + certificate.batches)
            fresh = [
                np.stack([program(rows, step)[1].double().numpy() for step in batches], 1)
                for rows in (program.starting, self.trained, self.weights)
            ]
        outcomes = []
        for run, request in enumerate(program.requests):
            before, after, later = (losses[run] for losses in fresh)
            losses = self.losses[run, : self.training.steps].copy()
            field = follows_a_field(request.objective)
            found = findings(request.training, losses, before, after, later, field)
            encoder, objective = (
                {name: weight.numpy().copy() for name, weight in part.items()}
                for part in program.layout.named(self.trained[run])
            )
            outcomes.append(
                Outcome(
                    encoder, objective, losses, float(before.mean()), float(after.mean()),
                    found.converged, found.sentence,
                )
            )  # fmt: skip
        return outcomes

    def _column(self, numbers: Sequence[float]) -> Tensor:
        return torch.tensor(numbers, dtype=self.training.dtype)[:, None]


def trained(
    requests: Sequence[Request], told: Callable[[Descent], object] = lambda descent: None
) -> list[Outcome]:
    """What comes of runs that fit into one program; ``told`` sees the descent between blocks.

    It may put the descent where another one had come to.
    """
    descent = Descent(Program(requests))
    told(descent)
    while descent.step < descent.steps:
        block = descent.program.stream.steps
        descent.advance(min(descent.steps, (descent.step // block + 1) * block))
        told(descent)
    return descent.outcomes()
