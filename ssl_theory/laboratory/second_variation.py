r"""How infomax with the exact entropy changes as two Gaussian latents are bent, in any direction.

Let :math:`h_i = \sqrt{\sigma^2 / (1 - \rho_i)}\,(z_i + u_i)`. With orthonormal Hermite polynomials
``e``, :math:`\log\det(I + J) = \mathrm{tr} J - \mathrm{tr} J^2 / 2 + \dots` couples only

.. math:: u_1 = f\, e_a(z_1) e_b(z_2), \qquad u_2 = g\, e_{a+1}(z_1) e_{b-1}(z_2),

and to second order the loss rises by the form ``(f, g)`` of

.. math::
    \begin{pmatrix}
    \frac{1 - \rho_1^a \rho_2^b}{1 - \rho_1} + a & \sqrt{b(a+1)} \\
    \sqrt{b(a+1)} & \frac{1 - \rho_1^{a+1} \rho_2^{b-1}}{1 - \rho_2} + b - 1
    \end{pmatrix}.

It is flat along ``a = 0, b = 1``, a rotation. Where all others are positive definite the latents
are a strict local minimum, up to that rotation: so they are of every pair of positive
autocorrelations that was looked at, even where a log determinant prefers a parabola. Of negative
ones, whose even functions agree better than they do, they need not be.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["bending", "least_curvature"]


def bending(first: float, second: float, a: int, b: int) -> NDArray[np.float64]:
    """The matrix above, of latents with these autocorrelations.

    >>> np.linalg.eigvalsh(bending(0.5, 0.5, 0, 1)).round(12).tolist()
    [0.0, 2.0]
    """
    cross = np.sqrt(b * (a + 1))
    one = (1 - first**a * second**b) / (1 - first) + a
    other = (1 - first ** (a + 1) * second ** (b - 1)) / (1 - second) + b - 1
    return np.array([[one, cross], [cross, other]])


def least_curvature(first: float, second: float, degree: int = 20) -> float:
    """The least eigenvalue over all bendings up to a degree, the rotation left out.

    >>> least_curvature(0.95, 0.6) > 0, least_curvature(-0.9, -0.9) > 0
    (True, False)
    """
    return min(float(np.linalg.eigvalsh(m)[0]) for m in _bendings(first, second, degree))


def _bendings(first: float, second: float, degree: int) -> Iterator[NDArray[np.float64]]:
    for total in range(2, degree + 1):
        for b in range(1, total + 1):
            yield bending(first, second, total - b, b)
