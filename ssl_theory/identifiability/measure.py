"""What a measure of identification is: it compares latents with a representation of them."""

import abc
from collections.abc import Callable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings
from ssl_theory.identifiability.columns import varies
from ssl_theory.identifiability.condition import Condition
from ssl_theory.identifiability.score import Score

__all__ = ["Measure", "Sizes", "check_items", "check_square"]

Matrix = NDArray[np.float64]


class Sizes(NamedTuple):
    """How many items, latents and dimensions of the representation there are."""

    items: int
    latents: int
    dimensions: int


class Measure(abc.ABC):
    """A frozen value that is called with latents ``(n, d)`` and a representation ``(n, D)``.

    Row ``i`` of one and row ``i`` of the other are the same item.
    """

    best: ClassVar[float] = 1.0
    of_lengths: ClassVar[bool] = False  # whether the units of the latents matter
    expected: ClassVar[Mapping[str, Callable[[Any, Sizes], float | None]]] = MappingProxyType({})
    """What a measure gives by baseline (``"rotation"``, ``"noise"``) of so many independent
    latents, where known."""

    @property
    @abc.abstractmethod
    def valid_for(self) -> tuple[Condition, ...]:
        """What must hold for the value to mean what it says; checked at every call."""

    @abc.abstractmethod
    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        """The value for latents ``z`` and representation ``h``, and what it was made of."""

    def __call__(self, latents: Any, representation: Any) -> Score:
        """The value, its parts, and what was found about the conditions."""
        z, h = check_items(latents, representation)
        value, parts = self.measure(z, h)
        for part in parts.values():
            if isinstance(part, np.ndarray):
                part.flags.writeable = False
        checked = tuple(condition.check(z, h) for condition in self.valid_for)
        return Score(str(self), value, self.best, MappingProxyType(parts), checked)

    def __str__(self) -> str:
        words = "".join(f" {x.lower()}" if x.isupper() else x for x in type(self).__name__).strip()
        chosen = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)  # type: ignore[arg-type]  # every measure is a dataclass
            if getattr(self, field.name) != field.default
        ]
        return f"{words} ({', '.join(chosen)})" if chosen else words


def check_items(latents: Any, representation: Any) -> tuple[Matrix, Matrix]:
    """Both as float64, or what is wrong with them; integers are welcome as latents.

    >>> z, h = check_items([[0], [1]], [[0.5], [0.25]])
    >>> z.ravel().tolist()
    [0.0, 1.0]
    """
    if not hasattr(latents, "detach") and np.asarray(latents).dtype.kind in "iub":
        latents = np.asarray(latents, np.float64)
    z = np.asarray(check_embeddings(latents, "latents"), np.float64)
    h = np.asarray(check_embeddings(representation, "representation"), np.float64)
    if len(z) != len(h):
        raise ValueError(
            f"`latents` and `representation` must be of the same items, got {len(z)} and {len(h)} "
            "of them: row i of both is the same item. Drop the items that one lacks."
        )
    constant = np.flatnonzero(~varies(z))
    if len(constant):
        raise ValueError(
            f"`latents` must all vary, got {len(z)} equal items in column {constant[0]}: what does "
            "not vary cannot be identified. Drop the column."
        )
    return z, h


def check_square(z: Matrix, h: Matrix) -> None:
    """Refuse a representation that has not one dimension for each latent."""
    if z.shape[1] != h.shape[1]:
        raise ValueError(
            f"`representation` must have as many dimensions as there are latents, "
            f"{z.shape[1]}, got {h.shape[1]}: the map between them must be square. Use LinearR2, "
            "or MeanCorrelation."
        )
