r"""Metric-aware PCA: the linear representation a metric asks for.

.. math::
    \max_W \operatorname{tr}(W^\top \Sigma W) \quad\text{subject to}\quad W^\top M W = I,

a generalised eigenproblem ``S w = mu M w``. The metric says which directions count as long,
hence which are worth keeping: ``M = I`` is PCA, ``M = diag(S)`` is PCA of the correlations, and
``M = S`` is whitening, where every direction is as good as any other. [leznik2026mapca]

A metric is a rule that makes ``M`` from ``S`` (:mod:`ssl_theory.metrics`). Four facts carry the
theory, all of them tested here:

- The scores ``W' x`` have covariance ``diag(mu)``. ``W`` is unique up to signs where the ``mu``
  differ; where they agree, any rotation of it is as good.
- A rule forgets units, ``x -> C x`` with ``C`` diagonal, exactly if ``M(C S C) = C M(S) C``. Then
  ``M(S) = D^{1/2} h(R) D^{1/2}``, where ``D = diag(S)`` and ``R`` is the matrix of correlations.
- A rule that is a function of its matrix, ``M = h(S)`` or ``M = D^{1/2} h(R) D^{1/2}``, has
  ``mu = l / h(l)`` on the eigenvectors of ``S`` or ``R``. Powers ``l^beta`` therefore only
  rescale principal components while ``beta < 1``, and take them in reverse if ``beta > 1``.
- On the null space of ``S`` nothing varies. Directions live in the range of ``S``, powers are
  taken there, and no eigenvalue is lifted unless :class:`~ssl_theory.metrics.Ridge` asks.
"""

import abc
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.linalg
import sympy as sp
from numpy.typing import ArrayLike, NDArray

__all__ = ["Metric", "MetricPCA", "equivariance_error", "metric_aware_pca"]

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


class Metric(abc.ABC):
    """A rule that makes a symmetric positive definite matrix from a covariance."""

    @property
    @abc.abstractmethod
    def equivariant(self) -> bool:
        """Whether ``M(C S C) = C M(S) C`` for every positive diagonal ``C``."""

    @property
    @abc.abstractmethod
    def standardises(self) -> bool:
        """Whether it is solved in units of each feature's deviation. Only if equivariant."""

    @abc.abstractmethod
    def __call__(self, covariance: Matrix) -> Matrix:
        """The metric ``M`` for this covariance, zero on its null space."""

    @abc.abstractmethod
    def formula(self, covariance: sp.MatrixExpr) -> sp.MatrixExpr:
        """The same, symbolically."""

    def spectral(self, values: Vector) -> Vector | None:
        """``h`` on positive eigenvalues (of the correlations, if it standardises), or ``None``.

        A rule that is such a function needs one eigendecomposition instead of a pencil.
        """
        return None

    def effective(self, covariance: Matrix) -> Matrix:
        """The covariance whose variance is maximised: the given one, unless there is a ridge."""
        return covariance


@dataclass(frozen=True, eq=False)
class MetricPCA:
    """The leading solutions, largest ``eigenvalues`` first."""

    directions: Matrix  # W, (d, k), with W' M W = I, each column's largest entry positive
    eigenvalues: Vector  # mu, (k,): the variance kept per unit of the metric
    spectrum: Vector  # every mu, (rank,), of which the eigenvalues are the first
    metric: Matrix  # M, (d, d)

    @property
    def rank(self) -> int:
        """The dimension of the range of the covariance: how many directions there are."""
        return len(self.spectrum)

    @property
    def condition_number(self) -> float:
        """The largest ``mu`` over the smallest: ``(l1 / lp)^|1 - beta|`` for a power."""
        return float(self.spectrum[0] / self.spectrum[-1])

    @property
    def gap(self) -> float:
        """``mu_k - mu_{k+1}`` over ``mu_1``: how well the subspace kept is told from the rest.

        Infinite if nothing is left out. A perturbation of relative size ``e`` turns the
        subspace by about ``e / gap``.
        """
        kept = len(self.eigenvalues)
        if kept == self.rank:
            return np.inf
        return float((self.spectrum[kept - 1] - self.spectrum[kept]) / self.spectrum[0])

    @property
    def degenerate(self) -> bool:
        """Whether all ``mu`` agree to rounding, so that every feasible ``W`` is optimal."""
        return self.rank > 1 and bool(np.ptp(self.spectrum) <= self._rounding * self.spectrum[0])

    @property
    def determined(self) -> bool:
        """Whether the subspace kept is the only optimal one, to rounding."""
        return self.gap > self._rounding

    @cached_property
    def loadings(self) -> Matrix:
        """``M W``: what maps scores back, exactly on the range if nothing was left out."""
        return self.metric @ self.directions

    @property
    def _rounding(self) -> float:
        return len(self.metric) * np.finfo(np.float64).eps * 16

    def __str__(self) -> str:
        lines = [
            f"{len(self.eigenvalues)} of {self.rank} directions in {len(self.metric)} dimensions",
            f"  eigenvalues       {', '.join(f'{mu:.6g}' for mu in self.eigenvalues)}",
            f"  condition number  {self.condition_number:.6g}",
            f"  gap               {self.gap:.3g}",
        ]
        if self.degenerate:
            lines.append("  degenerate: all eigenvalues agree, so every feasible W is optimal")
        elif not self.determined:
            lines.append("  undetermined: the last direction kept ties with one left out")
        return "\n".join(lines)


