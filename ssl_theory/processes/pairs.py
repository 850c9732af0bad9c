"""What a process gives: pairs of views or trajectories, with the latents that made them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Pairs", "Sequence", "check_steps", "generator_of"]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Two views of the same items: row ``i`` of ``x`` and row ``i`` of ``y`` are partners.

    ``latents`` made ``x`` and ``partner_latents`` made ``y``; where both views have the same
    latents they are the same array. ``auxiliary`` names whatever else is known of each item, such
    as its segment, class or mask. Iterating gives the two views alone.

    >>> x, y = Pairs(np.zeros((3, 2)), np.ones((3, 2)), np.zeros((3, 1)), np.zeros((3, 1)))
    >>> x.shape, y.shape
    ((3, 2), (3, 2))
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    latents: NDArray[np.float64]
    partner_latents: NDArray[np.float64]
    auxiliary: Mapping[str, NDArray[Any]] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        named = {
            "y": self.y,
            "latents": self.latents,
            "partner_latents": self.partner_latents,
            **self.auxiliary,
        }
        for name, array in named.items():
            if len(array) != len(self.x):
                raise ValueError(
                    f"`{name}` must have a row for each of {len(self.x)} items, got {len(array)}. "
                    "Draw them together."
                )

    def __iter__(self) -> Iterator[NDArray[np.float64]]:
        return iter((self.x, self.y))


@dataclass(frozen=True, eq=False)
class Sequence:
    """Trajectories ``(trajectories, moments, features)`` and the states they were seen from.

    ``auxiliary`` arrays begin with the same two axes.

    >>> walk = np.arange(10.0).reshape(2, 5, 1)
    >>> pairs = Sequence(walk, walk).pairs(lag=2)
    >>> pairs.x[:, 0].tolist(), pairs.y[:, 0].tolist()
    ([0.0, 1.0, 2.0, 5.0, 6.0, 7.0], [2.0, 3.0, 4.0, 7.0, 8.0, 9.0])
    """

    x: NDArray[np.float64]
    latents: NDArray[np.float64]
    auxiliary: Mapping[str, NDArray[Any]] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for name, array in {"latents": self.latents, **self.auxiliary}.items():
            if array.shape[:2] != self.x.shape[:2]:
                raise ValueError(
                    f"`{name}` must begin with {self.x.shape[0]} trajectories of "
                    f"{self.x.shape[1]} moments, got shape {array.shape}. Draw them together."
                )

    def pairs(self, lag: int = 1) -> Pairs:
        """Each moment and the one ``lag`` later in the same trajectory, never across two.

        Rows are trajectory by trajectory; what is auxiliary is that of the earlier moment.
        """
        moments = self.x.shape[1]
        if not 1 <= lag < moments:
            raise ValueError(
                f"`lag` must lie between 1 and {moments - 1}, got {lag}: trajectories have "
                f"{moments} moments. Draw longer ones."
            )

        def flat(array: NDArray[Any]) -> NDArray[Any]:
            return array.reshape(-1, *array.shape[2:])

        return Pairs(
            flat(self.x[:, :-lag]),
            flat(self.x[:, lag:]),
            flat(self.latents[:, :-lag]),
            flat(self.latents[:, lag:]),
            MappingProxyType({name: flat(a[:, :-lag]) for name, a in self.auxiliary.items()}),
        )


def generator_of(n: int, seed: int) -> np.random.Generator:
    """Where the randomness of ``n`` draws comes from: the seed alone, nothing global."""
    if n < 1:
        raise ValueError(f"`n` must be at least 1, got {n}. Draw some items.")
    return np.random.default_rng(seed)


def check_steps(steps: int) -> None:
    """Refuse trajectories of fewer than two moments."""
    if steps < 2:
        raise ValueError(
            f"`steps` must be at least 2, got {steps}: one moment shows no dynamics. Ask for more."
        )
