"""What a statistic is declared not to notice it does not notice, and all else it does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssl_theory.diagnostics.invariances import INVARIANCES, Change, changed
from ssl_theory.diagnostics.participation import isoscore, participation_ratio

NAMES = sorted(INVARIANCES)
CASES = [(name, change) for name in NAMES for change in Change]


def in_general_position(n, d, seed):
    """A mean, unequal axes, tails: nothing that would make a change invisible by accident."""
    generator = np.random.default_rng(seed)
    z = generator.standard_normal((n, d)) * np.linspace(1, 3, d)
    mixing = np.linalg.qr(generator.standard_normal((d, d)))[0]
    return z @ mixing + generator.uniform(0.3, 0.6, d)


def in_a_plane(n, d, seed):
    """Items of rank 3 on a plane that misses the origin: what may lose a direction, or find one."""
    generator = np.random.default_rng(seed)
    plane = np.linalg.qr(generator.standard_normal((d, 4)))[0].T
    return generator.standard_normal((n, 3)) @ plane[:3] + 2 * plane[3]


SAMPLES = {"numerical rank": in_a_plane}
# Trajectories have an order; what draws items or directions draws others in another order.
ORDERED = {"curvature", "growth of the tree", "learnability of clusters"}
SLICED = {"sliced normality", "sliced Wasserstein"}


def sample(name, *shape):
    return SAMPLES.get(name, in_general_position)(*shape)


shapes = st.tuples(st.integers(30, 60), st.integers(4, 6), st.integers(0, 9999))


@pytest.mark.parametrize("name", NAMES)
@given(shapes, st.integers(0, 99))
@settings(max_examples=5)
def test_what_is_declared_is_not_noticed(name, shape, seed):
    statistic, declared = INVARIANCES[name]
    z = sample(name, *shape)
    before = statistic(z)
    for change in declared:
        assert statistic(changed(z, change, seed)) == pytest.approx(before, rel=1e-6, abs=1e-9), (
            f"{name} notices {change.value}"
        )


@pytest.mark.parametrize(
    ("name", "change"), [(n, c) for n, c in CASES if c not in INVARIANCES[n][1]]
)
def test_what_is_not_declared_is_noticed(name, change):
    statistic, _ = INVARIANCES[name]
    for seed in range(5):  # one witness refutes
        z = sample(name, 40, 5, seed)
        try:
            before, after = statistic(z), statistic(changed(z, change, seed))
        except ValueError:
            return  # to refuse is to notice
        if abs(after - before) > 1e-4 * abs(before):
            return
    pytest.fail(f"{name} does not notice {change.value}: declare it")


@pytest.mark.parametrize("name", sorted(set(NAMES) - ORDERED))
@given(shapes)
@settings(max_examples=3)
def test_the_order_of_items_and_of_signed_axes_matters_to_none(name, shape):
    statistic, _ = INVARIANCES[name]
    z = in_general_position(*shape)
    generator = np.random.default_rng(0)
    moved = generator.permutation(z, axis=0)
    if name not in SLICED:
        moved = generator.permutation(moved, axis=1) * generator.choice([-1, 1], z.shape[1])
    assert statistic(moved) == pytest.approx(statistic(z), rel=1e-6, abs=1e-9)


def test_duplicates_of_all_items_cost_the_unbiased_ratio_what_they_pretend_to_add():
    # Twice the items at equal spread: the correction for few items is half of what it should be.
    z = in_general_position(40, 30, 0)
    plain = participation_ratio(z, correction="none")
    assert plain < participation_ratio(np.vstack([z, z])) < participation_ratio(z)


@given(shapes)
def test_padding_lowers_isoscore_by_the_dimensions_it_adds(shape):
    z = in_general_position(*shape)
    d = z.shape[1]
    padded = isoscore(changed(z, Change.PADDING, 0))
    assert padded == pytest.approx(isoscore(z) * (d - 1) / d)
