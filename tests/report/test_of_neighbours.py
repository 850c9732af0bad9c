"""Neighbours tell a curved surface from a Gaussian of the same covariance."""

import math
from functools import cache

import numpy as np
import pytest

from ssl_theory.diagnostics.local_dimension import intrinsic_dimension
from ssl_theory.diagnostics.neighbour_entropy import neighbour_entropy
from ssl_theory.diagnostics.tree_dimension import tree_dimension
from ssl_theory.diagnostics.two_nn import two_nn
from ssl_theory.report.of_neighbours import of_neighbours

DIMENSIONS = ["Two-NN dimension", "likelihood dimension", "tree dimension"]


def measured(rows):
    return {m.name: m for m in of_neighbours(rows)}


def gaussian(seed, n=400, d=5):
    return np.random.default_rng(seed).standard_normal((n, d)) * 0.7 ** np.arange(d)


@cache
def of_gaussians():
    return [measured(gaussian(seed)) for seed in range(20)]


def test_values_are_those_of_the_diagnostics():
    rows = gaussian(0)
    found = measured(rows)
    assert {name: m.value for name, m in found.items()} == pytest.approx(
        {
            "Two-NN dimension": two_nn(rows),
            "likelihood dimension": intrinsic_dimension(rows),
            "tree dimension": tree_dimension(np.unique(rows, axis=0), repeats=2),
            "neighbour entropy": neighbour_entropy(rows),
            "Gaussian entropy": found["Gaussian entropy"].value,
        },
        rel=1e-12,
    )


@pytest.mark.parametrize("name", [*DIMENSIONS, "neighbour entropy"])
def test_gaussian_items_meet_the_null(name):
    found = [of_items[name] for of_items in of_gaussians()]
    apart = np.array([m.value - m.null.value for m in found])
    assert abs(apart.mean()) < 4 * apart.std(ddof=1) / math.sqrt(20)
    # The bound means something: it is a small part of the value.
    assert apart.std(ddof=1) / math.sqrt(20) < 0.06 * abs(np.mean([m.value for m in found]))


def test_few_gaussian_items_in_many_dimensions_meet_it_too():
    # Their sample covariance is far more uneven than the isotropic one they come from.
    found = [
        measured(np.random.default_rng(seed).standard_normal((128, 64)))["likelihood dimension"]
        for seed in range(20)
    ]
    apart = np.array([m.value - m.null.value for m in found])
    assert abs(apart.mean()) < 4 * apart.std(ddof=1) / math.sqrt(20)


def test_a_surface_that_is_curved_has_fewer_dimensions_than_its_covariance():
    angle = np.random.default_rng(0).uniform(0, 2 * np.pi, (1000, 2))
    torus = np.hstack([np.cos(angle), np.sin(angle)])
    found = measured(torus)
    for name in DIMENSIONS:
        assert found[name].value == pytest.approx(2, abs=0.3)
        assert found[name].null.value > 3
    assert found["neighbour entropy"].value < found["neighbour entropy"].null.value - 1


def test_gaussian_entropy_is_without_bias():
    n, d = 30, 8
    truth = d / 2 * math.log(2 * math.pi * math.e) + math.log(3) * d
    found = [
        measured(3 * np.random.default_rng(seed).standard_normal((n, d)))["Gaussian entropy"].value
        for seed in range(60)
    ]
    error = np.std(found, ddof=1) / math.sqrt(60)
    assert abs(np.mean(found) - truth) < 4 * error
    assert 4 * error < 0.35  # the plain determinant is 0.69 nats short


def test_units_change_entropies_by_their_logarithm_and_dimensions_not():
    rows = gaussian(0)
    one, other = measured(rows), measured(rows * 1e-140)
    for name, m in one.items():
        shift = 0.0 if name in DIMENSIONS else 5 * math.log(1e-140)
        assert other[name].value == pytest.approx(m.value + shift, rel=1e-9)
        if m.null:
            assert other[name].null.value == pytest.approx(m.null.value + shift, rel=1e-9)


def test_equal_items_are_taken_once():
    rows = gaussian(0, n=200)
    one, copies = measured(rows), measured(np.repeat(rows, 3, axis=0))
    assert copies["Two-NN dimension"].note == "On 200 distinct items"
    for name in [*DIMENSIONS, "neighbour entropy"]:
        assert copies[name].value == pytest.approx(one[name].value, rel=1e-9)


def test_says_when_a_lattice_tells_no_dimension():
    found = measured(np.eye(30))
    assert found["Two-NN dimension"].value is None
    assert found["likelihood dimension"].note.startswith("Distances are too alike")


def test_says_in_how_many_dimensions_items_vary():
    rows = gaussian(0)
    rows[:, 3] = rows[:, 0]
    found = measured(rows)["Gaussian entropy"]
    assert (found.value, found.note) == (None, "Items vary in 4 of 5 dimensions only")
