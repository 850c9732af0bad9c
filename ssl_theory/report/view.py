"""One view: what its measurements and verdicts rest on."""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.diagnostics.intervals import Interval
from ssl_theory.diagnostics.spectrum import Spectrum, rounding_floor, spectrum
from ssl_theory.embeddings import Precision
from ssl_theory.moments import Moments
from ssl_theory.report.replicas import intervals
from ssl_theory.report.tally import Tally

__all__ = ["View"]

LARGEST, SMALLEST = 1e150, 1e-150  # beyond, squares leave float64
HALF_GAPS = {"float16": 2.0**-25, "float8_e4m3fn": 2.0**-10, "float8_e5m2": 2.0**-17}  # by zero


@dataclass(frozen=True, eq=False)
class View:
    """What one pass has left of a view, and what is read off that, once each."""

    name: str
    tally: Tally
    fetch: Callable[[], NDArray[np.float64]]  # some items, drawn without replacement

    @classmethod
    def of(cls, tally: Tally, fetch: Callable[[], NDArray[np.float64]]) -> "View":
        """Refuse numbers whose squares leave float64."""
        largest, name = tally.largest, tally.name
        if largest and not SMALLEST < largest < LARGEST:
            raise ValueError(
                f"`{name}` must have its largest value between {SMALLEST:g} and {LARGEST:g}, got "
                f"{largest:.3g}: squares of such numbers leave float64. Divide by a constant first."
            )
        return cls(name, tally, fetch)

    @cached_property
    def sample(self) -> NDArray[np.float64]:
        """Some items, drawn without replacement."""
        return self.fetch()

    @property
    def dtype(self) -> str:
        """As it came, before half precision became float32."""
        return self.tally.dtype

    @property
    def directionless(self) -> int:
        """Rows of zeros, which have no place on the sphere."""
        return self.tally.directionless

    @property
    def precision(self) -> Precision:
        """The rounding its values have been through, which their dtype may not show."""
        return self.tally.written.precision

    @property
    def written(self) -> str:
        """Its dtype, and how much of it is used."""
        if self.precision.format in self.dtype or self.dtype == "longdouble":
            return self.dtype
        return f"{self.dtype} with the {self.precision.bits} bits of {self.precision.format}"

    @property
    def arithmetic(self) -> str:
        """In what squares were summed."""
        return "float32" if self.moments.single else "float64"

    @cached_property
    def distinct(self) -> int:
        """Different rows."""
        return self.tally.distinct.count

    @cached_property
    def parts(self) -> list[FourthMoments]:
        """The moments of every block of the jackknife."""
        return self.tally.parts()

    @cached_property
    def fourth_moments(self) -> FourthMoments:
        """Of all items."""
        return self.tally.total()

    @cached_property
    def moments(self) -> Moments:
        """Of all items, with the rounding that their values have been through."""
        moments = self.fourth_moments.moments
        roundoff = self.precision.roundoff
        size = np.sqrt(moments.mean_square / moments.dimension)
        if self.dtype in HALF_GAPS and size:
            roundoff = float(np.hypot(roundoff, HALF_GAPS[self.dtype] / size))
        # A number between two of its format errs by the whole roundoff, in the square three times
        # the mean: a point whose items flicker between those two is still a point.
        return dataclasses.replace(moments, roundoff=math.sqrt(3) * roundoff)

    @property
    def items(self) -> int:
        """Rows."""
        return self.tally.items

    @property
    def dimensions(self) -> int:
        """Columns."""
        return self.tally.dimension

    @cached_property
    def spectrum(self) -> Spectrum:
        """Of the covariance; its floor is the rounding of these numbers in rotated coordinates."""
        found = spectrum(self.moments)
        size = self.moments.mean_square / self.dimensions
        floor = rounding_floor(self.moments, float(found.eigenvalues[0]), size)
        return dataclasses.replace(found, floor=floor)

    @cached_property
    def about_the_origin(self) -> Spectrum:
        """Of the second moment."""
        return dataclasses.replace(spectrum(self.moments, centred=False), floor=self.spectrum.floor)

    @cached_property
    def _evened(self) -> Spectrum:
        """In units of each coordinate's size, where rounding errs alike in all of them."""
        moments = self.moments
        sizes = np.sqrt(np.where(moments.mean_squares > 0, moments.mean_squares, 1.0))
        items = None if moments.items is None else moments.items / sizes
        scatter = None if moments.scatter is None else moments.scatter / sizes / sizes[:, None]
        mean = moments.mean / sizes
        return spectrum(dataclasses.replace(moments, mean=mean, items=items, scatter=scatter))

    @property
    def limit(self) -> int:
        """The largest rank that this many items can show."""
        return min(self.items - 1, self.dimensions)

    @cached_property
    def rank(self) -> int:
        """Directions that vary by more than rounding, both as written and once rotated.

        As written, a coordinate far from the origin cannot pass its rounding off as a direction,
        nor hide the directions of others. Once rotated, one too weak to survive is not counted.
        """
        if self.distinct == 1:
            return 0
        return min(self.spectrum.resolved_rank, self._evened.resolved_rank)

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """Of the statistics of the spectrum, whether or not there are items enough to cover."""
        return intervals(self.parts, self.spectrum.floor) if self.rank else {}
