"""What statistics of views and labels are declared not to notice, and that they notice the rest."""

import numpy as np
import pytest

from ssl_theory.diagnostics.invariances import Change, changed
from ssl_theory.diagnostics.view_invariances import (
    LABELLED,
    MATCHED,
    SIMILARITIES,
    changed_views,
)

DECLARED = {**MATCHED, **SIMILARITIES, **LABELLED}
CASES = [(name, change) for name in DECLARED for change in Change]
ITEMS, DIMENSIONS = 60, 4


def drawn(seed):
    """Three views of items in general position, and their classes, which mean something."""
    generator = np.random.default_rng(seed)
    labels = np.arange(ITEMS) % 3
    items = generator.standard_normal((ITEMS, DIMENSIONS)) * np.linspace(1, 2, DIMENSIONS)
    items += 2 * generator.standard_normal((3, DIMENSIONS))[labels]
    views = items + 0.6 * generator.standard_normal((3, ITEMS, DIMENSIONS))
    mixing = np.linalg.qr(generator.standard_normal((DIMENSIONS, DIMENSIONS)))[0]
    return views @ mixing + generator.uniform(0.3, 0.6, DIMENSIONS), labels


def before_and_after(name, change, seed):
    statistic, _ = DECLARED[name]
    views, labels = drawn(seed)
    if name in MATCHED:
        return statistic(views), statistic(changed_views(views, change, seed))
    if name in SIMILARITIES:
        own = (changed(views[k], change, seed + k) for k in range(2))
        return statistic(*views[:2]), statistic(*own)
    after = changed(views[0], change, seed)
    copies = np.tile(labels, len(after) // ITEMS)
    return statistic(views[0], labels), statistic(after, copies)


@pytest.mark.parametrize(("name", "change"), [(n, c) for n, c in CASES if c in DECLARED[n][1]])
def test_what_is_declared_is_not_noticed(name, change):
    for seed in range(4):
        before, after = before_and_after(name, change, seed)
        assert after == pytest.approx(before, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("name", "change"), [(n, c) for n, c in CASES if c not in DECLARED[n][1]])
def test_what_is_not_declared_is_noticed(name, change):
    for seed in range(5):  # one witness refutes
        try:
            before, after = before_and_after(name, change, seed)
        except ValueError:
            return  # to refuse is to notice
        if abs(after - before) > 1e-4 * abs(before):
            return
    pytest.fail(f"{name} does not notice {change.value}: declare it")


def test_a_change_of_views_is_that_of_all_their_items():
    views, _ = drawn(0)
    for change in Change:
        after = changed_views(views, change, 3)
        assert len(after) == 3
        if change is Change.DUPLICATION:
            np.testing.assert_array_equal(after, np.concatenate([views, views], 1))
        elif change is Change.ROTATION:
            np.testing.assert_allclose(after @ after[0, 0], views @ views[0, 0])
