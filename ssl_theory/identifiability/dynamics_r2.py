"""Whether the representation moves as the latents do."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.least_squares import best_affine_map, r_squared
from ssl_theory.identifiability.linear_r2 import mean_r_squared
from ssl_theory.identifiability.matching import best_matching
from ssl_theory.identifiability.measure import Measure

__all__ = ["DynamicsR2", "matched_eigenvalues"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class DynamicsR2(Measure):
    r"""How well the linear dynamics of the representation, read as latents, foretell the latents'.

    Rows are one sequence in the order of time. Three maps are fitted to its first part: the
    dynamics :math:`z_{t+1} \approx z_t A` and :math:`h_{t+1} \approx h_t A'`, and the reading
    :math:`z \approx h L`. On the rest, the steps :math:`h_t A' L` are held against the steps
    :math:`z_t A`; the value is the share of variance that they explain. 1 where ``h`` is affine in
    ``z`` and back, whatever the noise of the dynamics. [laiz2025selfsupervised]

    Parts: ``system_error``, the Frobenius norm of :math:`A - L^+ A' L`; ``eigenvalues`` of ``A``,
    ``matched_eigenvalues`` of ``A'`` in their order, and ``eigenvalue_error``, the mean distance
    between them, which no invertible linear map changes; ``one_step``, the share of the latents
    that ``A`` itself foretells.

    >>> turn = np.array([[0.8, 0.6], [-0.6, 0.8]])
    >>> z = np.array([np.linalg.matrix_power(turn, t)[0] for t in range(80)])
    >>> round(DynamicsR2()(z, z @ [[1.0, 2], [0, 1]] + 3).value, 9)
    1.0
    """

    test_share: float = 0.25

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return (
            having.ORDERED_IN_TIME,
            having.AFFINE,
            having.EQUAL_DIMENSIONS,
            having.items_per_dimension(20),
        )

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        if not 0 < self.test_share < 1:
            raise ValueError(
                f"`test_share` must lie in (0, 1), got {self.test_share}: steps are foretold that "
                "were not fitted to. Use 0.25."
            )
        cut = len(z) - max(2, round(self.test_share * len(z)))
        if cut < 3:
            raise ValueError(
                f"`latents` must hold at least 3 items to fit on, got {len(z)} in all. Give more."
            )
        of_latents = best_affine_map(z[: cut - 1], z[1:cut])
        of_codes = best_affine_map(h[: cut - 1], h[1:cut])
        reading = best_affine_map(h[:cut], z[:cut])
        truth = of_latents(z[cut:])
        value = mean_r_squared(r_squared(truth, reading(of_codes(h[cut:]))))
        seen = np.linalg.pinv(reading.matrix) @ of_codes.matrix @ reading.matrix
        eigenvalues, others = (
            np.linalg.eigvals(x.matrix).astype(complex) for x in (of_latents, of_codes)
        )
        in_order, error = matched_eigenvalues(eigenvalues, others)
        return value, {
            "system_error": float(np.linalg.norm(of_latents.matrix - seen)),
            "eigenvalues": eigenvalues,
            "matched_eigenvalues": in_order,
            "eigenvalue_error": error,
            "one_step": mean_r_squared(r_squared(z[cut + 1 :], truth[:-1])),
        }


def matched_eigenvalues(
    wanted: NDArray[np.complexfloating], found: NDArray[np.complexfloating]
) -> tuple[NDArray[np.complexfloating], float]:
    """Of the eigenvalues found, those nearest all in all to the wanted, and their mean distance.

    In the order of the wanted, none twice. Where fewer are found, the rest count as 0, the
    eigenvalue of what does not move on.

    >>> in_order, error = matched_eigenvalues(np.array([0.5, 1j]), np.array([1j, 0.25, 0.0]))
    >>> in_order.tolist(), error
    ([(0.25+0j), 1j], 0.125)
    """
    found = np.pad(found, (0, max(0, len(wanted) - len(found))))
    distances = np.abs(wanted[:, None] - found)
    matching = best_matching(-distances)
    return found[matching], float(distances[np.arange(len(wanted)), matching].mean())
