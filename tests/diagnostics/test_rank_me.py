"""RankMe as its implementations compute it, and what their epsilons do."""

import numpy as np
import pytest
from scipy.stats import entropy

from ssl_theory.diagnostics.entropy import matrix_entropy
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.rank_me import RankMeConvention, rank_me


def drawn(n, d, seed=0):
    generator = np.random.default_rng(seed)
    return generator.standard_normal((n, d)) * np.arange(1, d + 1) ** -0.5 + 0.3


def by_singular_values(z, epsilon):
    shares = np.linalg.svd(z, compute_uv=False)
    shares = shares / shares.sum() + epsilon
    return np.exp(-np.sum(shares * np.log(shares)))


@pytest.mark.parametrize("shape", [(60, 20), (20, 60), (30, 30)])
@pytest.mark.parametrize(
    ("convention", "epsilon"),
    [("paper", 1e-7), ("stable-pretraining", 1e-5), ("graph embedding", 1e-12), ("exact", 0)],
)
def test_published_codes_take_singular_values_about_the_origin(shape, convention, epsilon):
    z = drawn(*shape)
    assert rank_me(z, convention) == pytest.approx(by_singular_values(z, epsilon), rel=1e-9)


def test_one_published_code_takes_variances_about_the_mean():
    z = drawn(80, 12)
    variances = np.linalg.eigvalsh(np.cov(z, rowvar=False))
    assert rank_me(z, "reptrix") == pytest.approx(np.exp(entropy(variances)))


def test_the_conventions_disagree_by_more_than_models_do():
    z = np.random.default_rng(0).standard_normal((2048, 256)) + 1
    found = {name: rank_me(z, name) for name in ("paper", "reptrix")}
    assert found["paper"] < 0.95 * found["reptrix"]
    on_variances = RankMeConvention(centred=False, of="variance", epsilon=0.0)
    assert rank_me(z, on_variances) < 0.2 * found["paper"]


@pytest.mark.parametrize("epsilon", [1e-7, 1e-5])
@pytest.mark.parametrize("rank", [1, 16])
def test_epsilon_counts_directions_that_are_not_there(epsilon, rank):
    # rank shares of 1 / r + e and d - r of e.
    d = 256
    z = np.eye(d) * (np.arange(d) < rank)
    one = 1 / rank + epsilon
    expected = np.exp(-rank * one * np.log(one) - (d - rank) * epsilon * np.log(epsilon))
    found = rank_me(z, RankMeConvention(centred=False, of="deviation", epsilon=epsilon))
    assert found == pytest.approx(expected)
    assert found > rank == pytest.approx(rank_me(z, "exact"))


def test_epsilon_finds_more_directions_than_dimensions():
    assert rank_me(np.eye(512), "stable-pretraining") > 1.02 * 512


def test_entropies_are_logarithms_of_ranks():
    z = drawn(50, 9)
    unit = z / np.linalg.norm(z, axis=1, keepdims=True)
    gram = np.linalg.eigvalsh(unit @ unit.T / 50).clip(min=0)
    assert matrix_entropy(unit) == pytest.approx(entropy(gram[gram > 1e-12]))
    assert matrix_entropy(unit, order=2) == pytest.approx(-np.log(np.square(gram).sum()))
    assert matrix_entropy(unit, order=np.inf) == pytest.approx(-np.log(gram[-1]))
    assert matrix_entropy(unit, order=1 + 1e-7) == pytest.approx(matrix_entropy(unit), abs=1e-6)
    assert matrix_entropy(z, centred=True, order=2) == pytest.approx(
        np.log(effective_rank(z, order=2))
    )


def test_nesum_is_the_stable_rank():
    z = drawn(50, 9)
    variances = np.linalg.eigvalsh(np.cov(z, rowvar=False))[::-1]
    nesum = np.sum(variances / variances[0])
    deviations = z - z.mean(0)
    norms = np.linalg.norm(deviations) ** 2 / np.linalg.norm(deviations, 2) ** 2
    assert effective_rank(z, order=np.inf) == pytest.approx(nesum)
    assert effective_rank(z, order=np.inf) == pytest.approx(norms)


def test_says_which_conventions_there_are():
    with pytest.raises(
        ValueError, match=r"`convention` must be one of paper, exact, .*, got 'svd'"
    ):
        rank_me(np.eye(3), "svd")


def test_nothing_has_no_rank():
    with pytest.raises(ValueError, match="must vary by more than rounding, got 5 items that"):
        rank_me(np.zeros((5, 2)))
