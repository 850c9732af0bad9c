"""Thirteen representations of known latents, and what every measure must say of each.

Four standard normal latents, whitened exactly, so that what is linear is exact; what is counted in
bins, fitted to some items or drawn at random is known to a tolerance. An expected value is a number
(to 1e-6), a number with its tolerance, an interval, or REFUSES.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from ssl_theory.identifiability import (
    AmariError,
    BlockR2,
    Disentanglement,
    DynamicsR2,
    Explicitness,
    LinearR2,
    MeanCorrelation,
    Modularity,
    MutualInformationGap,
    OrthogonalityError,
    ProcrustesResidual,
    SeparatedAttributePredictability,
    SubspaceAngle,
    WeakMeanCorrelation,
)

N, D = 2000, 4
REFUSES = "refuses"
HADAMARD = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]) / 2
SHEARS = np.kron(np.eye(2), [[1.0, 1.0], [0.0, 1.0]])  # z_1, z_1 + z_2, z_3, z_3 + z_4
EQUICORRELATED = np.linalg.cholesky(np.full((D, D), 0.9) + 0.1 * np.eye(D)).T
GOLDEN = (1 + np.sqrt(5)) / 2
SHARED = (1 + 3 * 0.9) / 4  # the share of one direction in the correlated latents


class Near(NamedTuple):
    value: float
    tolerance: float


class Between(NamedTuple):
    low: float
    high: float


def whitened(x):
    return np.linalg.qr(x - x.mean(0))[0] * np.sqrt(len(x))


def one_direction(z):
    return np.repeat(z.mean(1, keepdims=True), D, 1)


NOISE = np.random.default_rng(1).standard_normal((N, D))
REPRESENTATIONS = {
    "identity": lambda z: z,
    "scaled permutation": lambda z: z[:, [2, 0, 3, 1]] * [1, -9, 0.01, 4] + 7,
    "affine": lambda z: z @ SHEARS + 3,
    "elementwise monotone": lambda z: z**3,
    "non-monotone": lambda z: z**2,
    "rotation": lambda z: z @ HADAMARD,
    "rank 1": one_direction,
    "dead dimension": lambda z: np.hstack([z[:, :3], np.full((N, 1), 0.1)]),
    "duplicated codes": lambda z: np.hstack([z, z]),
    "extra noise": lambda z: np.hstack([z, NOISE]),
    "pure noise": lambda z: NOISE,
    "fewer dimensions": lambda z: z[:, :3],
    "correlated latents": one_direction,
}
Z = whitened(np.random.default_rng(0).standard_normal((N, D)))


def sequence():
    """Autoregressions of unit variance with four coefficients."""
    keep = np.array(COEFFICIENTS)
    steps = np.random.default_rng(2).standard_normal((N, D))
    z = np.empty((N, D))
    z[0] = steps[0]
    for t in range(1, N):
        z[t] = keep * z[t - 1] + np.sqrt(1 - keep**2) * steps[t]
    return z


COEFFICIENTS = (0.9, 0.7, 0.5, 0.3)
SEQUENCE = sequence()

# Of one latent from a cube: E z^4 / sqrt(E z^6) = 3 / sqrt(15), squared .6. Heavy tails make the
# sample differ by up to .04.
CUBE = 3 / np.sqrt(15)
# A cube foretells r z^3 / 5 where the latent foretells z, with r = (6 rho^2 + 9) / 15.
RATIOS = (6 * np.square(COEFFICIENTS) + 9) / 15
CUBE_DYNAMICS = float(np.mean(1.2 * RATIOS - 0.6 * RATIOS**2))
HALF_RANKS = 6 / np.pi * np.arcsin(0.25)  # Spearman's of a Pearson's of one half


def area(correlation):
    """Of the sign of a normal variable by another: an orthant of three normal variables."""
    return 0.5 + 2 / np.pi * np.arcsin(correlation / np.sqrt(2))


# The columns are the representations, in the order above.
EXPECTED = {
    MeanCorrelation(): [
        *(1, 1, (1 + np.sqrt(0.5)) / 2, Near(CUBE, 0.04), Between(0, 0.08), 0.5, 0.5, 0.75),
        *(1, 1, Between(0, 0.07), 0.75, np.sqrt(SHARED)),
    ],
    MeanCorrelation(ranks=True): [
        *(1, 1, Near((1 + 6 / np.pi * np.arcsin(np.sqrt(0.5) / 2)) / 2, 0.02), 1),
        *(Between(0, 0.08), Near(HALF_RANKS, 0.03), Near(HALF_RANKS, 0.03), Near(0.75, 0.01)),
        *(1, 1, Between(0, 0.07), Near(0.75, 0.01), Near(0.958, 0.01)),
    ],
    WeakMeanCorrelation(): [
        *(1, 1, 1, Near(CUBE, 0.05), Near(0, 0.12), 1, Near(0.5, 0.05), Near(0.75, 0.05)),
        *(1, Near(1, 1e-3), Near(0, 0.12), Near(0.75, 0.05), Near(np.sqrt(SHARED), 0.01)),
    ],
    LinearR2(): [
        *(1, 1, 1, Near(0.6, 0.07), Near(-0.01, 0.05), 1, Near(0.25, 0.05), Near(0.75, 0.02)),
        *(1, Near(0.5, 0.02), Near(-0.01, 0.05), Near(0.75, 0.02), Near(SHARED, 0.02)),
    ],
    OrthogonalityError(): [
        *(0, Near(8, 1e-6), GOLDEN - 1, Near(2, 0.6), Between(0.85, 1.1), 0, 1, 1),
        *(REFUSES, REFUSES, Between(0.9, 1), REFUSES, 1),
    ],
    ProcrustesResidual(): [
        # |h|^2 = 1 + 81 + .0001 + 16 and |z'h|_* = 14.01 of the permutation
        *(0, 1 + (4 - 2 * 14.01) / 98.0001, 1 + (4 - 4 * (2 * GOLDEN - 1)) / 6),
        *(Near(1 + (4 - 24) / 60, 0.1), Between(1.35, 1.5), 0, 3, 1 / 3),
        *(1 + (4 - 8 * np.sqrt(2)) / 8, Near(0.5, 0.03), Between(1.8, 2.1), 1 / 3),
        1 + (4 - 8 * SHARED) / (4 * SHARED),
    ],
    SubspaceAngle(): [
        *(0, 0, 0, Between(0.55, 0.75), Between(0.99, 1), 0, 1, 1),
        *(0, 1, Between(0.99, 1), 1, 1),
    ],
    AmariError(): [
        *(0, 0, (2 + np.sqrt(2)) / 24, Between(0, 0.08), Between(0, 1), 1, 1, 0.25),
        *(REFUSES, REFUSES, Between(0, 1), REFUSES, 1),
    ],
    MutualInformationGap(bins=10): [
        # Of a square, a fifth of the items tells in which two tenths the latent lies: log 5 of
        # log 10, less what bins cost whose middle is not that of the sample.
        *(Near(1, 0.02), Near(1, 0.02), Near(0.5, 0.03), Near(1, 0.02)),
        *(Between(0.6, np.log10(5)), Between(0, 0.02), 0, Near(0.75, 0.02)),
        *(0, Near(1, 0.02), Between(0, 0.02), Near(0.75, 0.02), 0),
    ],
    SeparatedAttributePredictability(): [
        *(1, 1, 0.5, Near(0.6, 0.07), Between(0, 0.02), 0, 0, 0.75),
        *(0, Near(1, 0.01), Between(0, 0.01), 0.75, 0),
    ],
    Modularity(bins=10): [
        *(Near(1, 1e-3), Near(1, 1e-3), Near(1 - 1 / 6, 0.03), Near(1, 1e-3), Near(1, 1e-3)),
        *(Between(0, 0.35), Between(0, 0.35), Near(1, 1e-3)),
        *(Near(1, 1e-3), Near(1, 1e-3), 0, Near(1, 1e-3), Between(0, 0.2)),
    ],
    Explicitness(): [
        *(Near(1, 0.01), Near(1, 0.01), Near(1, 0.01), Between(0.9, 1), Near(0.5, 0.08)),
        *(Near(1, 0.01), Near(area(0.5), 0.05), Near(0.875, 0.03)),
        *(Near(1, 0.01), Near(1, 0.01), Near(0.5, 0.08), Near(0.875, 0.03)),
        Near(area(np.sqrt(SHARED)), 0.02),
    ],
    Disentanglement(): [
        # Of a shear, the first dimension matters for two latents and the second for one:
        # weights 2 : sqrt 2, and 1/2 and 1 of disentanglement.
        *(Near(1, 0.03), Near(1, 0.03), Near((1 + np.sqrt(2)) / (2 + np.sqrt(2)), 0.05)),
        *(Between(0.7, 1), Between(0, 1), Near(0, 0.01), Near(0, 0.01), Near(1, 0.03)),
        *(Near(1, 0.03), Near(1, 0.1), Between(0, 1), Near(1, 0.03), Near(0, 0.01)),
    ],
    BlockR2(content=(0, 1, 2, 3), most=300): [
        *(Near(1, 0.02), Near(1, 0.02), Near(1, 0.03), Between(0.5, 1), Between(-0.2, 0.1)),
        *(Near(1, 0.02), Near(0.25, 0.08), Near(0.75, 0.04)),
        *(Near(1, 0.02), Near(0.5, 0.06), Between(-0.1, 0.05), Near(0.75, 0.04), Near(0.925, 0.03)),
    ],
    DynamicsR2(): [
        *(1, 1, 1, Near(CUBE_DYNAMICS, 0.15), Near(0, 0.1), 1, Between(0, 0.6), Near(0.75, 0.03)),
        *(1, Near(1, 0.05), Near(0, 0.1), Near(0.75, 0.03), Between(0, 1)),
    ],
}
CASES = [
    pytest.param(measure, name, wanted, id=f"{measure}: {name}")
    for measure, row in EXPECTED.items()
    for name, wanted in zip(REPRESENTATIONS, row, strict=True)
]


@cache
def scored(measure, name):
    z = SEQUENCE if isinstance(measure, DynamicsR2) else Z
    z = z @ EQUICORRELATED if name == "correlated latents" else z
    return measure(z, REPRESENTATIONS[name](z))


@pytest.mark.parametrize(("measure", "name", "wanted"), CASES)
def test_says_of_each_representation_what_is_known_of_it(measure, name, wanted):
    if wanted is REFUSES:
        with pytest.raises(ValueError, match="as many dimensions as there are latents"):
            scored(measure, name)
        return
    found = scored(measure, name).value
    if isinstance(wanted, Between):
        assert wanted.low <= found <= wanted.high
    else:
        wanted = wanted if isinstance(wanted, Near) else Near(wanted, 1e-6)
        assert found == pytest.approx(wanted.value, abs=wanted.tolerance)


# What a measure must warn of, and by being left out here, what it must not.
LOSSES = {"rank 1", "dead dimension", "fewer dimensions"}
NOT_AFFINE = {"elementwise monotone", "non-monotone", "pure noise", "correlated latents"}
WARNS = {
    MeanCorrelation(): LOSSES | {"elementwise monotone", "correlated latents"},
    MeanCorrelation(ranks=True): LOSSES | {"correlated latents"},
    WeakMeanCorrelation(): {"correlated latents"},
    LinearR2(): {"correlated latents"},
    ProcrustesResidual(): LOSSES | {"correlated latents"},
    OrthogonalityError(): {"rank 1", "dead dimension"} | NOT_AFFINE,
    AmariError(): {"rank 1", "dead dimension"} | NOT_AFFINE,
    Disentanglement(): LOSSES | NOT_AFFINE,
}


@pytest.mark.parametrize("measure", WARNS, ids=str)
def test_warns_where_its_value_would_mislead_and_nowhere_else(measure):
    row = dict(zip(REPRESENTATIONS, EXPECTED[measure], strict=True))
    flagged = {
        name
        for name, wanted in row.items()
        if wanted is not REFUSES and scored(measure, name).flagged
    }
    assert flagged == WARNS[measure]


def test_every_measure_of_the_package_is_in_the_battery():
    from ssl_theory import identifiability

    exported = {getattr(identifiability, name) for name in identifiability.__all__}
    measures = {
        x for x in exported if isinstance(x, type) and issubclass(x, identifiability.Measure)
    }
    assert {type(measure) for measure in EXPECTED} == measures - {identifiability.Measure}
