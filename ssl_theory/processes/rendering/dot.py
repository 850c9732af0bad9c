"""A soft dot on a small picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Dot"]


@dataclass(frozen=True)
class Dot:
    r"""Pictures of ``side`` by ``side`` pixels of a Gaussian bump of height one.

    .. math::
        I_{ij}(p) = \exp\!\Bigl(-\frac{(j + \tfrac12 - p_1)^2 + (i + \tfrac12 - p_2)^2}{2
        \sigma^2}\Bigr), \qquad p = (z - \mathrm{low})\,\frac{\mathrm{side}}{\mathrm{high} -
        \mathrm{low}}

    Rows ``i`` go with the second coordinate, and ``width`` is :math:`\sigma` in pixels. A picture
    depends on its own place and nothing else, least of all on what is drawn beside it. Away from
    the border its pixels sum to :math:`2 \pi \sigma^2`, and two pictures ``r`` pixels apart have
    the scalar product :math:`\pi \sigma^2 e^{-r^2 / 4 \sigma^2}`, for dots of a pixel or more to
    nine digits.

    >>> Dot(side=10, width=1.0, low=-3, high=3)(np.zeros((1, 2))).shape
    (1, 100)
    """

    side: int = 28
    width: float = 1.3
    low: float = 0.0
    high: float = 28.0

    def __post_init__(self) -> None:
        if self.side < 2:
            raise ValueError(f"`side` must be at least 2 pixels, got {self.side}. Use 10 or 28.")
        if not self.width >= 0.3:
            raise ValueError(
                f"`width` must be at least 0.3 pixels, got {self.width}: a dot between pixels "
                "would be lost. Use 1.0."
            )
        if not self.high > self.low:
            raise ValueError(
                f"`high` must be above `low`, got {self.high} and {self.low}: they are the "
                "borders of the picture."
            )

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pictures ``(..., side * side)`` of the places ``(..., 2)``."""
        offsets = np.arange(self.side) + 0.5 - self.pixels(z)[..., None]
        across, down = np.moveaxis(np.exp(-((offsets / self.width) ** 2) / 2), -2, 0)
        pictures = down[..., :, None] * across[..., None, :]
        return pictures.reshape(*pictures.shape[:-2], -1)

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        r"""The places, from the brightest pixel and a neighbour: the logarithm of their ratio is
        linear in the place.
        """
        pictures = x.reshape(*x.shape[:-1], self.side, self.side)
        places = []
        for other in (-2, -1):  # the axis that is not looked along
            profile = pictures.max(axis=other)
            first = profile.argmax(axis=-1).clip(max=self.side - 2)[..., None]
            pair = np.log(np.take_along_axis(profile, first + np.arange(2), axis=-1))
            places.append(first[..., 0] + 1 + self.width**2 * np.diff(pair)[..., 0])
        pixels = np.stack(places, axis=-1)
        return self.low + pixels * (self.high - self.low) / self.side

    def pixels(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """The places in pixels from the corner."""
        return (z - self.low) * self.side / (self.high - self.low)

    @property
    def mass(self) -> float:
        """The sum of the pixels, away from the border."""
        return float(2 * np.pi * self.width**2)

    def overlap(self, distance: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """The scalar product of pictures whose dots are ``distance`` pixels apart."""
        return np.pi * self.width**2 * np.exp(-((np.asarray(distance) / self.width) ** 2) / 4)
