"""Agreement of groups is adjusted for chance, and edges are counted one by one."""

import itertools

import numpy as np
import pytest
from sklearn import metrics

from ssl_theory.identifiability import (
    adjusted_mutual_information,
    adjusted_rand_index,
    matched_accuracy,
    structural_hamming_distance,
)
from ssl_theory.identifiability.adjusted_information import expected_information
from ssl_theory.identifiability.labels import contingency

GENERATOR = np.random.default_rng(0)
CASES = [
    (GENERATOR.integers(3, size=60), GENERATOR.integers(5, size=60)),
    (np.repeat([0, 1, 2], 20), np.repeat([2, 0, 1], 20)),
    (np.repeat([0, 1, 2], 20), np.arange(60)),
    (np.repeat([0, 1, 2], 20), np.zeros(60, int)),
    (np.zeros(60, int), np.zeros(60, int)),
    (np.repeat([0, 1], 30), np.tile([0, 1], 30)),
]


@pytest.mark.parametrize("case", range(len(CASES)))
def test_groups_are_compared_as_scikit_learn_compares_them(case):
    labels, clusters = CASES[case]
    rand, information = (
        x(labels, clusters) for x in (adjusted_rand_index, adjusted_mutual_information)
    )
    assert rand.value == pytest.approx(metrics.adjusted_rand_score(labels, clusters))
    wanted = metrics.adjusted_mutual_info_score(labels, clusters)
    assert information.value == pytest.approx(wanted, abs=1e-9)
    wanted = metrics.normalized_mutual_info_score(labels, clusters)
    assert information.parts["normalised"] == pytest.approx(wanted, abs=1e-9)


def test_the_information_by_chance_is_the_mean_over_all_matchings():
    labels, clusters = np.array([0, 0, 0, 1, 1]), np.array([0, 1, 1, 2, 2])
    shuffles = list(itertools.permutations(clusters))
    mean = np.mean([metrics.mutual_info_score(labels, shuffled) for shuffled in shuffles])
    assert expected_information(contingency(labels, clusters)) == pytest.approx(mean)


def test_clusters_by_chance_agree_with_nothing_however_many_they_are():
    generator = np.random.default_rng(1)
    labels = generator.integers(4, size=200)
    for clusters in (4, 40):
        drawn = [generator.integers(clusters, size=200) for _ in range(30)]
        for measure in (adjusted_rand_index, adjusted_mutual_information):
            scores = [measure(labels, one).value for one in drawn]
            assert abs(np.mean(scores)) < 5 * np.std(scores) / np.sqrt(30) < 0.03
        adjusted = [matched_accuracy(labels, one, draws=20).parts["adjusted"] for one in drawn]
        assert abs(np.mean(adjusted)) < 5 * np.std(adjusted) / np.sqrt(30) < 0.06
    assert adjusted_mutual_information(labels, np.arange(200)).parts["normalised"] > 0.4


def test_the_accuracy_is_the_best_over_all_names():
    labels, clusters = CASES[0]
    names = itertools.permutations(range(5), 3)
    best = max(np.mean([clusters[i] == n[labels[i]] for i in range(60)]) for n in names)
    score = matched_accuracy(labels, clusters)
    assert score.value == pytest.approx(best)
    assert matched_accuracy(labels, labels[::-1] * 0).value == pytest.approx(
        np.bincount(labels).max() / 60
    )


def test_names_do_not_matter_and_what_is_no_grouping_is_flagged():
    labels = np.repeat(["a", "b", "c"], 20)
    for measure in (adjusted_rand_index, adjusted_mutual_information, matched_accuracy):
        score = measure(labels, np.repeat([7.5, -1.0, 3.0], 20))
        assert score.value == 1
        assert not score.flagged
        assert "1 clusters of 60 items" in measure(labels, np.zeros(60)).warnings[0]
    assert "the rarest label has 1 items" in str(adjusted_rand_index([0, 1, 1], [0, 1, 1]))


def test_says_which_labels_it_wanted():
    with pytest.raises(
        ValueError, match=r"`labels` and `clusters` must each hold one name .* \(2,\)"
    ):
        adjusted_rand_index([0, 1], [0, 1, 2])


CHAIN = np.array([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]])


def test_edges_that_are_missing_added_and_turned_are_counted():
    estimate = np.array([[0, 1, 0, 1], [0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]])
    score = structural_hamming_distance(CHAIN, estimate)
    counts = [score.parts[name] for name in ("missing", "added", "turned")]
    assert counts == [1, 1, 1]
    assert score.value == 3
    assert structural_hamming_distance(CHAIN, estimate, reversal=2).value == 4
    assert score.parts["precision"] == pytest.approx(1 / 3)
    assert score.parts["recall"] == pytest.approx(1 / 3)
    flat = CHAIN.ravel(), estimate.ravel()
    assert score.parts["f1"] == pytest.approx(metrics.f1_score(*flat))


def test_reversals_counted_twice_are_entries_that_differ():
    generator = np.random.default_rng(2)
    for _ in range(20):
        one, other = generator.integers(2, size=(2, 5, 5))
        score = structural_hamming_distance(one, other, reversal=2)
        assert score.value == np.abs(one - other).sum()
        # A pair of nodes with one edge each, opposite, is the only thing that is turned.
        turned = sum(
            (one[i, j], one[j, i], other[i, j], other[j, i]) in ((1, 0, 0, 1), (0, 1, 1, 0))
            for i, j in itertools.combinations(range(5), 2)
        )
        assert structural_hamming_distance(one, other).value == score.value - turned


def test_nodes_are_compared_as_they_were_matched():
    order = np.array([2, 0, 3, 1])
    renamed = np.zeros_like(CHAIN)
    renamed[np.ix_(order, order)] = CHAIN
    assert structural_hamming_distance(CHAIN, renamed, permutation=order).value == 0
    assert structural_hamming_distance(CHAIN, renamed).value > 0


def test_no_edges_at_all_are_near_a_sparse_graph_and_flag_what_is_no_nearer():
    score = structural_hamming_distance(CHAIN, np.zeros((4, 4)))
    assert score.value == score.parts["empty"] == 3
    assert score.parts["f1"] == 0
    assert "no edges at all would cost 3, the estimate costs 3" in score.warnings[0]
    assert structural_hamming_distance(CHAIN * 0, CHAIN * 0).parts["f1"] == 1


@pytest.mark.parametrize(
    ("arguments", "keywords", "complaint"),
    [
        ((CHAIN, CHAIN[:3]), {}, r"`estimate` must be a square array of truth values, .* \(3, 4\)"),
        ((CHAIN * 0.5, CHAIN), {}, "`graph` must hold 0 and 1 or truth values, got others"),
        ((CHAIN, CHAIN[:3, :3]), {}, "equally many nodes, got 4 and 3"),
        ((CHAIN, CHAIN), {"reversal": 3}, "`reversal` must be 1 or 2, got 3"),
        ((CHAIN, CHAIN), {"permutation": [0, 0, 1, 2]}, "each of the 4 nodes once"),
    ],
)
def test_says_which_graphs_it_wanted(arguments, keywords, complaint):
    with pytest.raises(ValueError, match=complaint):
        structural_hamming_distance(*arguments, **keywords)
