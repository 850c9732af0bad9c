"""The angle between what latents and what the representation span."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.columns import standardised
from ssl_theory.identifiability.measure import Measure

__all__ = ["SubspaceAngle", "davis_kahan_bound", "principal_angles", "projection_distance"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class SubspaceAngle(Measure):
    r"""The sine of the largest principal angle between the columns of both, centred.

    0 if and only if each is affine in the other; the principal angles are those whose cosines are
    the canonical correlations. A direction that one of them lacks is at a right angle, so that
    leaving a latent out or adding noise gives 1. The columns are functions of the items: of noise
    in many items, all angles are nearly right. [hotelling1936relations]

    Parts: ``angles`` in radians, largest first; ``projection_distance``, the Frobenius norm of
    the difference of the projections onto both;
    ``mean_cosine``, the mean canonical correlation.

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> [round(SubspaceAngle()(z, h).value, 12) for h in (z[:, :1], z @ [[1, 2], [3, 4]])]
    [1.0, 0.0]
    """

    best: ClassVar[float] = 0.0
    expected = MappingProxyType({"rotation": lambda measure, sizes: 0.0})

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return having.EQUAL_DIMENSIONS, having.items_per_dimension(20)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        angles = principal_angles(standardised(z), standardised(h))
        return float(np.sin(angles.max(initial=0.0))), {
            "angles": angles,
            "projection_distance": projection_distance(standardised(z), standardised(h)),
            "mean_cosine": float(np.cos(angles).mean()),
        }


def principal_angles(first: Matrix, second: Matrix) -> NDArray[np.float64]:
    """Between the spans of the columns of two matrices with equally many rows, largest first.

    As many as the larger span has directions; those that the smaller lacks are right angles. Small
    angles are found from sines and are right to rounding. [bjorck1973numerical]

    >>> principal_angles(np.eye(3)[:, :2], np.array([[1.0], [1], [0]])).round(6).tolist()
    [1.570796, 0.0]
    """
    few, many = sorted((_basis(first), _basis(second)), key=lambda basis: basis.shape[1])
    overlap = many.T @ few
    cosines = np.linalg.svd(overlap, compute_uv=False)[::-1]
    sines = np.linalg.svd(few - many @ overlap, compute_uv=False)
    right = np.full(many.shape[1] - few.shape[1], np.pi / 2)
    return np.concatenate([right, np.arctan2(sines, cosines)])


def projection_distance(first: Matrix, second: Matrix) -> float:
    r"""The Frobenius norm of the difference of the projections onto two spans.

    :math:`\sqrt2\,|\sin\theta|` of the principal angles if both have equally many directions.

    >>> projection_distance(np.eye(3)[:, :2], np.eye(3)[:, :1])
    1.0
    """
    one, other = _basis(first), _basis(second)
    overlap = np.square(one.T @ other).sum()
    return float(np.sqrt(max(0.0, one.shape[1] + other.shape[1] - 2 * overlap)))


def davis_kahan_bound(perturbation: Matrix, gap: float) -> float:
    r"""The largest sine by which leading eigenvectors may turn when a symmetric matrix changes.

    .. math:: \sin\theta \le |\Delta| / \delta

    for an eigenspace that a gap :math:`\delta` separates from the rest of the other matrix's
    spectrum: the tolerance within which a subspace can be asked for. [davis1970rotation]

    >>> davis_kahan_bound(np.diag([0.1, -0.2]), gap=2.0)
    0.1
    """
    if not gap > 0:
        raise ValueError(
            f"`gap` must be positive, got {gap}: without a gap a subspace is not determined. Take "
            "all directions that share the eigenvalue."
        )
    return min(1.0, float(np.linalg.norm(perturbation, 2)) / gap)


def _basis(x: Matrix) -> Matrix:
    left, sizes, _ = np.linalg.svd(x, full_matrices=False)
    return left[:, sizes > 1e-10 * max(sizes[0], np.finfo(np.float64).tiny)]
