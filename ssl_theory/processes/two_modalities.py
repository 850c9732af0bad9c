"""One content in two modalities, each with something of its own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.content_style import ContentStyle
from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Perceptron
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least

__all__ = ["TwoModalities"]


@dataclass(frozen=True)
class TwoModalities:
    r""":math:`x = g_1([c, s, m_1])` and :math:`y = g_2([c, s', m_2])`: content and style as in
    :class:`ContentStyle`, and normal latents of variance one that each modality has to itself,
    through two mixings [daunhawer2023multimodal].

    ``shared`` says what content and style are; its own mixing is not used. What an encoder of one
    modality can align with one of the other is the content.

    >>> TwoModalities().draw(5, seed=0).x.shape
    (5, 8)
    """

    shared: ContentStyle = ContentStyle()
    own: int = 2
    mixing: Mixing = Perceptron(seed=0)
    partner_mixing: Mixing = Perceptron(seed=1)

    def __post_init__(self) -> None:
        at_least("own", 1, self.own)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of content, style and what the first modality has to itself."""
        return self._with_own(self.shared.latent_covariance, 1)

    @property
    def latent_partner_covariance(self) -> NDArray[np.float64]:
        """Of content, changed style and what the second modality has to itself."""
        return self._with_own(self.shared.latent_partner_covariance, 1)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the modalities; zero in what each has to itself."""
        return self._with_own(self.shared.latent_cross_covariance, 0)

    @property
    def mutual_information(self) -> float:
        """Infinite: both modalities have the content exactly."""
        return np.inf

    @property
    def bayes_r2(self) -> NDArray[np.float64]:
        """How much the content tells of each style coordinate, and of what is a modality's own."""
        return np.concatenate([self.shared.bayes_r2, np.zeros(self.own)])

    @property
    def equivalence_class(self) -> Equivalence:
        """The block of content."""
        return Equivalence.BLOCK

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        generator = generator_of(n, seed)
        first, second, changed = self.shared.latent_pairs(n, generator)
        own, partner_own = generator.standard_normal((2, n, self.own))
        latents, partners = np.hstack([first, own]), np.hstack([second, partner_own])
        return Pairs(
            self.mixing(latents),
            self.partner_mixing(partners),
            latents,
            partners,
            {"changed": changed},
        )

    def _with_own(self, shared: NDArray[np.float64], variance: float) -> NDArray[np.float64]:
        d = len(shared)
        whole = np.zeros((d + self.own, d + self.own))
        whole[:d, :d] = shared
        whole[d:, d:] = variance * np.eye(self.own)
        return whole
