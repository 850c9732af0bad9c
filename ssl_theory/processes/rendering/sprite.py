"""A flat shape on a small picture, with pixels shaded by the share of them that it covers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["SHAPES", "Sprite"]

# Rectangles about the centre, width and height in units of the size, to add or take away.
SHAPES = {
    "square": ((1, 1, 1),),
    "bar": ((1, 1 / 2, 1),),
    "cross": ((1, 1 / 3, 1), (1 / 3, 1, 1), (1 / 3, 1 / 3, -1)),
    "frame": ((1, 1, 1), (1 / 2, 1 / 2, -1)),
}
# How much of a shape there is along its first columns and its first rows, in the same units.
EDGES = {"square": (1, 1), "bar": (1 / 2, 1), "cross": (1 / 3, 1 / 3), "frame": (1, 1)}


@dataclass(frozen=True)
class Sprite:
    """Pictures of ``side`` by ``side`` pixels of a ``shape`` of ``size`` pixels, at any place.

    Places are in pixels from the corner, the first coordinate along a row. The value of a pixel is
    the area of it that the shape covers, so that the sum is the area of the shape wherever it is,
    and a move by whole pixels moves the picture. ``shape`` is square, bar, cross or frame.

    >>> Sprite("square", side=4, size=4.0)(np.array([[2.0, 2.0]])).tolist() == [[1.0] * 16]
    True
    """

    shape: str = "square"
    side: int = 16
    size: float = 5.0

    def __post_init__(self) -> None:
        if self.shape not in SHAPES:
            raise ValueError(f"`shape` must be one of {sorted(SHAPES)}, got {self.shape!r}.")
        if not 4 <= self.size <= self.side:
            raise ValueError(
                f"`size` must lie between 4 pixels and the side of {self.side}, got {self.size}: "
                "thinner shapes lose their edges. Use a larger one, or more pixels."
            )

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pictures ``(..., side * side)`` of the places ``(..., 2)`` of the centre."""
        picture = np.zeros((*z.shape[:-1], self.side, self.side))
        for width, height, sign in SHAPES[self.shape]:
            across = self._covered(z[..., 0], width * self.size)
            down = self._covered(z[..., 1], height * self.size)
            picture += sign * down[..., :, None] * across[..., None, :]
        return picture.reshape(*z.shape[:-1], -1)

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The places of sprites inside the picture, from how much of its first pixels each covers.

        Exact while the sprite is alone and without noise.
        """
        pictures = x.reshape(*x.shape[:-1], self.side, self.side)
        places = []
        for other, edge, reach in zip((-2, -1), EDGES[self.shape], self._extent, strict=True):
            profile = pictures.sum(axis=other)
            first = (profile > 1e-9).argmax(axis=-1)[..., None]
            covered = np.take_along_axis(profile, first, axis=-1) / (edge * self.size)
            places.append((first + 1 - covered + reach * self.size / 2)[..., 0])
        return np.stack(places, axis=-1)

    @property
    def area(self) -> float:
        """Of the shape, in pixels: the sum of its picture."""
        return self.size**2 * sum(w * h * sign for w, h, sign in SHAPES[self.shape])

    @property
    def _extent(self) -> tuple[float, float]:
        rectangles = SHAPES[self.shape]
        return max(r[0] for r in rectangles), max(r[1] for r in rectangles)

    def _covered(self, centre: NDArray[np.float64], length: float) -> NDArray[np.float64]:
        """How much of each pixel along an axis a segment covers."""
        pixel = np.arange(self.side)
        start, end = centre[..., None] - length / 2, centre[..., None] + length / 2
        return (np.minimum(end, pixel + 1) - np.maximum(start, pixel)).clip(min=0)
