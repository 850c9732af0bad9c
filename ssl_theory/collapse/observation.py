"""What is seen of an encoder at one moment: the same held-out items, embedded."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.arrays import rows_of
from ssl_theory.collapse.cells import squares_in_cells
from ssl_theory.collapse.twin import anchors, gaussian_twin, nearest_distances
from ssl_theory.diagnostics.spectrum import Spectrum, spectrum
from ssl_theory.moments import Moments

__all__ = ["Observation"]

Rows = NDArray[np.floating]
NEIGHBOURS = 10  # of each item that are looked at
LARGEST = 1e120  # the sum of the squares of what is larger may overflow, so it is no number here


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
    def finite_rows(self) -> NDArray[np.bool_]:
        """Of which items all that was seen is a number."""
        finite = np.ones(len(self.z), bool)
        for name in ("z", "views", "tokens", "units", "backbone", "assignments", "predictions"):
            what = getattr(self, name)
            if what is not None and what.dtype.kind == "f":
                finite &= (np.abs(what.reshape(len(what), -1)) < LARGEST).all(1)
        return finite

    @cached_property
    def broken(self) -> list[str]:
        """What holds NaN, inf or numbers of which the squares overflow, by name."""
        return [
            field.name
            for field in fields(self)
            if getattr(getattr(self, field.name), "dtype", np.dtype(int)).kind == "f"
            and not (np.abs(getattr(self, field.name)) < LARGEST).all()
        ]

    @cached_property
    def sound(self) -> "Observation":
        """The items of which all is a number, and the prototypes."""
        seen = self if self.finite_rows.all() else self.take(self.finite_rows)
        if seen.prototypes is None:
            return seen
        finite = (np.abs(seen.prototypes) < LARGEST).all(1)
        return seen if finite.all() else replace(seen, prototypes=seen.prototypes[finite])

    @cached_property
    def roundoff(self) -> float:
        """Unit roundoff of the coarsest format that holds every number of ``z`` exactly.

        Read off the numbers of some 64 items, for all have been widened since.
        """
        some = self.z[:: max(1, len(self.z) // 64)]
        with np.errstate(over="ignore", invalid="ignore"):
            single = some.astype(np.float32)
            if not np.array_equal(single, some, equal_nan=True):
                return 2.0**-53
            if not (single.view(np.uint32) & 0xFFFF).any():
                return 2.0**-8
            half = np.array_equal(single.astype(np.float16), some, equal_nan=True)
        return 2.0**-11 if half else 2.0**-24

    @cached_property
    def moments(self) -> Moments:
        """Of ``z``."""
        return replace(Moments.of(self.z), roundoff=self.roundoff)

    @cached_property
    def spectrum(self) -> Spectrum:
        """Of ``z``, about its mean."""
        return spectrum(self.moments)

    @cached_property
    def nearest(self) -> NDArray[np.float64]:
        """Distances from each item to its nearest others, in units of the spread."""
        return nearest_distances(self.z, NEIGHBOURS)

    @cached_property
    def cells(self) -> NDArray[np.float64]:
        """Squared distances of each item to the centroid of its cell, and of that to the mean."""
        return squares_in_cells(self.z)

    @cached_property
    def twin(self) -> "Observation":
        """Gaussian items with the same covariance."""
        return Observation(gaussian_twin(self.spectrum.eigenvalues, len(self.z)))

    def take(self, rows: ArrayLike) -> "Observation":
        """The same of some of the items."""
        kept = {}
        for field in fields(self):
            what = getattr(self, field.name)
            whole = what is None or field.name in ("codes", "prototypes")
            kept[field.name] = what if whole else what[rows]
        return Observation(**kept)

    def part(self, rows: NDArray[np.intp]) -> "Observation":
        """The same of some of the items, with the neighbours and cells that they have among all.

        Found anew, neighbours would be farther and cells others, which is nothing about the items
        that are left.
        """
        part = self.take(rows)
        nearest = self.nearest[np.isin(anchors(len(self.z)), rows)]
        if part.moments.total_variance:  # distances are in units of what spread there is
            nearest = nearest * np.sqrt(self.moments.total_variance / part.moments.total_variance)
        vars(part).update(nearest=nearest, cells=self.cells[:, rows], twin=self.twin)
        return part

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
