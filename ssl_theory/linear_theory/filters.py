r"""The spectral filters known in closed form.

Each is a function of the parameters of an objective. With ``m`` entropies, noise variance
``sigma^2`` and ``delta = 2 (1 - rho)``:

==============================  ============================================  ==================
filter                          ``s(rho)``                                    used if
==============================  ============================================  ==================
``log_determinant``             ``m sigma^2 / delta``                         always
``joint_log_determinant``       ``2 sigma^2 / delta``                         always
``conditional_log_determinant`` ``sigma^2 / delta``                           always
``predictive``                  ``sigma^2 / (1 - rho^2)``                     always
``coding_rate``                 ``m sigma^2 / delta - epsilon``               that is positive
``kernel_density``, m = 2       ``sigma^2 (2/(sqrt(1 + 2 delta) - 1) - 1)``   always
``kernel_density``, m = 1       ``sigma^2 (2/(sqrt(1 + 4 delta) - 1) - 1)``   ``rho > 0``
``joint_kernel_density``        root of a scalar equation                     always
``quadratic_renyi``             ``m sigma^2 / delta - tau^2 / 2``             that is positive
``spectral_contrastive``        ``rho``                                       ``rho > 0``
``whitening``                   ``1``                                         always
``cross_covariance_whitening``  ``1 / gamma``, of ``G`` and not the pencil    ``gamma > 0``
==============================  ============================================  ==================
"""

import sympy as sp

from ssl_theory import notation as nt
from ssl_theory.linear_theory.spectral_filter import SpectralFilter, rho, s

__all__ = [
    "coding_rate", "conditional_log_determinant", "cross_covariance_whitening",
    "joint_kernel_density", "joint_log_determinant", "kernel_density", "log_determinant",
    "predictive", "quadratic_renyi", "spectral_contrastive", "whitening",
]  # fmt: skip


def log_determinant(variance: float, *, entropies: int = 2) -> SpectralFilter:
    """Gaussian alignment and ``m`` log determinants: equivalently ``W S_D W' = m variance I``.

    ``m = 2`` is infomax with a flat prior [mikulasch2026ldm].
    """
    sigma2, half = nt.parameter("variance", variance), sp.Rational(entropies, 2)
    gain = -s * (1 - rho) / sigma2 + half * sp.log(s)
    return SpectralFilter("log_determinant", gain, half * sigma2 / (1 - rho))


def joint_log_determinant(variance: float) -> SpectralFilter:
    """Gaussian alignment and the log determinant of the pair: the same optimum as ``m = 2``."""
    sigma2 = nt.parameter("variance", variance)
    entropy = sp.log(s) + sp.log(1 + rho) / 2 + sp.log(1 - rho) / 2
    gain = -s * (1 - rho) / sigma2 + entropy
    return SpectralFilter("joint_log_determinant", gain, sigma2 / (1 - rho))


def conditional_log_determinant(variance: float) -> SpectralFilter:
    """Gaussian alignment and the log determinant of what one view leaves of the other.

    The optimum with one entropy of a single view: what is predicted costs no strength.
    """
    sigma2 = nt.parameter("variance", variance)
    gain = -s * (1 - rho) / sigma2 + (sp.log(s) + sp.log(1 + rho) + sp.log(1 - rho)) / 2
    return SpectralFilter("conditional_log_determinant", gain, sigma2 / (2 * (1 - rho)))


def predictive(variance: float) -> SpectralFilter:
    """A learned linear predictor of the other view, and one log determinant.

    White innovations. The predictor may change the sign of a direction, so directions are kept
    by ``|rho|``: an anticorrelated one is as predictable as a correlated one.
    """
    sigma2 = nt.parameter("variance", variance)
    gain = -s * (1 - rho**2) / (2 * sigma2) + sp.log(s) / 2
    return SpectralFilter("predictive", gain, sigma2 / (1 - rho**2))


def coding_rate(variance: float, floor: float, *, entropies: int = 2) -> SpectralFilter:
    """Gaussian alignment and ``m/2 log det(I + S / floor)``: water-filling.

    A direction is used if its views are closer than ``m variance / floor``. [ozsoy2022corinfomax]
    """
    sigma2, epsilon = nt.parameter("variance", variance), nt.parameter("floor", floor)
    half = sp.Rational(entropies, 2)
    gain = -s * (1 - rho) / sigma2 + half * sp.log(1 + s / epsilon)
    strength = half * sigma2 / (1 - rho) - epsilon
    return SpectralFilter("coding_rate", gain, strength, 1 - half * sigma2 / epsilon)


def kernel_density(
    variance: float, *, entropies: int, kernel: float | None = None
) -> SpectralFilter:
    """Gaussian alignment and ``m`` entropies of a kernel density, its kernel the model by default.

    InfoNCE on the plane. With ``m = 2`` uncorrelated directions are kept, at a strength of the
    golden ratio less one; with ``m = 1`` they are lost.
    """
    sigma2, m = nt.parameter("variance", variance), entropies
    tau2 = nt.parameter("variance", variance if kernel is None else kernel)
    u = s / tau2
    gain = -s * (1 - rho) / sigma2 + sp.Rational(m, 2) * (sp.log(1 + u) + u / (1 + u))
    v = (sp.sqrt(1 + sp.Rational(8, m) * (1 - rho) * tau2 / sigma2) - 1) / 2
    return SpectralFilter("kernel_density", gain, tau2 * (1 / v - 1), 1 - m * sigma2 / tau2)


def joint_kernel_density(variance: float) -> SpectralFilter:
    """Gaussian alignment and the kernel density entropy of the pair. [mikulasch2026ldm]"""
    sigma2 = nt.parameter("variance", variance)
    gain = -s * (1 - rho) / sigma2
    for u in (s * (1 + rho) / sigma2, s * (1 - rho) / sigma2):
        gain += (sp.log(1 + u) + u / (1 + u)) / 2
    return SpectralFilter("joint_kernel_density", gain, None)


def quadratic_renyi(variance: float, kernel: float, *, entropies: int = 1) -> SpectralFilter:
    """Gaussian alignment and the quadratic Renyi entropy with a Gaussian ``kernel`` variance.

    Alignment and uniformity on the plane: water-filling with half the kernel's variance as floor.
    """
    water = coding_rate(variance, kernel / 2, entropies=entropies)
    return SpectralFilter("quadratic_renyi", water.gain, water.strength, water.threshold)


def spectral_contrastive() -> SpectralFilter:
    """``-2 E z.w + E (z.w')^2`` with independent ``w'``. [haochen2021spectral]"""
    return SpectralFilter("spectral_contrastive", 2 * rho * s - s**2, rho, sp.Integer(0))


def whitening(*, signed: bool = True) -> SpectralFilter:
    """Alignment under ``W S W' = I``: hard whitening, slow features.

    Not ``signed`` if one view may be rotated onto the other, as canonical correlations are: then
    anticorrelated directions count as correlated ones.
    """
    agreement = rho if signed else sp.Abs(rho)
    gain = -2 * s * (1 - agreement)
    return SpectralFilter("whitening", gain, sp.Integer(1), constrained=True)


def cross_covariance_whitening() -> SpectralFilter:
    """``|W G W' - I|^2``: the smallest of its many optima, in the eigenvectors of ``G`` itself.

    Reached by gradient flow from a small start, one direction after another. [simon2023stepwise]
    """
    gain = -((1 - rho * s) ** 2)
    return SpectralFilter(
        "cross_covariance_whitening", gain, 1 / rho, sp.Integer(0), of_cross_covariance=True
    )
