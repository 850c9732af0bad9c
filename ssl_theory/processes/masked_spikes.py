"""A few signals in noise that differs between coordinates, cut in two by a mask."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.complementary_masks import masked_covariances, masked_views
from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import canonical_correlations
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.spiked_pairs import SpikedPairs

__all__ = ["MaskedSpikes"]


@dataclass(frozen=True)
class MaskedSpikes:
    r"""Items :math:`x = U\sqrt{\ell}\,z + \xi` as the first view of :class:`SpikedPairs`, of which
    one view sees the coordinates in a random half and the other those in the rest.

    Noise that is independent between coordinates is never seen by both views, so the
    cross-covariance holds the signals alone, however loud the noise: contrast finds
    ``U`` where principal components find the loudest coordinates [ji2021power].

    >>> np.diag(MaskedSpikes().cross_covariance).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """

    signal: tuple[float, ...] = (6.0, 4.0)
    noise: tuple[float, ...] = (1.0, 1.0, 2.0, 1.0, 8.0, 8.0)
    world_seed: int = 0

    def __post_init__(self) -> None:
        _ = self.items

    @property
    def items(self) -> SpikedPairs:
        """What is masked is a view of these."""
        return SpikedPairs(self.signal, self.noise, self.world_seed)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view."""
        return masked_covariances(self.items.covariance)[0]

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views: a quarter of the signals' covariance, with nothing on its diagonal."""
        return masked_covariances(self.items.covariance)[1]

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Without their signs, largest first."""
        return canonical_correlations(self.covariance, self.cross_covariance, self.covariance)

    @property
    def equivalence_class(self) -> Equivalence:
        """The signals' subspace is known."""
        return Equivalence.SUBSPACE

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed; ``mask`` is what ``x`` sees."""
        generator = generator_of(n, seed)
        latents = generator.standard_normal((n, len(self.signal)))
        noise = generator.standard_normal((n, len(self.noise))) * np.sqrt(self.noise)
        items = latents * np.sqrt(self.signal) @ self.items.directions.T + noise
        x, y, mask = masked_views(items, generator)
        return Pairs(x, y, latents, latents, {"mask": mask})
