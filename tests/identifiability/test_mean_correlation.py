"""Mean correlation is a matching of axes, and what it scores by chance is known."""

import itertools

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import pearsonr, spearmanr

from ssl_theory.identifiability import MeanCorrelation, WeakMeanCorrelation
from ssl_theory.identifiability.chance import (
    noise_mean_correlation,
    random_rotation,
    rotated_mean_correlation,
)
from ssl_theory.identifiability.columns import correlations
from ssl_theory.identifiability.matching import UNMATCHED, best_matching, matched


def whitened(n, d, seed):
    """Normal items whose sample covariance is exactly the identity."""
    z = np.random.default_rng(seed).standard_normal((n, d))
    return np.linalg.qr(z - z.mean(0))[0] * np.sqrt(n)


def equicorrelated(n, d, correlation, seed):
    """Items whose sample correlations are exactly ``correlation``."""
    wanted = np.full((d, d), correlation) + (1 - correlation) * np.eye(d)
    return whitened(n, d, seed) @ np.linalg.cholesky(wanted).T


def test_the_matching_is_the_best_of_all_permutations():
    generator = np.random.default_rng(0)
    for _ in range(20):
        sizes = generator.uniform(size=(4, 4))
        best = max(
            sizes[np.arange(4), p].sum() for p in map(list, itertools.permutations(range(4)))
        )
        assert matched(sizes, best_matching(sizes)).sum() == pytest.approx(best)


def test_the_best_dimension_of_each_latent_by_itself_overstates():
    sizes = np.abs(random_rotation(10, np.random.default_rng(0)))
    assert sizes.max(1).mean() > matched(sizes, best_matching(sizes)).mean() + 0.001


def test_correlations_are_those_of_scipy():
    generator = np.random.default_rng(1)
    x, y = generator.standard_normal((50, 2)), generator.integers(4, size=(50, 3)).astype(float)
    for ranks, oracle in ((False, pearsonr), (True, spearmanr)):
        found = correlations(x, y, ranks=ranks)
        wanted = [[oracle(a, b).statistic for b in y.T] for a in x.T]
        np.testing.assert_allclose(found, wanted, atol=1e-12)


@pytest.mark.parametrize("test_share", [0.0, 0.25])
def test_axes_are_found_whatever_their_order_sign_and_unit(test_share):
    z = np.random.default_rng(2).uniform(size=(300, 4))
    score = MeanCorrelation(test_share=test_share)(z, z[:, [2, 0, 3, 1]] * [1, -9, 1e-6, 4] + 7)
    assert score.value == pytest.approx(1)
    assert score.parts["permutation"].tolist() == [1, 3, 0, 2]
    assert np.sign(score.parts["correlations"][0, 1]) == -1
    assert not score.flagged


def test_a_constant_dimension_counts_as_zero_and_a_constant_representation_scores_zero():
    z = whitened(100, 4, seed=0)
    dead = z.copy()
    dead[:, 3] = 0.1
    assert MeanCorrelation()(z, dead).value == pytest.approx(0.75)
    for ranks in (False, True):
        constant = MeanCorrelation(ranks=ranks)(z, np.full((100, 4), 0.1))
        assert constant.value == 0
        assert constant.flagged


def test_a_latent_without_a_dimension_counts_as_zero():
    z = whitened(100, 4, seed=0)
    score = MeanCorrelation()(z, z[:, [1]])
    assert score.value == pytest.approx(0.25)
    assert score.parts["permutation"].tolist() == [UNMATCHED, 0, UNMATCHED, UNMATCHED]
    assert score.parts["partial"].tolist() == pytest.approx([0, 1, 0, 0])
    assert "4 latents and 1 directions" in " ".join(score.warnings)


