"""The law between Laplace, normal and uniform, told by its power and its deviation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincinv, gammaln

from ssl_theory.processes.parameters import positive

__all__ = ["GeneralisedNormal"]


@dataclass(frozen=True)
class GeneralisedNormal:
    r""":math:`p(t) \propto \exp(-|t/\lambda|^p)`: Laplace for ``power`` one, normal for two,
    nearly uniform for many.

    ``deviation`` is the standard deviation whatever the power, so that laws of two powers are
    equally wide: :math:`\lambda = \sigma\sqrt{\Gamma(1/p)/\Gamma(3/p)}`, which for the normal is
    :math:`\sqrt2\,\sigma` and not :math:`\sigma`.

    >>> round(GeneralisedNormal(power=2.0, deviation=3.0).width ** 2, 12)
    18.0
    """

    power: float = 1.0
    deviation: float = 1.0

    def __post_init__(self) -> None:
        positive("power", self.power)
        positive("deviation", self.deviation)

    @property
    def width(self) -> float:
        r"""The :math:`\lambda` above."""
        log_ratio = gammaln(1 / self.power) - gammaln(3 / self.power)
        return float(self.deviation * np.exp(log_ratio / 2))

    @property
    def entropy(self) -> float:
        """In nats."""
        return 1 / self.power - self._log_peak

    def log_density(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each number, in nats."""
        return self._log_peak - np.abs(t / self.width) ** self.power

    def cumulative(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability below each number."""
        inside = gammainc(1 / self.power, np.abs(t / self.width) ** self.power)
        return (1 + np.sign(t) * inside) / 2

    def quantile(self, probability: NDArray[np.float64]) -> NDArray[np.float64]:
        """The number below which the probability is this."""
        centred = 2 * probability - 1
        size = gammaincinv(1 / self.power, np.abs(centred)) ** (1 / self.power)
        return np.sign(centred) * self.width * size

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.float64]:
        """Independent numbers: a power of a gamma variable, with a random sign."""
        size = generator.gamma(1 / self.power, size=shape) ** (1 / self.power)
        return self.width * size * generator.choice([-1.0, 1.0], shape)

    @property
    def _log_peak(self) -> float:
        return float(np.log(self.power / (2 * self.width)) - gammaln(1 / self.power))
