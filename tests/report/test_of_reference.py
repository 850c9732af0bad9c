"""Two representations are compared with two that have nothing in common."""

import math

import numpy as np
import pytest
from scipy.stats import kstest

from ssl_theory.diagnostics.canonical import canonical_correlations, svcca
from ssl_theory.diagnostics.cka import cka
from ssl_theory.diagnostics.procrustes import procrustes_distance
from ssl_theory.diagnostics.rsa import representational_similarity
from ssl_theory.report.of_reference import of_reference


def measured(rows, reference):
    return {m.name: m for m in of_reference(rows, reference)}


def representations(seed, n=200, first=5, second=8, shared=0.0):
    generator = np.random.default_rng(seed)
    z, w = (generator.standard_normal((n, d)) for d in (first, second))
    w[:, :first] += shared * z
    return z + 1, w * np.linspace(1, 2, second)


def test_values_are_those_of_the_diagnostics():
    z, w = representations(0, shared=1.0)
    assert {name: m.value for name, m in measured(z, w).items()} == pytest.approx(
        {
            "CKA": cka(z, w),
            "SVCCA": svcca(z, w),
            # Every direction of these is among the strongest.
            "mean squared canonical correlation": np.mean(canonical_correlations(z, w) ** 2),
            "Procrustes distance": procrustes_distance(z, w),
            "representational similarity": representational_similarity(z, w),
        },
        rel=1e-9,
    )


def test_directions_are_as_many_as_hold_their_share_of_the_variance():
    z, w = representations(1, n=400, shared=1.0)
    z = np.hstack([z, 0.01 * np.random.default_rng(2).standard_normal((400, 7))])
    found = measured(z, w)["SVCCA"]
    assert found.note == "Of 5 and 8 directions of 400 items"
    assert found.value == pytest.approx(svcca(z, w), rel=1e-9)


def test_what_is_shared_is_seen():
    found = measured(*representations(0, shared=1.0))
    assert found["CKA"].null.p_value == 0.01  # the smallest of 99 shuffles
    assert found["mean squared canonical correlation"].null.p_value < 1e-9
    assert found["Procrustes distance"].null.p_value == 0.05  # of 19
    assert found["representational similarity"].value > 0.3


def test_a_wide_representation_is_judged_by_students_law():
    z, w = representations(0, n=300, first=40, second=60, shared=0.5)
    found = measured(z, w)["CKA"]
    assert found.null.p_value < 1e-9
    assert found.note == ""


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("CKA", {}),
        ("CKA", {"first": 30, "second": 40}),
        ("mean squared canonical correlation", {}),
        ("Procrustes distance", {}),
    ],
)
def test_p_values_of_unrelated_representations_are_uniform(name, sizes):
    found = [measured(*representations(seed, n=60, **sizes))[name] for seed in range(40)]
    assert kstest([m.null.p_value for m in found], "uniform").pvalue > 1e-3


def test_unrelated_representations_meet_the_null():
    found = [measured(*representations(seed, n=60, first=12, second=12)) for seed in range(40)]
    for name in found[0]:
        apart = np.array([f[name].value - f[name].null.value for f in found])
        # The null of the mean correlation is one draw, the same for every seed.
        spread = apart.std(ddof=1) * math.sqrt(1 / 40 + (name == "SVCCA"))
        assert abs(apart.mean()) < 4 * spread, name


def test_another_basis_scale_and_place_change_nothing_but_the_similarity():
    z, w = representations(0, shared=1.0)
    turn = np.linalg.qr(np.random.default_rng(9).standard_normal((8, 8)))[0]
    one, other = measured(z, w), measured(z, 1e100 * (w @ turn) + 1e100)
    for name in one.keys() - {"representational similarity"}:
        assert other[name].value == pytest.approx(one[name].value, rel=1e-9)


def test_few_items_of_many_dimensions_keep_their_inner_products_when_turned():
    # Of 3000 dimensions the last two are strong and shared: the p-value is of 40 dimensions.
    generator = np.random.default_rng(0)
    z = 1e-3 * generator.standard_normal((40, 3000))
    z[:, -2:] = generator.standard_normal((40, 2))
    found = measured(z, z[:, -2:])["CKA"]
    assert found.value == pytest.approx(1, abs=0.01)
    assert found.null.p_value == 0.01
    assert found.note == "The p-value is of 99 shuffles of 40 items"


def test_a_part_of_the_items_stands_for_products_that_are_too_large():
    generator = np.random.default_rng(0)
    z, w = generator.standard_normal((2100, 300)), generator.standard_normal((2100, 900))
    found = measured(z, w)
    assert found["CKA"].note == "On 2,048 items"
    assert found["Procrustes distance"].note == "On 2,048 items"
    assert found["Procrustes distance"].value == pytest.approx(
        found["Procrustes distance"].null.value, abs=0.01
    )
