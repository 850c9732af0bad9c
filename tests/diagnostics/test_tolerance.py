"""Tolerance is a mean over pairs that share a label."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.diagnostics.tolerance import tolerance


def labelled(seed, n=20, d=3, c=3):
    generator = np.random.default_rng(seed)
    return generator.standard_normal((n, d)) + 1, generator.permutation(np.arange(n) % c)


@given(st.integers(0, 999))
def test_it_is_the_mean_cosine_of_pairs(seed):
    z, labels = labelled(seed)
    unit = z / np.linalg.norm(z, axis=1, keepdims=True)
    pairs = [(i, j) for i in range(len(z)) for j in range(i)]
    same = [unit[i] @ unit[j] for i, j in pairs if labels[i] == labels[j]]
    other = [unit[i] @ unit[j] for i, j in pairs if labels[i] != labels[j]]
    assert tolerance(z, labels) == pytest.approx(np.mean(same))
    assert tolerance(z, labels, adjusted=True) == pytest.approx(np.mean(same) - np.mean(other))


@given(st.integers(0, 999), st.floats(0.01, 100))
def test_rotations_and_lengths_change_nothing(seed, scale):
    z, labels = labelled(seed)
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((3, 3)))[0]
    lengths = np.random.default_rng(seed).uniform(scale, 2 * scale, (len(z), 1))
    for adjusted in (False, True):
        expected = tolerance(z, labels, adjusted=adjusted)
        assert tolerance(lengths * z @ rotation, labels, adjusted=adjusted) == pytest.approx(
            expected, abs=1e-9
        )


def test_a_common_mean_makes_all_alike_and_only_the_adjusted_value_says_so():
    z, labels = labelled(0)
    assert tolerance(z + 1000, labels) > 0.99
    assert abs(tolerance(z + 1000, labels, adjusted=True)) < 1e-3


def test_labels_without_meaning_have_an_adjusted_mean_of_zero():
    z, labels = labelled(0)
    generator = np.random.default_rng(1)
    values = [tolerance(z, generator.permutation(labels), adjusted=True) for _ in range(2000)]
    error = np.std(values) / len(values) ** 0.5
    assert error < 0.005
    assert abs(np.mean(values)) < 5 * error
    assert np.mean([tolerance(z, generator.permutation(labels)) for _ in range(100)]) > 0.3


def test_a_zero_row_has_no_direction():
    with pytest.raises(ValueError, match=r"no zero rows, got 1 \(the first is row 2\)"):
        tolerance([[1.0], [1.0], [0.0], [1.0]], [0, 0, 1, 1])
