"""A dot that moves on a small picture, over a background that does or does not."""

from dataclasses import dataclass, field

import numpy as np

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Sequence, generator_of
from ssl_theory.processes.rendering import Dot
from ssl_theory.processes.wandering_path import WanderingPath
from ssl_theory.processes.world import World

__all__ = ["MovingDot"]


@dataclass(frozen=True)
class MovingDot:
    r"""Films of the places along a path.

    .. math::
        x_t = I(p_t) + c\,b_t + \varepsilon_t, \qquad b_t \sim U[0, 1]^{s^2}, \quad
        \varepsilon_t \sim N(0, \eta I)

    ``path`` gives the places, ``dot`` the picture :math:`I` of each. ``contrast`` is :math:`c`,
    the most that a pixel of the background adds to a dot of height one, whatever else is drawn
    with it. The background stays for the whole film, unless it is ``changing`` and new at every
    moment. ``pixel_noise`` is the variance :math:`\eta`, or where the noise is ``fitful`` its
    mean: every picture then has its own, by an exponential law. A background that stays is the
    slowest feature of the film, and there are as many of it as there are pixels. [sobal2022slow,
    mikulasch2026ldm]

    >>> film = MovingDot(contrast=0.5)
    >>> film.background_variance, film.background_autocorrelation
    (0.020833333333333332, 1.0)
    """

    path: World = field(default_factory=WanderingPath)
    dot: Dot = field(default_factory=Dot)
    contrast: float = 0.0
    changing: bool = False
    pixel_noise: float = 0.0
    fitful: bool = False

    def __post_init__(self) -> None:
        for name in ("contrast", "pixel_noise"):
            if not getattr(self, name) >= 0:
                raise ValueError(
                    f"`{name}` must be at least 0, got {getattr(self, name)}. Use 0.0 for none."
                )

    @property
    def equivalence_class(self) -> Equivalence:
        """As for the path: pictures hide nothing of it."""
        return self.path.equivalence_class

    @property
    def background_variance(self) -> float:
        """Of each pixel of the background: ``contrast^2 / 12``."""
        return self.contrast**2 / 12

    @property
    def background_autocorrelation(self) -> float:
        """Of each pixel of the background, at any lag."""
        return 0.0 if self.changing else 1.0

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent films; the latents and what is auxiliary are those of the path.

        ``pixel_noise`` is the variance of the noise of each picture.
        """
        paths = self.path.draw(n, seed)
        if not isinstance(paths, Sequence):
            raise TypeError(
                f"`path` must draw trajectories, got {type(self.path).__name__}, which draws "
                "pairs. Use WanderingPath() or CircularPath()."
            )
        film = self.dot(paths.x)
        # A stream of its own: the same seed gives the same path over every background.
        rng = generator_of(n, seed).spawn(1)[0]
        if self.contrast:
            moments = film.shape[1] if self.changing else 1
            film += self.contrast * rng.random((n, moments, film.shape[2]))
        noise = np.full(film.shape[:2], self.pixel_noise)
        if self.fitful:
            noise *= rng.exponential(size=noise.shape)
        if self.pixel_noise:
            film += np.sqrt(noise)[..., None] * rng.standard_normal(film.shape)
        return Sequence(film, paths.latents, {**paths.auxiliary, "pixel_noise": noise})
