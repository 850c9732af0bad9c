"""What every process has."""

from typing import Protocol

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Pairs, Sequence

__all__ = ["World"]


class World(Protocol):
    """A frozen value that draws, and that says how much of its latents can be known.

    What else is known in closed form has one name wherever it is known: ``covariance`` of ``x``,
    ``partner_covariance`` of ``y`` where it differs, ``cross_covariance``,
    ``canonical_autocorrelations``, ``mutual_information``, ``entropy``, ``density_ratio(x, y)``
    (the logarithm, row by row) and ``bayes_r2``.
    """

    @property
    def equivalence_class(self) -> Equivalence:
        """The maps of the latents under which all that is drawn has the same law."""

    def draw(self, n: int, seed: int) -> Pairs | Sequence:
        """``n`` independent pairs or trajectories, the same for the same seed."""
