"""Vendi scores are Hill numbers of kernels; by cosine, ranks of directions about the origin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import pdist
from scipy.stats import entropy

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics import kernel_sums
from ssl_theory.diagnostics.dime import gaussian_gram, joint_matrix_entropy
from ssl_theory.diagnostics.entropy import matrix_entropy
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.sphere import self_cluster
from ssl_theory.diagnostics.unit_rows import unit_rows
from ssl_theory.diagnostics.vendi import rke_score, uniform_rke, vendi_score


def cosines(z):
    units = np.asarray(z) / np.linalg.norm(z, axis=1, keepdims=True)
    return units @ units.T


def gaussians(bandwidth):
    return lambda z: np.exp(
        -np.square(np.asarray(z)[:, None] - np.asarray(z)[None]).sum(-1) / (2 * bandwidth**2)
    )


@given(embeddings())
def test_by_cosine_it_is_the_entropy_rank_of_directions(z):
    shares = np.linalg.eigvalsh(cosines(z) / len(z)).clip(min=0)
    assert vendi_score(z) == pytest.approx(np.exp(entropy(shares)), rel=1e-6)
    assert vendi_score(z) == pytest.approx(np.exp(matrix_entropy(unit_rows(z))))


@given(embeddings())
def test_rke_is_a_participation_ratio_and_self_cluster_in_other_words(z):
    assert rke_score(z, kernel="cosine") == pytest.approx(1 / np.square(cosines(z)).mean())
    assert rke_score(z, kernel="cosine") == pytest.approx(
        effective_rank(unit_rows(z), order=2, centred=False)
    )
    n, d = z.shape
    if d > 1:
        expected = n + n * (n - 1) / d
        excess = (n**2 / rke_score(z, kernel="cosine") - expected) / (n**2 - expected)
        assert excess == pytest.approx(self_cluster(z))


@given(embeddings(), st.floats(0.3, 3), st.sampled_from([0.5, 1.0, 2.0, 7.0]))
def test_a_named_kernel_is_that_kernel(z, bandwidth, order):
    words = {"kernel": "gaussian", "bandwidth": bandwidth, "order": order}
    found, own = vendi_score(z, **words), gaussians(bandwidth)
    assert found == pytest.approx(vendi_score(z, kernel=own, order=order), rel=1e-6)
    gram = own(z)
    assert np.log(found) == pytest.approx(
        joint_matrix_entropy(gram, np.ones_like(gram), order=order), abs=1e-6
    )
    rke = rke_score(z, bandwidth=bandwidth)
    assert rke == pytest.approx(vendi_score(z, kernel=own, order=2), rel=1e-6)


@given(embeddings())
def test_it_counts_between_one_and_the_items_and_falls_with_the_order(z):
    found = [vendi_score(z, kernel="gaussian", order=q) for q in (0.5, 1, 2, np.inf)]
    assert found == sorted(found, reverse=True)
    assert 1 - 1e-9 <= found[-1] <= found[0] <= len(z) + 1e-9


def test_clusters_far_apart_are_counted():
    z = np.repeat(np.eye(5) * 100, 6, axis=0)
    for score in (vendi_score(z, kernel="gaussian", bandwidth=1.0), rke_score(z, bandwidth=1.0)):
        assert score == pytest.approx(5)
    assert rke_score(z, bandwidth=1e-3, unbiased=True) == pytest.approx(29 / 5)


@pytest.mark.parametrize(("n", "d"), [(30, 12), (12, 30)])
def test_uniform_directions_have_the_inverse_that_is_told(n, d):
    generator = np.random.default_rng(0)
    drawn = [generator.standard_normal((n, d)) for _ in range(400)]
    plain = np.array([1 / rke_score(z, kernel="cosine") for z in drawn])
    error = plain.std(ddof=1) / 20
    assert error < 0.005 * plain.mean()
    assert abs(plain.mean() - 1 / uniform_rke(n, d)) < 5 * error
    # Not compared with themselves, items resemble each other as those of the population do.
    unbiased = np.array([1 / rke_score(z, kernel="cosine", unbiased=True) for z in drawn])
    assert abs(unbiased.mean() - 1 / d) < 5 * unbiased.std(ddof=1) / 20


def test_the_score_of_uniform_directions_follows_pages_law():
    n, d = 400, 40
    found = vendi_score(np.random.default_rng(0).standard_normal((n, d)))
    assert found == pytest.approx(d * np.exp(-d / (2 * n)), rel=0.01)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"kernel": "laplace"}, "`kernel` must be .* got 'laplace'"),
        ({"kernel": "cosine", "bandwidth": 1.0}, "`bandwidth` must be left out .* got 1.0"),
        ({"kernel": lambda z: 2 * np.eye(len(z))}, "`kernel` must give a matrix"),
        ({"kernel": lambda z: np.eye(2)}, r"`kernel` must give a matrix \(3, 3\)"),
    ],
)
def test_it_says_what_it_wants(words, message):
    with pytest.raises(ValueError, match=message):
        vendi_score(np.eye(3), **words)


def test_the_default_kernel_is_as_wide_as_half_the_mean_squared_distance():
    z = np.random.default_rng(0).standard_normal((40, 3)) + 5
    gram = gaussian_gram(z)
    assert rke_score(z) == pytest.approx(1 / np.square(gram).mean())
    assert rke_score(z) == pytest.approx(vendi_score(z, kernel="gaussian", order=2))
    with pytest.raises(ValueError, match="`bandwidth` must be positive, got -1"):
        rke_score(z, bandwidth=-1)
    with pytest.raises(ValueError, match="`z` must vary, got equal items"):
        rke_score(np.ones((4, 2)))


def test_pairs_are_summed_block_by_block(monkeypatch):
    z = np.random.default_rng(0).standard_normal((57, 3))
    whole = kernel_sums.gaussian_kernel_sum(z, 0.7)
    expected = 2 * np.exp(-0.35 * pdist(z, "sqeuclidean")).sum()
    assert whole == pytest.approx(expected)
    monkeypatch.setattr(kernel_sums, "ENTRIES", 300)
    assert kernel_sums.gaussian_kernel_sum(z, 0.7) == pytest.approx(expected)
    squares = pdist(z, "sqeuclidean").mean()
    assert kernel_sums.mean_squared_distance(z) == pytest.approx(squares)


def test_items_that_resemble_none_are_infinitely_many():
    with pytest.raises(ValueError, match="`z` must hold items that resemble each other, got 3"):
        rke_score(np.eye(3), kernel="cosine", unbiased=True)
