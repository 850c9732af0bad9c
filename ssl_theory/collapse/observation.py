"""What is seen of an encoder at one moment: the same held-out items, embedded."""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.arrays import rows_of
from ssl_theory.diagnostics.spectrum import Spectrum, spectrum
from ssl_theory.moments import Moments

__all__ = ["Observation"]

Rows = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Observation:
    """Embeddings of a probe, and whatever else there is to look at.

    Only ``z`` is needed; each detector says what it looks at beside it. Numbers that are not
    finite are let in: that they are there is a finding.
    """

    z: Rows  # (items, dimensions)
    views: Rows | None = None  # the second view of each item, (items, dimensions)
    trajectories: NDArray | None = None  # (items,) which trajectory an item is a moment of
    tokens: Rows | None = None  # (items, tokens, dimensions), before they are pooled
    units: Rows | None = None  # (items, units) activations of a hidden layer
    backbone: Rows | None = None  # (items, features), what the projector was given
    assignments: NDArray | None = None  # (items,) codes, or (items, codes) probabilities
    codes: int | None = None  # how many there are, used or not
    prototypes: Rows | None = None  # (prototypes, dimensions)
    predictions: Rows | None = None  # (items, dimensions), made of `z` by the predictor

    @classmethod
    def of(cls, z: Any, **others: Any) -> "Observation":
        """From arrays, tensors or lists, with their shapes checked."""
        names = {field.name for field in fields(cls)}
        for name in others:
            if name not in names:
                raise TypeError(
                    f"an observation must be of {', '.join(sorted(names))}, got `{name}`. "
                    "Leave it out, or rename it."
                )
        seen = {"z": z} | {name: what for name, what in others.items() if what is not None}
        found = {name: _array(what, name) for name, what in seen.items()}
        items = len(found["z"])
        for name, what in found.items():
            if name not in ("codes", "prototypes") and len(what) != items:
                raise ValueError(
                    f"`{name}` must be of the {items} items of `z`, got {len(what)}: row i of one "
                    "belongs to row i of the other. Embed the same items."
                )
        return cls(**found)

    @cached_property
    def finite(self) -> bool:
        """Whether every embedding is a number."""
        return bool(np.isfinite(self.z).all())

    @cached_property
    def moments(self) -> Moments:
        """Of ``z``."""
        return Moments.of(self.z)

    @cached_property
    def spectrum(self) -> Spectrum:
        """Of ``z``, about its mean."""
        return spectrum(self.moments)

    def take(self, rows: ArrayLike) -> "Observation":
        """The same of some of the items."""
        kept = {}
        for field in fields(self):
            what = getattr(self, field.name)
            whole = what is None or field.name in ("codes", "prototypes")
            kept[field.name] = what if whole else what[rows]
        return Observation(**kept)

    def tap(self, name: str) -> "Observation":
        """What was seen at another place, as embeddings of its own."""
        return Observation(getattr(self, name), trajectories=self.trajectories)


_AXES = {
    "z": (2,),
    "views": (2,),
    "trajectories": (1,),
    "tokens": (3,),
    "units": (2,),
    "backbone": (2,),
    "assignments": (1, 2),
    "prototypes": (2,),
    "predictions": (2,),
}


def _array(what: Any, name: str) -> Any:
    if name == "codes":
        return int(what)
    found = rows_of(what) if hasattr(what, "detach") else np.asarray(what)
    if found.ndim not in _AXES[name]:
        raise ValueError(
            f"`{name}` must have {' or '.join(map(str, _AXES[name]))} axes, got shape "
            f"{found.shape}. Flatten what is too many."
        )
    labels = name in ("trajectories", "assignments") and found.ndim == 1
    return found if labels else found.astype(np.float64, copy=False)
