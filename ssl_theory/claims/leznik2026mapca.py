"""Metric-aware PCA, as its source states it. [leznik2026mapca]

Read were its abstract and its opening, not the body; the findings are ours.
``S`` is a covariance, ``D`` its diagonal, ``l`` its eigenvalues, ``M`` the metric.
"""

from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory.claims.claim import Claim, Trial
from ssl_theory.linear_theory.numerical import descend
from ssl_theory.metric_aware_pca import Metric, equivariance_error, metric_aware_pca
from ssl_theory.metrics import CorrelationPower, Custom, Diagonal, Power

__all__ = ["CLAIMS", "barlow_outputs"]

S = np.array([[2.0, 1.0], [1.0, 2.0]])  # eigenvalues 3 and 1, correlation 1/2
UNEQUAL = np.array([[4.0, 1.0], [1.0, 1.0]])  # the first feature in half its unit: still 1/2
STRETCHED = np.array([[8.0, 2.0], [2.0, 2.0]])  # S with its first feature in half its unit
UNITS = [2.0, 1.0]


def _solved(covariance: NDArray[np.float64], metric: Metric) -> NDArray[np.float64]:
    """The spectrum, by the pencil of two matrices and not by the rule of the metric."""
    return metric_aware_pca(covariance, Custom(metric(covariance))).spectrum


def _spectrum() -> Trial:
    return Trial("S = [[2, 1], [1, 2]], beta = 1/2: largest", 3**0.5, _solved(S, Power(0.5))[0])


def _condition_number() -> Trial:
    largest, smallest = _solved(S, Power(0.5))
    return Trial("S = [[2, 1], [1, 2]], beta = 1/2", 3**0.5, largest / smallest)


def _diagonal_is_invariant() -> Trial:
    before, after = (_solved(m, Diagonal())[0] for m in (S, STRETCHED))
    return Trial("[[2, 1], [1, 2]] and its first feature doubled: largest", before, after)


def _equivariance_gives_invariance() -> Trial:
    metric = CorrelationPower(0.5)
    assert equivariance_error(metric, S, UNITS) < 1e-12
    before, after = (_solved(m, metric)[0] for m in (S, STRETCHED))
    return Trial("M = D^1/2 R^1/2 D^1/2, units 2 and 1: largest", before, after)


def _invariance_without_equivariance() -> Trial:
    """A metric that charges the second direction twice as much in the new units only."""
    directions = np.array([[1.0, 1.0], [1.0, -1.0]]) / 2  # W, with W' D W = I and D = 2 I
    back = np.linalg.inv(directions) * UNITS  # the inverse of C^-1 W
    metric = Custom(back.T @ np.diag([1.0, 2.0]) @ back)
    before = metric_aware_pca(S, Diagonal(), keep=1)
    after = metric_aware_pca(STRETCHED, metric, keep=1)
    assert np.allclose(after.directions[:, 0] * UNITS, before.directions[:, 0])
    error = equivariance_error(Diagonal(), S, UNITS, moved=metric)
    return Trial("one direction kept, its score unchanged: distance of M~ from CMC", 0.0, error)


def _powers_between_are_not_invariant() -> Trial:
    # The eigenvalues of the stretched covariance are 5 +- sqrt(13).
    moved = ((5 + 13**0.5) / (5 - 13**0.5)) ** 0.5
    largest, smallest = _solved(STRETCHED, Power(0.5))
    assert abs(largest / smallest - 3**0.5) > 0.1
    return Trial("[[2, 1], [1, 2]], first feature doubled, beta = 1/2", moved, largest / smallest)


def _another_equivariant_metric() -> Trial:
    metric = CorrelationPower(0.5)
    assert equivariance_error(metric, S, UNITS) < 1e-12
    m = metric(S)
    return Trial("M = D^1/2 R^1/2 D^1/2: its entry off the diagonal", 0.0, m[0, 1])


def _scores_of_the_diagonal_metric() -> Trial:
    total = _solved(UNEQUAL, Diagonal()).sum()
    correlations = np.linalg.eigvalsh([[1.0, 0.5], [0.5, 1.0]]).sum()
    assert abs(total - correlations) < 1e-12
    return Trial("S = [[4, 1], [1, 1]]: sum of score variances", float(np.trace(UNEQUAL)), total)


def _zca_is_optimal() -> Trial:
    values, axes = np.linalg.eigh(S)
    w = axes / np.sqrt(values) @ axes.T
    assert np.allclose(w.T @ S @ w, np.eye(2))
    best = _solved(S, Power(1)).sum()
    return Trial("S = [[2, 1], [1, 2]], W = S^-1/2: tr W'SW", best, np.trace(w.T @ S @ w))


def _cholesky_is_as_good() -> Trial:
    w = np.linalg.inv(np.linalg.cholesky(S)).T
    assert np.allclose(w.T @ S @ w, np.eye(2))  # feasible, with the same trace
    asymmetry = float(abs(w[0, 1] - w[1, 0]))  # ZCA is the symmetric one
    return Trial("another W with W'SW = I and the same trace: W - W'", 0.0, asymmetry)


def barlow_outputs(weight: float, autocorrelations: tuple[float, float] = (0.9, 0.1)) -> float:
    """How correlated two standardised outputs are at the linear optimum of Barlow Twins."""
    rho = torch.tensor(autocorrelations, dtype=torch.float64)

    def loss(w: Tensor) -> Tensor:
        w = w / w.norm(dim=1, keepdim=True)
        across = (w * rho) @ w.T
        redundant = across.square().sum() - across.diagonal().square().sum()
        return (1 - across.diagonal()).square().sum() + weight * redundant

    w = descend(loss, (2, 2)).encoder
    w = w / np.linalg.norm(w, axis=1, keepdims=True)
    return float(abs(w[0] @ w[1]))