def metric_aware_pca(
    covariance: ArrayLike, metric: Metric, *, keep: int | None = None
) -> MetricPCA:
    r"""Solve for the ``keep`` best directions (by default as many as the covariance has).

    On a singular covariance only directions that vary are counted. What the metric would charge
    for them is made least by adding what does not vary, if the metric has a length for that.
    A rule of the correlations is solved in units of each feature's deviation, so units do not
    cost accuracy however they differ.

    Parameters
    ----------
    covariance
        Symmetric and positive semidefinite, ``(d, d)``.
    metric
        A member of :mod:`ssl_theory.metrics`, or your own.
    keep
        At most the rank of the covariance.

    Raises
    ------
    ValueError
        If the covariance is not one, has fewer directions than ``keep``, or holds directions
        too weak for float64 to resolve beside the strongest one.

    Examples
    --------
    The square root of the covariance as the metric keeps deviations instead of variances.

    >>> from ssl_theory.metrics import Power
    >>> solution = metric_aware_pca(np.diag([9.0, 4.0]), Power(0.5))
    >>> [round(float(mu), 12) for mu in solution.eigenvalues]
    [3.0, 2.0]
    """
    covariance = _check_covariance(covariance)
    d = len(covariance)
    if keep is not None and not 1 <= keep <= d:
        raise ValueError(
            f"`keep` must be between 1 and the dimension {d}, got {keep}. Use `keep=None` for "
            "every direction."
        )
    effective = metric.effective(covariance)
    deviations = np.sqrt(effective.diagonal())
    alive = deviations > 0
    if not alive.any():
        raise ValueError(
            "`covariance` must hold some variance, got zeros: no direction is better than "
            "another. Remove constant features first."
        )
    units = np.where(alive, deviations, 1.0) if metric.standardises else np.ones(d)
    scale = np.outer(units, units)
    values, axes, null, beyond = _range(effective / scale, alive)
    matrix = metric(covariance)
    directions, mu = _solve(values, axes, null, metric.spectral(values), matrix / scale)
    available = len(mu)
    wanted = available + beyond if keep is None else keep
    if wanted > available:
        raise ValueError(_too_many(wanted, available, beyond))
    directions = _with_signs(directions[:, :wanted] / units[:, None])
    return MetricPCA(directions, mu[:wanted], mu, matrix)


def equivariance_error(
    metric: Metric, covariance: ArrayLike, units: ArrayLike, *, moved: Metric | None = None
) -> float:
    """The relative distance of ``M(C S C)`` from ``C M(S) C``, in units of the latter.

    Zero for every covariance and all units exactly if the scores of a full set of directions
    ignore units. A metric that holds data is ``moved`` to the new units by the caller.

    >>> from ssl_theory.metrics import Diagonal, Identity
    >>> equivariance_error(Diagonal(), [[4.0, 1.0], [1.0, 1.0]], [1.0, 10.0])
    0.0
    >>> equivariance_error(Identity(), [[4.0, 1.0], [1.0, 1.0]], [1.0, 10.0])
    0.99
    """
    covariance, units = _check_covariance(covariance), np.asarray(units, dtype=np.float64)
    scale = np.outer(units, units)
    expected = metric(covariance)
    after = (moved or metric)(covariance * scale) / scale
    size = np.sqrt(np.outer(expected.diagonal(), expected.diagonal()))
    return float(np.max(np.abs(after - expected) / np.where(size > 0, size, 1.0)))


