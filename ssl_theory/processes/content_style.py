"""Content that an augmentation leaves alone, and style that it changes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Perceptron
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between, positive
from ssl_theory.processes.random_covariance import random_correlations

__all__ = ["ContentStyle"]


@dataclass(frozen=True)
class ContentStyle:
    r"""Content :math:`c \sim N(0, \Sigma_c)` is the same in both views; style
    :math:`s = a + Bc + N(0, \Sigma_s)` is not: each coordinate changes with probability
    ``change_probability`` by noise of variance ``change_variance``,
    :math:`s' = s + m \odot N(0, v\,\Sigma_a)`. The views are :math:`g([c, s])` and
    :math:`g([c, s'])`.

    With ``causal`` the intercept ``a`` and the matrix ``B`` are normal, without it they are zero;
    with ``correlated`` the covariances have the correlations of a Wishart matrix, without it they
    are identities. All are drawn from ``world_seed``, each with its own size. Invariance and
    entropy together find the content, and of the style what content tells of it: a block
    [vonkugelgen2021self].

    Changes only add variance, so the views cannot be exchanged: that of a changed style is
    larger by ``change_probability * change_variance``.

    >>> ContentStyle(causal=False).bayes_r2.tolist()
    [0.0, 0.0, 0.0]
    """

    content: int = 3
    style: int = 3
    causal: bool = True
    correlated: bool = True
    change_probability: float = 0.75
    change_variance: float = 1.0
    mixing: Mixing = Perceptron()
    world_seed: int = 0

    def __post_init__(self) -> None:
        at_least("content", 1, self.content)
        at_least("style", 1, self.style)
        between("change_probability", 0, 1, self.change_probability)
        positive("change_variance", self.change_variance)

    @property
    def content_covariance(self) -> NDArray[np.float64]:
        r""":math:`\Sigma_c`."""
        return self._drawn[0]

    @property
    def style_noise(self) -> NDArray[np.float64]:
        r""":math:`\Sigma_s`: the covariance of style given content."""
        return self._drawn[1]

    @property
    def change_covariance(self) -> NDArray[np.float64]:
        """What a change adds to the covariance of style: off the diagonal both must change."""
        p, full = self.change_probability, self.change_variance * self._drawn[2]
        return p**2 * full + p * (1 - p) * np.diag(np.diag(full))

    @property
    def cause(self) -> NDArray[np.float64]:
        """``B``, ``(style, content)``."""
        return self._drawn[3]

    @property
    def intercept(self) -> NDArray[np.float64]:
        """``a``."""
        return self._drawn[4]

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of content, then style, before the change."""
        across = self.content_covariance @ self.cause.T
        style = self.cause @ across + self.style_noise
        return np.block([[self.content_covariance, across], [across.T, style]])

    @property
    def latent_partner_covariance(self) -> NDArray[np.float64]:
        """The same after the change."""
        changed = self.latent_covariance.copy()
        changed[self.content :, self.content :] += self.change_covariance
        return changed

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the change: that before it, for a change is independent of all else."""
        return self.latent_covariance

    @property
    def style_autocorrelations(self) -> NDArray[np.float64]:
        r"""Of each style coordinate across its change, :math:`1/\sqrt{1+pv/\mathrm{Var}\,s}`."""
        before = np.diag(self.latent_covariance)[self.content :]
        after = np.diag(self.latent_partner_covariance)[self.content :]
        return np.sqrt(before / after)

    @property
    def bayes_r2(self) -> NDArray[np.float64]:
        """How much of each style coordinate the content tells. What is learned is no better."""
        return 1 - np.diag(self.style_noise) / np.diag(self.latent_covariance)[self.content :]

    @property
    def mutual_information(self) -> float:
        """Infinite: both views have the content exactly."""
        return np.inf

    @property
    def equivalence_class(self) -> Equivalence:
        """The block of content."""
        return Equivalence.BLOCK

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; latents are content, then style; ``changed`` says which style
        did."""
        latents, partners, changed = self.latent_pairs(n, generator_of(n, seed))
        return Pairs(
            self.mixing(latents), self.mixing(partners), latents, partners, {"changed": changed}
        )

    def latent_pairs(
        self, n: int, generator: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """Latents of both views and which of the style changed."""
        roots = [np.linalg.cholesky(matrix) for matrix in self._drawn[:3]]
        content = generator.standard_normal((n, self.content)) @ roots[0].T
        noise, change = (generator.standard_normal((n, self.style)) @ root.T for root in roots[1:])
        style = self.intercept + content @ self.cause.T + noise
        changed = generator.random((n, self.style)) < self.change_probability
        after = style + changed * np.sqrt(self.change_variance) * change
        return np.hstack([content, style]), np.hstack([content, after]), changed

    @cached_property
    def _drawn(self) -> tuple[NDArray[np.float64], ...]:
        generator = np.random.default_rng(self.world_seed)
        sizes = self.content, self.style, self.style
        covariances = [random_correlations(size, generator) for size in sizes]
        cause = generator.standard_normal((self.style, self.content))
        intercept = generator.standard_normal(self.style)
        if not self.correlated:
            covariances = [np.eye(size) for size in sizes]
        return *covariances, self.causal * cause, self.causal * intercept
