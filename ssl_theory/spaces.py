"""The spaces embeddings live on."""

import abc
import math
from dataclasses import dataclass

from torch import Tensor

from ssl_theory.symmetries import Symmetry

__all__ = ["Euclidean", "Simplex", "Space", "Sphere"]


class Space(abc.ABC):
    """A subset of R^d together with the map that puts embeddings on it."""

    @property
    @abc.abstractmethod
    def absorbs(self) -> frozenset[Symmetry]:
        """What :meth:`project` undoes, so that no objective on this space can see it."""

    @abc.abstractmethod
    def project(self, z: Tensor) -> Tensor:
        """Map ``(..., d)`` onto the space. Idempotent: ``project(project(z)) == project(z)``."""

    @abc.abstractmethod
    def intrinsic_dimension(self, d: int) -> int:
        """Degrees of freedom of a point given by ``d`` coordinates."""


@dataclass(frozen=True)
class Euclidean(Space):
    """All of R^d."""

    @property
    def absorbs(self) -> frozenset[Symmetry]:
        return frozenset()

    def project(self, z: Tensor) -> Tensor:
        return z

    def intrinsic_dimension(self, d: int) -> int:
        return d


@dataclass(frozen=True)
class Sphere(Space):
    """The unit sphere S^{d-1}. A zero row has no direction and becomes NaN, not a wrong number."""

    @property
    def absorbs(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.SCALE, Symmetry.LENGTHS})

    def project(self, z: Tensor) -> Tensor:
        # Squares of entries beyond 1e19 overflow float32, and those below 1e-23 vanish: measure
        # each row in units of its largest entry first. A constant unit leaves the gradient exact.
        z = z / z.detach().abs().amax(-1, keepdim=True)
        return z / z.norm(dim=-1, keepdim=True)

    def intrinsic_dimension(self, d: int) -> int:
        return d - 1

    @staticmethod
    def log_area(d: int) -> float:
        """``log`` of the surface of S^{d-1}: ``log(2 pi^(d/2) / Gamma(d/2))``.

        >>> round(Sphere.log_area(3) - math.log(4 * math.pi), 12)
        0.0
        """
        return math.log(2) + d / 2 * math.log(math.pi) - math.lgamma(d / 2)


@dataclass(frozen=True)
class Simplex(Space):
    """Probabilities of ``d`` outcomes, kept as their logarithms: far from zero they stay exact."""

    @property
    def absorbs(self) -> frozenset[Symmetry]:
        return frozenset()

    def project(self, z: Tensor) -> Tensor:
        return z.log_softmax(-1)

    def intrinsic_dimension(self, d: int) -> int:
        return d - 1