def _range(matrix: Matrix, alive: NDArray[np.bool_]) -> tuple[Vector, Matrix, Matrix, int]:
    """Eigenvalues and axes of the range, strongest first; the rest; how many float64 loses."""
    values, axes = np.linalg.eigh(matrix[np.ix_(alive, alive)])
    within = values > _threshold(values)
    full = np.zeros((len(matrix), len(values)))
    full[alive] = axes
    null = np.hstack([full[:, ~within], np.eye(len(matrix))[:, ~alive]])
    beyond = 0
    if not within.all():
        # The rank does not depend on units, but its weak directions may drown in strong ones.
        deviations = np.sqrt(matrix.diagonal()[alive])
        shares = np.linalg.eigvalsh(matrix[np.ix_(alive, alive)] / np.outer(deviations, deviations))
        beyond = max(0, int((shares > _threshold(shares)).sum() - within.sum()))
    return values[within][::-1], full[:, within][:, ::-1], null, beyond


def _threshold(values: Vector) -> float:
    # Rounding moves a null eigenvalue by a few eps of the largest; 16 d eps leaves room for sums.
    return 16 * len(values) * np.finfo(np.float64).eps * values[-1]


def _solve(
    values: Vector, axes: Matrix, null: Matrix, lengths: Vector | None, metric: Matrix
) -> tuple[Matrix, Vector]:
    if lengths is not None:
        mu = values / lengths
        order = np.argsort(-mu, kind="stable")  # ties stay in the order of principal components
        return (axes / np.sqrt(lengths))[:, order], mu[order]
    # What does not vary is added so as to shorten what does: a Schur complement.
    shorten = -np.linalg.pinv(null.T @ metric @ null, hermitian=True) @ (null.T @ metric @ axes)
    axes = axes + null @ shorten
    metric = axes.T @ metric @ axes
    try:
        mu, within = scipy.linalg.eigh(np.diag(values), metric)
    except np.linalg.LinAlgError:
        raise ValueError(
            "`metric` must be positive definite on the range of the covariance, got a smallest "
            f"eigenvalue of {np.linalg.eigvalsh(metric)[0]:.3g}: some direction would have no "
            "length. Wrap the metric in Ridge, or choose another."
        ) from None
    return (axes @ within)[:, ::-1], mu[::-1]


def _with_signs(directions: Matrix) -> Matrix:
    largest = np.abs(directions).argmax(0)
    signs = np.sign(directions[largest, np.arange(directions.shape[1])])
    return directions * signs


def _too_many(wanted: int, available: int, beyond: int) -> str:
    if beyond:
        return (
            f"`keep` must be at most {available}, got {wanted}: the covariance has rank "
            f"{available + beyond}, but in these units {beyond} of its directions are weaker than "
            "the rounding of the strongest. Rescale the features or use an equivariant metric."
        )
    return (
        f"`keep` must be at most the rank {available} of the covariance, got {wanted}: nothing "
        "varies in the other directions. Keep fewer, or wrap the metric in Ridge."
    )


def _check_covariance(covariance: ArrayLike) -> Matrix:
    matrix = np.asarray(covariance, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"`covariance` must be a square matrix, got shape {matrix.shape}.")
    if not np.isfinite(matrix).all():
        raise ValueError("`covariance` must be finite, got NaN or infinity. Drop those items.")
    deviations = np.sqrt(np.abs(matrix.diagonal()))
    scale = np.outer(deviations, deviations)
    asymmetry = np.abs(matrix - matrix.T)
    if (asymmetry > 1e-10 * scale).any():
        raise ValueError(
            "`covariance` must be symmetric, got a matrix that differs from its transpose by "
            f"{asymmetry.max():.3g}. Average it with its transpose if that is rounding."
        )
    # Cauchy-Schwarz entry by entry catches what no change of units could hide.
    if (matrix.diagonal() < 0).any() or (np.abs(matrix) > scale * (1 + 1e-10)).any():
        raise ValueError(_indefinite("an entry beyond the product of its deviations"))
    alive = deviations > 0
    if alive.any():
        correlations = (matrix / np.where(scale > 0, scale, 1.0))[np.ix_(alive, alive)]
        try:  # a Cholesky factor costs a fraction of the eigenvalues, which only an error needs
            np.linalg.cholesky(correlations + 1e-10 * np.eye(len(correlations)))
        except np.linalg.LinAlgError:
            least = np.linalg.eigvalsh(correlations)[0]
            raise ValueError(
                _indefinite(f"correlations with an eigenvalue of {least:.3g}")
            ) from None
    return (matrix + matrix.T) / 2


def _indefinite(got: str) -> str:
    return (
        f"`covariance` must be positive semidefinite, got {got}: no data have it. "
        "Compute it as X.T @ X / n of centred data."
    )