def _barlow(weight: float) -> Trial:
    case = f"autocorrelations .9, .1 and weight {weight:g}: |correlation| of the outputs"
    return Trial(case, 0.0, barlow_outputs(weight))


def _hinge_is_content_with_copies() -> Trial:
    w = np.array([[1.0, 1.0], [0.0, 0.0]])  # both outputs are the first feature
    variances = (w.T @ w).diagonal()
    assert (variances == 1).all()  # so that the variance term is zero
    least = float(np.linalg.eigvalsh(w.T @ w)[0])
    return Trial("S = I, two equal outputs: smallest eigenvalue of W'DW", 1.0, least)


def _dual_reading() -> Trial:
    x = np.array([1.0, -2.0])
    whitened = np.linalg.solve(np.linalg.cholesky(S), x)
    return Trial(
        "S = [[2, 1], [1, 2]], x = (1, -2): squared length of the output",
        float(x @ Power(-1)(S) @ x),
        float(whitened @ whitened),
    )


def _own_convention() -> Trial:
    largest, smallest = _solved(np.diag([4.0, 1.0]), Power(-1))
    return Trial("S = diag(4, 1), beta = -1: condition number", 1.0, largest / smallest)


claim = partial(Claim, source="leznik2026mapca", read="abstract")

CLAIMS = (
    claim(
        name="spectrum of the beta-family",
        statement="M = S^beta weighs the spectrum continuously, from PCA at 0 to whitening at 1.",
        finding="mu = l^(1 - beta). For every beta < 1 the directions are those of PCA: what "
        "changes is the length of the scores, not the subspace.",
        example=_spectrum,
    ),
    claim(
        name="condition number of the beta-family",
        statement="kappa(beta) = (l1 / lp)^(1 - beta), falling to 1 on [0, 1].",
        finding="Exactly; beyond 1 it rises again, with exponent |1 - beta|, the weakest first.",
        example=_condition_number,
    ),
    claim(
        name="the diagonal metric is scale invariant",
        statement="M = D (invariant PCA) does not depend on the units of the features.",
        finding="D moves as C D C, so mu and the scores stay.",
        example=_diagonal_is_invariant,
    ),
    claim(
        name="scale invariance if and only if M~ = CMC",
        statement="The representation is unchanged by x -> Cx if and only if M becomes CMC.",
        finding="If, always. Only if, when every direction is kept; of fewer, metrics that move "
        "otherwise can leave the scores unchanged.",
        example=_equivariance_gives_invariance,
        counterexample=_invariance_without_equivariance,
    ),
    claim(
        name="powers in between are not scale invariant",
        statement="The beta-family does not satisfy the criterion for 0 < beta < 1.",
        finding="At beta = 1 it does, since S itself moves as CSC.",
        example=_powers_between_are_not_invariant,
    ),
    claim(
        name="invariant PCA is the unique invariant metric",
        read="opening",
        statement="Only M = D is strictly invariant to every diagonal rescaling.",
        finding="M = D^1/2 h(R) D^1/2 is, for every function h of the correlations R. Unique is D "
        "only among diagonal metrics whose entry is a function of that variance alone.",
        counterexample=_another_equivariant_metric,
    ),
    claim(
        name="the diagonal metric preserves variance, unlike correlation PCA",
        read="opening",
        statement="PCA of the correlations discards variances; M = D keeps them.",
        finding="The scores are the same: S w = mu D w is R u = mu u with w = D^-1/2 u. Only axes "
        "mapped back to the features differ, by D^1/2.",
        counterexample=_scores_of_the_diagonal_metric,
    ),
    claim(
        name="ZCA is beta = 1",
        statement="ZCA whitening corresponds to M = S.",
        finding="When read as: ZCA is among the optima. So is every whitening: at beta = 1 each "
        "feasible W has the same trace, and nothing singles ZCA out.",
        example=_zca_is_optimal,
        counterexample=_cholesky_is_as_good,
    ),
    claim(
        name="Barlow Twins is beta = 1",
        statement="Barlow Twins corresponds to output whitening, M = S.",
        finding="When the redundancy weight is large, or views agree. Two outputs are one and the "
        "same while the weight is at most (1 - r1)(r1 - r2) / (r1 (r1 + r2)).",
        example=partial(_barlow, 1.0),
        counterexample=partial(_barlow, 0.005),
    ),
    claim(
        name="VICReg's variance term is the diagonal metric",
        statement="The variance term of VICReg corresponds to M = D.",
        finding="It asks for unit variance of each output, the diagonal of W'SW = I; W'DW = I is "
        "about the features, and rules out copies, which the variance term does not.",
        counterexample=_hinge_is_content_with_copies,
    ),
    claim(
        name="W-MSE is beta = -1",
        statement="W-MSE corresponds to M = S^-1, opposite to Barlow Twins.",
        finding="When M is read as the metric of data vectors: outputs are as far apart as S^-1 "
        "says. As the metric of W in W'MW = I, the source's convention, W-MSE is M = S; "
        "M = S^-1 gives score variances l^2 instead of 1.",
        example=_dual_reading,
        counterexample=_own_convention,
    ),
)
