"""Neural collapse is a simplex of points; what noise in class means adds to it can be taken off."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.diagnostics.classes import classes
from ssl_theory.diagnostics.neural_collapse import (
    class_distance_normalised_variance,
    equal_angles,
    equal_norms,
    nearest_mean_disagreement,
    self_duality,
    within_class_variability,
)


def gaussian_classes(means, each, seed=0):
    """Classes with these means and unit variance along every axis."""
    means = np.asarray(means, float)
    noise = np.random.default_rng(seed).standard_normal((each, *means.shape))
    labels = np.tile(np.arange(len(means)), each)
    return (means + noise).reshape(-1, means.shape[1]), labels


@st.composite
def labelled(draw):
    c, d, each, seed = (draw(st.integers(low, 5)) for low in (2, 2, 3, 0))
    return gaussian_classes(5 * np.random.default_rng(seed).standard_normal((c, d)), each, seed)


@pytest.mark.parametrize("c", [2, 3, 7])
def test_a_simplex_of_points_is_complete_collapse(c):
    z, labels = np.tile(np.eye(c), (3, 1)), np.tile(np.arange(c), 3)
    assert within_class_variability(z, labels) == pytest.approx(0, abs=1e-12)
    assert class_distance_normalised_variance(z, labels) == pytest.approx(0)
    assert equal_norms(z, labels) == pytest.approx(0, abs=1e-12)
    assert equal_angles(z, labels) == pytest.approx(0, abs=1e-12)
    weights = 3 * (np.eye(c) - 1 / c)
    assert self_duality(z, labels, weights) == pytest.approx(0, abs=1e-12)
    assert self_duality(z, labels, -weights) == pytest.approx(2)
    assert nearest_mean_disagreement(z, labels, weights) == 0
    assert nearest_mean_disagreement(z, labels, -weights) == 1


@given(labelled())
def test_within_class_variability_is_a_trace_with_a_pseudo_inverse(case):
    z, labels = case
    names = np.unique(labels)
    means = np.array([z[labels == name].mean(0) for name in names])
    residuals = z - means[labels]
    within = residuals.T @ residuals / len(z)
    between = np.cov(means, rowvar=False, ddof=0).reshape(z.shape[1], -1)
    expected = np.trace(within @ np.linalg.pinv(between, rcond=1e-10)) / len(names)
    assert within_class_variability(z, labels) == pytest.approx(expected, rel=1e-6)


@given(labelled())
def test_biased_distances_variances_norms_and_angles_are_those_of_sample_means(case):
    z, labels = case
    groups = [z[labels == name] for name in np.unique(labels)]
    means = np.array([group.mean(0) for group in groups])
    variances = [group.var(0, ddof=1).sum() for group in groups]
    pairs = [(a, b) for a in range(len(means)) for b in range(a + 1, len(means))]
    expected = [
        (variances[a] + variances[b]) / 2 / np.sum((means[a] - means[b]) ** 2) for a, b in pairs
    ]
    found = class_distance_normalised_variance(z, labels, debiased=False)
    assert found == pytest.approx(expected)
    means = means - means.mean(0)
    norms = np.linalg.norm(means, axis=1)
    spread = np.std(norms) / np.mean(norms)
    assert equal_norms(z, labels, debiased=False) == pytest.approx(spread, abs=1e-9)
    cosines = [means[a] @ means[b] / norms[a] / norms[b] for a, b in pairs]
    gap = np.mean([abs(cosine + 1 / (len(means) - 1)) for cosine in cosines])
    assert equal_angles(z, labels, debiased=False) == pytest.approx(gap, abs=1e-9)


def test_debiased_inner_products_of_means_are_those_of_the_population():
    means = np.array([[3.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 2, 1]])
    centred = means - means.mean(0)
    draws = np.array(
        [
            [classes(*gaussian_classes(means, 3, seed)).gram(debiased=d) for d in (True, False)]
            for seed in range(600)
        ]
    )
    debiased, biased = draws.mean(0)
    errors = draws[:, 0].std(0) / len(draws) ** 0.5
    assert errors.max() < 0.2
    assert (np.abs(debiased - centred @ centred.T) < 5 * errors).all()
    # Four axes of variance 1 / 3 each, of which centring leaves two thirds.
    assert np.trace(biased - debiased) == pytest.approx(3 * 4 / 3 * 2 / 3, rel=0.1)


def test_pairs_of_gaussian_classes_have_their_population_ratio_only_without_bias():
    # 40 axes of variance 1 and a distance of 4: 40 / 16.
    means = np.zeros((2, 40))
    means[1, 0] = 4
    values = np.array(
        [
            [
                class_distance_normalised_variance(*gaussian_classes(means, 30, seed), debiased=d)[
                    0
                ]
                for d in (True, False)
            ]
            for seed in range(300)
        ]
    )
    # Of inverses: squared distances are what is unbiased.
    found, naive = (1 / values).mean(0)
    error = (1 / values[:, 0]).std() / len(values) ** 0.5
    assert error < 0.01
    assert found == pytest.approx(16 / 40, abs=5 * error)
    assert naive > 16 / 40 + 5 * error


def test_class_means_of_noise_in_many_dimensions_look_like_a_simplex_unless_debiased():
    z, labels = gaussian_classes(np.zeros((10, 2000)), 5)
    assert equal_angles(z, labels, debiased=False) < 0.05
    assert equal_norms(z, labels, debiased=False) < 0.05
    for measure in (equal_angles, equal_norms):
        with pytest.raises(ValueError, match=r"differ beyond chance, got a squared distance of -"):
            measure(z, labels)


def test_classes_no_further_apart_than_chance_are_at_infinity():
    infinite = [
        np.isinf(class_distance_normalised_variance(*gaussian_classes(np.zeros((2, 9)), 5, seed)))
        for seed in range(200)
    ]
    # An unbiased estimate of a squared distance of 0 is negative about as often as not.
    assert 0.4 < np.mean(infinite) < 0.7


@given(labelled(), st.integers(0, 99), st.floats(0.1, 10), st.floats(-100, 100))
def test_isometries_and_scales_change_none(case, seed, scale, constant):
    z, labels = case
    d = z.shape[1]
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    moved = scale * z @ rotation + constant
    for measure in (
        within_class_variability,
        class_distance_normalised_variance,
        lambda *case: equal_norms(*case, debiased=False),
        lambda *case: equal_angles(*case, debiased=False),
    ):
        assert measure(moved, labels) == pytest.approx(measure(z, labels), rel=1e-6, abs=1e-9)


@given(labelled(), st.integers(0, 99))
def test_neither_names_nor_order_matter(case, seed):
    z, labels = case
    order = np.random.default_rng(seed).permutation(len(z))
    words = np.array(["ant", "bee", "cat", "dog", "elk"])[labels]
    assert within_class_variability(z[order], words[order]) == pytest.approx(
        within_class_variability(z, labels)
    )


def test_units_of_an_axis_matter_where_means_do_not_span_all_axes():
    z, labels = gaussian_classes([[0.0, 0], [4, 4]], 20)
    few = within_class_variability(z, labels)
    assert within_class_variability(z * [1, 9], labels) != pytest.approx(few, rel=0.1)
    z, labels = gaussian_classes([[0.0, 0], [4, 4], [9, 0]], 20)
    spanned = within_class_variability(z, labels)
    assert within_class_variability(z * [1, 9], labels) == pytest.approx(spanned)


def test_a_biased_classifier_disagrees_where_its_border_is_shifted():
    z, labels = np.array([[-5.0], [-3], [3], [5]]), [0, 0, 1, 1]
    found = [nearest_mean_disagreement(z, labels, [[-1.0], [1]], [0, b]) for b in (0, 8, 20)]
    assert found == [0, 0.25, 0.5]


def test_a_classifier_at_right_angles_to_the_means():
    z, labels = np.array([[-5.0, 0], [-3, 0], [3, 0], [5, 0]]), [0, 0, 1, 1]
    assert self_duality(z, labels, [[0.0, 1], [0, -1]]) == pytest.approx(2**0.5)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 0, 1], r"`labels` must hold one label for each of the 4 items, got shape \(3,\)"),
        ([7, 7, 7, 7], "at least 2 classes of at least 2 items, got 1 classes, 7 with 4 items"),
        ([0, 0, 0, 1], "at least 2 classes of at least 2 items, got 2 classes, 1 with 1 items"),
    ],
)
def test_it_says_which_labels_it_wants(labels, message):
    with pytest.raises(ValueError, match=message):
        within_class_variability(np.arange(8.0).reshape(4, 2), labels)


def test_equal_means_and_transposed_weights_are_refused():
    z, labels = np.array([[-1.0, 0], [1, 0], [-1, 0], [1, 0]]), [0, 0, 1, 1]
    with pytest.raises(ValueError, match="classes of different means, got equal ones"):
        within_class_variability(z, labels)
    with pytest.raises(ValueError, match=r"`weights` must have shape .* = \(2, 2\), got \(2, 1\)"):
        self_duality(z, labels, np.ones((2, 1)))
