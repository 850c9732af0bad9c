"""How far the latents are from moving what is seen at right angles to one another."""

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.mixings import Mixing

__all__ = ["mechanism_contrast"]


def mechanism_contrast(
    mixing: Mixing, z: NDArray[np.float64], step: float = 1e-5
) -> NDArray[np.float64]:
    r""":math:`\sum_i \log\lVert\partial g/\partial z_i\rVert - \log|\det J_g|` at each of the
    latents ``(items, d)``: never negative, by Hadamard, and zero only where the columns of the
    Jacobian are orthogonal [gresele2021mechanism].

    Derivatives are central differences of the given ``step``.

    >>> from ssl_theory.processes.mixings import Mobius
    >>> bool(np.allclose(mechanism_contrast(Mobius(), np.full((1, 3), 0.5)), 0, atol=1e-8))
    True
    """
    d = z.shape[1]
    moves = step * np.eye(d)[:, None]
    effects = (mixing(z + moves) - mixing(z - moves)) / (2 * step)  # (latent, item, feature)
    lengths = np.log(np.linalg.norm(effects, axis=2)).sum(0)
    return lengths - np.linalg.slogdet(np.moveaxis(effects, 1, 0))[1]
