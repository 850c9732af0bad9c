"""Information is counted without bias, and gaps in it are what they are by definition."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import mutual_info_score, roc_auc_score

from ssl_theory.identifiability import (
    Explicitness,
    Modularity,
    MutualInformationGap,
    SeparatedAttributePredictability,
)
from ssl_theory.identifiability.binned_information import binned, binned_information
from ssl_theory.identifiability.logistic import area_under_curve, best_logit

GRID = np.array([[a, b] for a in range(4) for b in range(4)] * 25, float)


def test_information_is_that_of_scikit_learn():
    generator = np.random.default_rng(0)
    z = generator.integers(5, size=(300, 2)).astype(float)
    h = z + generator.integers(3, size=(300, 2))
    found = binned_information(z, h, 20, corrected=False)
    wanted = [[mutual_info_score(x, y) for y in h.T] for x in z.T]
    np.testing.assert_allclose(found.information, wanted)
    np.testing.assert_allclose(found.entropy, [mutual_info_score(x, x) for x in z.T])


def test_bins_have_equal_counts_and_keep_equal_numbers_together():
    column = np.random.default_rng(1).standard_normal(100)
    assert np.bincount(binned(column, 20)).tolist() == [5] * 20
    assert (binned(np.exp(column), 20) == binned(column, 20)).all()
    tied = np.concatenate([np.zeros(50), np.arange(1, 51)])
    assert len(set(binned(tied, 20)[:50])) == 1


def test_counting_noise_adds_what_miller_says_and_the_correction_takes_it_off():
    generator = np.random.default_rng(2)
    z = generator.integers(10, size=(2000, 1)).astype(float)
    noise = generator.standard_normal((2000, 60))
    plain = binned_information(z, noise, 20, corrected=False).information
    error = plain.std() / np.sqrt(60)
    assert error < 1e-3
    assert plain.mean() == pytest.approx(19 * 9 / 4000, abs=5 * error)
    # What is left after the correction is cut at 0: half a normal of the same deviation.
    corrected = binned_information(z, noise, 20).information
    assert corrected.mean() == pytest.approx(plain.std() / np.sqrt(2 * np.pi), abs=5 * error)


def test_one_that_tells_the_other_exactly_keeps_its_entropy_after_the_correction():
    found = binned_information(GRID, GRID, 20)
    assert np.diag(found.information) == pytest.approx(found.entropy)
    assert found.entropy == pytest.approx(np.full(2, np.log(4) + 3 / 800))


def test_the_gap_is_between_the_two_that_tell_most():
    both = np.column_stack([GRID[:, 0] // 2, GRID[:, 0], GRID[:, 1]])
    score = MutualInformationGap(corrected=False)(GRID, both)
    assert score.parts["gaps"] == pytest.approx([0.5, 1])  # one bit of two is told twice
    assert score.value == pytest.approx(0.75)
    assert score.parts["best"].tolist() == [1, 2]
    assert not score.flagged
    twice = np.hstack([GRID, GRID])
    assert MutualInformationGap()(GRID, twice).value == 0


def test_a_gap_in_bins_is_flagged_for_its_bins_and_for_few_items():
    z = np.random.default_rng(3).uniform(size=(500, 2))
    says = " ".join(MutualInformationGap()(z, z).warnings)
    assert "depends on how many bins there are" in says
    assert "1.25 items a cell (5 are wanted)" in says


def test_modularity_of_a_dimension_of_two_latents_is_the_ratio_of_squares():
    grid = np.array([[a, b, c] for a in range(4) for b in range(2) for c in range(2)] * 25, float)
    pair = (grid[:, 0] * 2 + grid[:, 1])[:, None]  # two bits of one latent, one of another
    score = Modularity(corrected=False)(grid, pair)
    assert score.value == pytest.approx(1 - (1 / 2) ** 2 / 2)
    assert score.parts["own"].tolist() == [0]


def test_modularity_leaves_out_what_tells_of_nothing():
    z = np.random.default_rng(4).integers(4, size=(2000, 2)).astype(float)
    noise = np.random.default_rng(5).standard_normal((2000, 3))
    h = np.hstack([z, noise, np.ones((2000, 1))])
    score = Modularity()(z, h)
    assert score.value > 0.999
    assert np.isnan(score.parts["of_dimensions"]).tolist() == [False] * 2 + [True] * 4
    assert Modularity()(z, noise).value == 0


def test_logits_and_areas_are_those_of_scikit_learn():
    generator = np.random.default_rng(6)
    x = generator.standard_normal((150, 3))
    positive = x @ [1, -2, 0.5] + generator.logistic(size=150) > 0.3
    ours = best_logit(x, positive, penalty=0.5)
    theirs = LogisticRegression(C=2, tol=1e-8).fit(x, positive)
    assert ours.matrix[:, 0] == pytest.approx(theirs.coef_[0], abs=1e-4)
    assert ours.offset == pytest.approx(theirs.intercept_, abs=1e-4)
    scores = np.round(ours(x)[:, 0], 1)  # with ties
    assert area_under_curve(scores, positive) == pytest.approx(roc_auc_score(positive, scores))


def test_explicitness_is_the_area_of_regressions_on_unseen_items():
    generator = np.random.default_rng(7)
    z = generator.integers(3, size=(400, 1)).astype(float)
    h = np.hstack([z == 0, z == 1]) + generator.standard_normal((400, 2))
    value = Explicitness(levels=3)(z, h).value
    x = (h - h.mean(0)) / h.std(0)
    order = np.random.default_rng(0).permutation(400)
    train, test = order[100:], order[:100]
    areas = [
        roc_auc_score(
            z[test, 0] == v,
            LogisticRegression().fit(x[train], z[train, 0] == v).decision_function(x[test]),
        )
        for v in range(3)
    ]
    assert value == pytest.approx(np.mean(areas), abs=2e-3)
    assert 0.6 < value < 0.9


def test_noise_is_explicit_of_nothing():
    generator = np.random.default_rng(8)
    scores = []
    for seed in range(30):
        z, h = generator.standard_normal((2, 200, 2))
        scores.append(Explicitness(seed=seed)(z, h).value)
    error = np.std(scores) / np.sqrt(30)
    assert error < 0.02
    assert np.mean(scores) == pytest.approx(0.5, abs=5 * error)


def test_rare_values_are_flagged():
    z = np.zeros((400, 1))
    z[:10] = 1
    h = z + np.random.default_rng(9).standard_normal((400, 1)) / 9
    assert "the rarest value of a discrete latent has a share of 0.025" in str(Explicitness()(z, h))


def test_predictability_is_a_gap_of_squared_correlations():
    z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    h = z @ [[0.8, 0.6], [-0.6, 0.8]]
    score = SeparatedAttributePredictability()(z, h)
    assert score.parts["scores"] == pytest.approx(np.array([[0.64, 0.36], [0.36, 0.64]]))
    assert score.value == pytest.approx(0.28)


def test_predictability_of_discrete_latents_needs_neither_units_nor_balance():
    generator = np.random.default_rng(10)
    z = (generator.uniform(size=(600, 2)) < [0.1, 0.5]).astype(float)
    measure = SeparatedAttributePredictability(discrete=True)
    for units in (1e-6, 1e6):
        assert measure(z, z * [1, units]).value == pytest.approx(1)
    # One of two values is told apart for all items of the other and half of its own: .75, or .5
    # above chance, and always saying the common value is worth nothing.
    half = np.where(generator.uniform(size=600) < 0.5, z[:, 1], 0.0)
    parts = measure(z, np.column_stack([half, np.zeros(600)])).parts
    assert parts["scores"][1] == pytest.approx([0.5, 0], abs=0.3)
    assert parts["scores"][0, 1] == 0


@pytest.mark.parametrize("measure", [MutualInformationGap(), SeparatedAttributePredictability()])
def test_a_gap_needs_a_second_dimension(measure):
    with pytest.raises(ValueError, match="at least 2 dimensions, got 1: the gap is to the second"):
        measure(GRID, GRID[:, :1])


def test_says_what_it_wanted():
    with pytest.raises(ValueError, match="`latents` must be at least 2, got 1"):
        Modularity()(GRID[:, :1], GRID)
    with pytest.raises(ValueError, match="`bins` must be at least 2, got 1"):
        MutualInformationGap(bins=1)(GRID, GRID)
    with pytest.raises(ValueError, match="`levels` must be at least 2, got 1"):
        Explicitness(levels=1)(GRID, GRID)
    with pytest.raises(ValueError, match="`positive` must hold both kinds, got 2 positive and 0"):
        area_under_curve(np.zeros(2), np.ones(2, bool))