@pytest.mark.parametrize(("correlation", "d"), [(0.9, 5), (0.0, 5), (0.5, 2)])
def test_one_direction_of_dependent_latents_is_praised_and_flagged(correlation, d):
    z = equicorrelated(2000, d, correlation, seed=3)
    score = MeanCorrelation()(z, np.repeat(z.mean(1, keepdims=True), d, 1))
    bound = np.sqrt((1 + (d - 1) * correlation) / d)
    assert score.value == pytest.approx(bound)
    assert score.parts["single_direction_score"] == pytest.approx(bound)
    assert score.parts["effective_rank"] == pytest.approx(1)
    assert np.abs(score.parts["partial"]).max() < 1e-9
    findings = {found.condition: found for found in score.checked}
    assert not findings["at least as many directions as latents"].holds
    every = findings["latents explained in all their directions"]
    assert every.holds == (correlation == 0)
    # One of d decorrelated directions is explained, whatever share of the variance it has.
    assert f"of their decorrelated directions {1 / d:.3f}" in every.says
    independent = findings["independent latents"]
    assert independent.holds == (correlation == 0)
    assert independent.holds or f"a mean correlation of {bound:.3f}" in independent.says


def test_the_axes_of_dependent_latents_keep_their_partial_correlations():
    z = equicorrelated(500, 3, 0.9, seed=4)
    assert MeanCorrelation()(z, z).parts["partial"] == pytest.approx(np.ones(3))


def test_an_exponential_has_the_rank_correlation_of_its_argument():
    z = (np.arange(20_000)[:, None] + 0.5) / 20_000
    e5, e10 = np.exp(5), np.exp(10)
    covariance = (4 * e5 + 1) / 25 - (e5 - 1) / 10
    deviation = np.sqrt((e10 - 1) / 10 - ((e5 - 1) / 5) ** 2)
    score = MeanCorrelation()(z, np.exp(5 * z))
    assert score.value == pytest.approx(covariance / deviation * np.sqrt(12), abs=1e-6)
    assert score.value == pytest.approx(0.859, abs=1e-3)
    assert "ranks=True is meant" in score.warnings[0]
    ranked = MeanCorrelation(ranks=True)(z, np.exp(5 * z))
    assert ranked.value == pytest.approx(1)
    assert not ranked.flagged


# The deviations are of one rotation; both sides are means of at least 200.
@pytest.mark.parametrize(
    ("d", "mean", "deviation"),
    [(2, 0.894, 0.09), (5, 0.724, 0.06), (10, 0.594, 0.03), (20, 0.472, 0.02)],
)
def test_rotations_score_what_the_table_says(d, mean, deviation):
    error = deviation * np.sqrt(1 / 200 + 1 / 1000)
    assert rotated_mean_correlation(d) == pytest.approx(mean, abs=5 * error)
    z, generator = whitened(50, d, seed=5), np.random.default_rng(6)
    scores = [MeanCorrelation()(z, z @ random_rotation(d, generator)).value for _ in range(25)]
    error = np.std(scores) / np.sqrt(25) + deviation / np.sqrt(1000)
    assert error < 0.02
    assert np.mean(scores) == pytest.approx(rotated_mean_correlation(d), abs=5 * error)


def test_two_latents_are_rotated_to_an_integral():
    wanted = quad(lambda t: max(abs(np.cos(t)), abs(np.sin(t))), 0, np.pi / 2, points=[np.pi / 4])[
        0
    ]
    assert rotated_mean_correlation(2) == pytest.approx(wanted / (np.pi / 2), abs=1e-9)


@pytest.mark.parametrize(
    ("n", "d", "dimensions", "table"),
    [
        (1000, 2, 2, 0.033),
        (1000, 5, 5, 0.046),
        (1000, 10, 10, 0.054),
        (1000, 20, 20, 0.063),
        (200, 5, 5, 0.10),
        (200, 5, 50, 0.18),
        (200, 5, 500, 0.23),
    ],
)
def test_noise_scores_what_the_table_says(n, d, dimensions, table):
    generator = np.random.default_rng(7)
    z = generator.standard_normal((n, d))
    scores = [
        np.abs(correlations(z, generator.standard_normal((n, dimensions)))) for _ in range(30)
    ]
    scores = [matched(sizes, best_matching(sizes)).mean() for sizes in scores]
    error = np.std(scores) * np.sqrt(1 / 30 + 1 / 1000)
    assert error < 0.005
    expected = noise_mean_correlation(n, d, dimensions)
    assert np.mean(scores) == pytest.approx(expected, abs=5 * error)
    last_digit = 0.005 if n == 200 else 0.0005
    assert expected == pytest.approx(table, abs=5 * error + last_digit)


