"""The weights of runs side by side, as one matrix: a row holds all the weights of a run."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from ssl_theory.experiments.encoders.encoder import Weights

__all__ = ["Layout"]


class Layout:
    """Where in a row each weight is, and what shape it has; parts have names of their own."""

    def __init__(self, *parts: Mapping[str, Tensor]) -> None:
        self._shapes = [{name: w.shape for name, w in part.items()} for part in parts]
        self._sizes = [w.numel() for part in parts for w in part.values()]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout) and self._shapes == other._shapes

    def named(self, rows: Tensor) -> tuple[Weights, ...]:
        """Views by part: of ``(runs, size)`` with a leading axis of runs, of a row without."""
        runs = rows.shape[:-1]
        # One split, because its gradient is one concatenation.
        pieces = iter(rows.split(self._sizes, dim=-1) if self._sizes else ())
        return tuple(
            {name: next(pieces).view((*runs, *shape)) for name, shape in part.items()}
            for part in self._shapes
        )

    def row(self, *parts: Mapping[str, Tensor]) -> Tensor:
        """All the weights of one run."""
        pieces = [weight.flatten() for part in parts for weight in part.values()]
        return torch.cat(pieces) if pieces else torch.empty(0)

    def rows(self, runs: Sequence[tuple[Mapping[str, Tensor], ...]]) -> Tensor:
        """The matrix of many runs."""
        return torch.stack([self.row(*parts) for parts in runs])
