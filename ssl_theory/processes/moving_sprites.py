"""A few flat shapes that cross a small picture and bounce off its borders."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.bouncing_ball import BouncingBall
from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Sequence
from ssl_theory.processes.rendering import Sprite

__all__ = ["MovingSprites"]


@dataclass(frozen=True)
class MovingSprites:
    """Films of ``side`` by ``side`` pixels in which the pictures of sprites are added.

    Each of ``shapes`` flies as a bouncing ball does, by at most ``speed`` pixels a moment along
    each axis, and stays inside, so that the pixels of every picture sum to the area of all. The
    latents are the places of all sprites and then their velocities, in pixels.

    >>> film = MovingSprites(("square", "frame"), size=4.0).draw(1, seed=0)
    >>> np.allclose(film.x.sum(-1), 16 + 12), film.latents.shape
    (True, (1, 20, 8))
    """

    shapes: tuple[str, ...] = ("square", "cross")
    side: int = 16
    size: float = 5.0
    speed: float = 2.0
    steps: int = 20

    def __post_init__(self) -> None:
        if not self.shapes:
            raise ValueError("`shapes` must name at least one shape, got none. Use ('square',).")
        for shape in self.shapes:
            Sprite(shape, self.side, self.size)
        if not self.size < self.side:
            raise ValueError(
                f"`size` must be below the side of {self.side}, got {self.size}: there is no room "
                "to move. Use more pixels."
            )
        self._flight  # noqa: B018  the ball checks the rest

    @property
    def equivalence_class(self) -> Equivalence:
        """Coordinates of independent uniform laws, each as good from the left as the right."""
        return Equivalence.PERMUTATION_SIGN

    @property
    def mass(self) -> float:
        """The sum of the pixels of every picture."""
        return sum(Sprite(shape, self.side, self.size).area for shape in self.shapes)

    def place_autocovariance(self, lag: int) -> NDArray[np.float64]:
        """Of all places, between a moment and ``lag`` later, in square pixels."""
        return self.side**2 * self._flight.autocovariance(lag)

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent films, the same for the same seed."""
        flights = self._flight.draw(n, seed)
        places = (self.side * flights.x).reshape(n, self.steps, len(self.shapes), 2)
        film = sum(
            Sprite(shape, self.side, self.size)(places[:, :, i])
            for i, shape in enumerate(self.shapes)
        )
        return Sequence(np.asarray(film), self.side * flights.latents)

    @property
    def _flight(self) -> BouncingBall:
        """One ball with two coordinates for each sprite, in a box of unit side."""
        return BouncingBall(
            dimension=2 * len(self.shapes),
            radius=self.size / self.side / 2,
            speed=self.speed / self.side,
            steps=self.steps,
        )
