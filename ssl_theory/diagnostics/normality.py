"""Whether embeddings look Gaussian from random sides."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import trapezoid

from ssl_theory.arrays import check_embeddings

__all__ = ["epps_pulley_statistics", "projected", "random_directions", "sliced_normality"]


def sliced_normality(
    z: Any,
    *,
    slices: int = 256,
    standardised: bool = False,
    reach: float = 3.0,
    knots: int = 17,
    seed: int = 0,
) -> float:
    r"""The Epps-Pulley statistic of embeddings seen along random directions, averaged.

    SIGReg as its authors report it. Of standard Gaussian items it has mean 1.05246, and along any
    one direction standard deviation 0.96002: see :mod:`ssl_theory.nulls.epps_pulley`. Averaged
    over many directions it deviates by less, but only as far as they see different things, so
    take :func:`~ssl_theory.nulls.gaussian.gaussian_null` for a p-value. As part of an objective,
    :class:`~ssl_theory.uniformity.SlicedEppsPulley`, it is multiplied by the dimension.
    [balestriero2025lejepa]

    Another rotation changes it as another seed does. Units and translations change it, unless
    ``standardised``.

    **Weak against lost dimensions**: in high dimension most projections of *anything* isotropic
    on a subspace look Gaussian. Of 256 items in 512 dimensions that fill half of them with twice
    the variance it is near 1.2. Use it beside
    :func:`~ssl_theory.diagnostics.sphericity.johns_test`.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    slices
        How many directions.
    standardised
        Whether each projection is first brought to mean 0 and variance 1, which tests for *any*
        Gaussian; without, as in SIGReg, mean and covariance are tested too.
    reach, knots
        Of the quadrature over ``|t| < reach``; 3 and 17 in the paper.

    Examples
    --------
    Items at the origin, of 10, over nearly the whole line:

    >>> found = sliced_normality(np.zeros((10, 2)), reach=8.0, knots=65) / 10
    >>> round(found / ((2 * np.pi) ** 0.5 * (1 - 2**0.5 + 3**-0.5)), 12)
    1.0
    """
    z = np.asarray(check_embeddings(z), np.float64)
    if slices < 1 or knots < 2 or not reach > 0:
        raise ValueError(
            "`slices` must be at least 1, `knots` at least 2 and `reach` positive, got "
            f"{slices}, {knots} and {reach}. Use 256, 17 and 3."
        )
    seen = projected(z, slices, seed, standardised=standardised)
    return float(epps_pulley_statistics(seen, reach=reach, knots=knots).mean())


def epps_pulley_statistics(
    x: NDArray[np.float64], *, reach: float = 3.0, knots: int = 17
) -> NDArray[np.float64]:
    r"""How far each column is from a standard Gaussian.

    ``n`` times the integral of :math:`|\hat\varphi(t) - e^{-t^2/2}|^2 e^{-t^2/2}` over
    ``|t| < reach`` by the trapezoidal rule. [epps1983normality]

    >>> found = epps_pulley_statistics(np.zeros((10, 3)), reach=8.0, knots=65)
    >>> expected = (2 * np.pi) ** 0.5 * (1 - 2**0.5 + 3**-0.5)
    >>> (found / 10 / expected).round(12).tolist()
    [1.0, 1.0, 1.0]
    """
    t = np.linspace(0, reach, knots)
    gaussian = np.exp(-(t**2) / 2)
    # One knot at a time, so that memory is that of the projections; each a turn from the last.
    turn = np.exp(1j * t[1] * x)
    wave, gaps = np.ones_like(turn), []
    for value in gaussian:
        gaps.append(np.abs(wave.mean(0) - value) ** 2)
        wave *= turn
    return 2 * len(x) * trapezoid(np.array(gaps) * gaussian[:, None], t, axis=0)


def projected(
    z: NDArray[np.float64], slices: int, seed: int, *, standardised: bool
) -> NDArray[np.float64]:
    """Items along random directions, each with mean 0 and variance 1 if ``standardised``."""
    seen = z @ random_directions(z.shape[1], slices, seed)
    if standardised:
        seen = seen - seen.mean(0)
        deviations = seen.std(0)
        if not deviations.all():
            raise ValueError(
                f"`z` must vary, got {len(z)} items that coincide: they have no variance to "
                "standardise. Pass standardised=False."
            )
        seen = seen / deviations
    return seen


def random_directions(dimensions: int, slices: int, seed: int = 0) -> NDArray[np.float64]:
    """Unit columns ``(dimensions, slices)``, uniform on the sphere."""
    drawn = np.random.default_rng(seed).standard_normal((dimensions, slices))
    return drawn / np.linalg.norm(drawn, axis=0)