def test_noise_scores_nothing_on_items_it_was_not_matched_on():
    generator = np.random.default_rng(8)
    scores = []
    for seed in range(40):
        z, h = generator.standard_normal((2, 200, 5))
        scores.append(MeanCorrelation(test_share=0.5, seed=seed)(z, h).value)
    error = np.std(scores) / np.sqrt(40)
    assert error < 0.01
    assert abs(np.mean(scores)) < 5 * error


@pytest.mark.parametrize("after", ["affine", "canonical"])
def test_the_weak_form_sees_through_a_linear_map_and_not_through_noise(after):
    generator = np.random.default_rng(9)
    z = generator.uniform(size=(800, 3))
    mixed = z @ generator.standard_normal((3, 5)) + 4
    weak = WeakMeanCorrelation(after=after)
    assert weak(z, mixed).value == pytest.approx(1)
    assert MeanCorrelation()(z, mixed).value < 0.95
    scores = [weak(z, generator.standard_normal((800, 5))).value for _ in range(30)]
    assert abs(np.mean(scores)) < 5 * np.std(scores) / np.sqrt(30) < 0.1


def test_the_weak_form_after_canonical_directions_is_their_correlations():
    z = whitened(2000, 2, seed=10)
    noise = np.random.default_rng(11).standard_normal((2000, 2))
    noise = noise - noise.mean(0) - z @ (z.T @ (noise - noise.mean(0))) / 2000
    noise = np.linalg.qr(noise)[0] * np.sqrt(2000)
    h = z * [0.8, 0.6] + noise * [0.6, 0.8]
    score = WeakMeanCorrelation(after="canonical", test_share=0.0)(z, h @ [[1, 2], [3, 4]])
    assert score.parts["matched"] == pytest.approx([0.8, 0.6])


def test_the_weak_form_names_its_maps():
    with pytest.raises(ValueError, match=r"`after` must be \"affine\" or \"canonical\", got 'pca'"):
        WeakMeanCorrelation(after="pca")


@pytest.mark.parametrize(
    ("latents", "representation", "complaint"),
    [
        (np.ones((4, 2)), np.eye(4), "`latents` must all vary, got 4 equal items in column 0"),
        (np.eye(4), np.eye(3), "`latents` and `representation` must be of the same items, got 4 "),
        (np.eye(4), np.ones(4), r"`representation` must have shape \(items, dimensions\)"),
        (np.eye(4), np.full((4, 1), np.nan), "`representation` must be finite"),
    ],
)
def test_says_what_it_wanted(latents, representation, complaint):
    with pytest.raises(ValueError, match=complaint):
        MeanCorrelation()(latents, representation)


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_says_which_share_it_wanted(share):
    with pytest.raises(ValueError, match=rf"`test_share` must lie in \[0, 1\), got {share}"):
        MeanCorrelation(test_share=share)(np.eye(4), np.eye(4))


def test_says_when_a_split_leaves_too_few():
    with pytest.raises(ValueError, match="at least 2 items to fit on and 2 to score on, got 4"):
        MeanCorrelation(test_share=0.25)(np.eye(4), np.eye(4))


def test_parts_of_a_score_do_not_change_under_the_reader():
    score = MeanCorrelation()(np.eye(4), np.eye(4))
    with pytest.raises(ValueError, match="read-only"):
        score.parts["correlations"][0, 0] = 0
    with pytest.raises(TypeError):
        score.parts["new"] = 0
