"""The control of every experiment with pairs: partners that have nothing to do with each other."""

from dataclasses import dataclass, replace

import numpy as np

from ssl_theory.processes import Equivalence, Pairs, World

__all__ = ["Strangers"]


@dataclass(frozen=True)
class Strangers:
    """``friends``, each with the partner of the one before: every view has the law it had.

    >>> from ssl_theory.processes import SpherePairs
    >>> sphere = SpherePairs()
    >>> x, y = Strangers(sphere).draw(4, seed=0)
    >>> friends = sphere.draw(4, seed=0)
    >>> bool((x == friends.x).all()), bool((y[1:] == friends.y[:-1]).all())
    (True, True)
    """

    friends: World

    @property
    def equivalence_class(self) -> Equivalence:
        """That of the friends; no objective can make use of it."""
        return self.friends.equivalence_class

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` items, the same for the same seed."""
        pairs = self.friends.draw(n, seed)
        if not isinstance(pairs, Pairs):
            raise TypeError(
                f"`friends` must draw pairs, got {type(pairs).__name__}. Take pairs of its moments."
            )
        latents = np.roll(pairs.partner_latents, 1, axis=0)
        return replace(pairs, y=np.roll(pairs.y, 1, axis=0), partner_latents=latents)
