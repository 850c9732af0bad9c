"""Fresh data for every step, which depend on a run's seed and on nothing that runs beside it."""

from collections.abc import Sequence as Several

import numpy as np
import torch
from torch import Tensor

from ssl_theory.experiments.request import Request
from ssl_theory.processes import Pairs, Sequence

__all__ = ["Stream"]

STEPS = 50  # in a block, at most
NUMBERS = 2**21  # in a block of one run, at most: 16 MiB of doubles


class Stream:
    """What runs side by side are trained on, step by step.

    A process is asked for many steps at once, a block: block ``b`` of a run comes from the
    process by a seed made of the run's seed and ``b``. Of pairs, a step sees both views one
    after the other along the axis of items.
    """

    def __init__(self, requests: Several[Request]) -> None:
        self._requests = requests
        self.training = requests[0].training
        example = requests[0].process.draw(2, seed=0)
        self.paired = isinstance(example, Pairs)
        self.shape = example.x.shape[1:]
        if isinstance(example, Pairs) and example.y.shape != example.x.shape:
            raise ValueError(
                f"`process` must draw views of one shape, got {example.x.shape[1:]} and "
                f"{example.y.shape[1:]}: one encoder sees both. Draw views that share it."
            )
        a_step = (1 + self.paired) * self.training.batch * int(np.prod(self.shape))
        self.steps = max(1, min(STEPS, self.training.steps, NUMBERS // a_step))
        self._number, self._block = -1, torch.empty(0)

    @property
    def features(self) -> int:
        """Of one view at one moment."""
        return self.shape[-1]

    def __call__(self, step: int) -> Tensor:
        """``(runs, items, ...)`` of a step; what comes after training has steps of its own."""
        number, within = divmod(step, self.steps)
        if number != self._number:
            self._number, self._block = number, self._drawn(number)
        return self._block[:, within]

    def _drawn(self, number: int) -> Tensor:
        batch, shape = self.training.batch, self.shape
        items = (1 + self.paired) * batch
        block = torch.empty(
            len(self._requests), self.steps, items, *shape, dtype=self.training.dtype
        )
        for run, request in zip(block, self._requests, strict=True):
            drawn = request.process.draw(self.steps * batch, _seed(request.seed, number))
            for start, view in zip((0, batch), _views(drawn), strict=False):
                run[:, start : start + batch] = torch.from_numpy(view).reshape(
                    self.steps, batch, *shape
                )
        return block


def _views(drawn: Pairs | Sequence) -> tuple[np.ndarray, ...]:
    return (drawn.x, drawn.y) if isinstance(drawn, Pairs) else (drawn.x,)


def _seed(seed: int, block: int) -> int:
    return int(np.random.SeedSequence((seed, block)).generate_state(1, np.uint64)[0])
