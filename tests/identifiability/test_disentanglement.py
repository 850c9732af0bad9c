"""Disentanglement is an entropy of importances, and importances are of a pinned estimator."""

from pathlib import Path

import numpy as np
import pytest
from sklearn import linear_model
from sklearn.ensemble import RandomForestRegressor

from ssl_theory.identifiability import Disentanglement, Lasso
from ssl_theory.identifiability.chance import random_rotation
from ssl_theory.identifiability.columns import held_out
from ssl_theory.identifiability.disentanglement import _certainty
from ssl_theory.identifiability.forest import Forest
from ssl_theory.identifiability.lasso import lasso_weights

PACKAGE = Path(__file__).parents[2] / "ssl_theory" / "identifiability"
Z = np.random.default_rng(0).uniform(size=(600, 4))
ESTIMATORS = [Lasso(), Forest(trees=10)]


def test_the_lasso_is_that_of_scikit_learn():
    generator = np.random.default_rng(1)
    x = generator.standard_normal((80, 6)) @ generator.standard_normal((6, 6))
    y = x @ generator.standard_normal((6, 2)) + generator.standard_normal((80, 2))
    for penalty in (0.01, 0.3):
        wanted = linear_model.Lasso(penalty, fit_intercept=False, tol=1e-10, max_iter=10**5)
        found = lasso_weights(x, y, penalty).T
        np.testing.assert_allclose(found, wanted.fit(x, y).coef_, atol=1e-6)


def test_certainty_is_one_less_the_share_of_the_largest_entropy():
    rows = np.array([[5.0, 0, 0, 0], [1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 0, 0]])
    assert _certainty(rows) == pytest.approx([1, 0, 0.5, 0])


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_axes_are_disentangled_complete_and_informative(estimator):
    score = Disentanglement(estimator)(Z, Z[:, [2, 0, 3, 1]] * [1, -9, 0.01, 4] + 7)
    assert score.value > 0.98
    assert score.parts["completeness"] > 0.98
    assert score.parts["informativeness"] > 0.98
    assert score.parts["importances"].argmax(1).tolist() == [2, 0, 3, 1]


def test_a_mixing_of_all_alike_has_no_disentanglement():
    hadamard = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]) / 2
    score = Disentanglement(Lasso(1e-6))(Z, Z @ hadamard)
    assert score.value == pytest.approx(0, abs=0.01)
    assert score.parts["informativeness"] == pytest.approx(1)


def test_the_estimator_is_part_of_the_measure():
    generator, values = np.random.default_rng(2), {estimator: [] for estimator in ESTIMATORS}
    for _ in range(3):
        rotated = Z @ random_rotation(4, generator)
        for estimator, found in values.items():
            found.append(Disentanglement(estimator)(Z, rotated).value)
    lasso, forest = values.values()
    assert np.mean(forest) > np.mean(lasso) + 0.1
    twice = np.hstack([Z, Z])
    lasso, forest = (Disentanglement(x)(Z, twice).parts["completeness"] for x in ESTIMATORS)
    assert lasso == pytest.approx(1, abs=0.01)
    # Each of two equal dimensions gets about half: 1 - log 2 / log 8 of certainty.
    assert forest == pytest.approx(2 / 3, abs=0.1)


def test_importances_of_a_forest_are_those_of_scikit_learn_with_its_seed():
    train, _ = held_out(600, 0.25, seed=0)
    tree = RandomForestRegressor(7, max_depth=3, random_state=5 + 1).fit(Z[train], Z[train, 1])
    score = Disentanglement(Forest(trees=7, depth=3, seed=5))(Z, Z)
    assert (score.parts["importances"][:, 1] == tree.feature_importances_).all()


def test_latents_that_are_not_linear_in_the_representation_are_flagged_for_the_lasso_alone():
    centred = Z - 0.5
    squares = centred**2
    lasso, forest = (Disentanglement(x)(centred, squares) for x in ESTIMATORS)
    assert any("a fitted linear map tells of that part alone" in x for x in lasso.warnings)
    assert not any("linear" in x for x in forest.warnings)
    assert lasso.parts["informativeness"] < 0.1


def test_a_constant_representation_has_no_importance():
    score = Disentanglement()(Z, np.full((600, 4), 0.1))
    assert score.value == 0
    assert score.parts["completeness"] == 0


def test_the_estimator_is_shown_with_the_score():
    assert str(Disentanglement()) == "disentanglement (importance=Lasso(penalty=0.01))"
    assert "trees=10, depth=8, seed=0" in str(Disentanglement(Forest(trees=10)))


def test_scikit_learn_waits_until_a_forest_is_asked_for():
    texts = {path.stem: path.read_text("utf-8") for path in PACKAGE.glob("*.py")}
    assert [name for name, text in texts.items() if "import sklearn" in text] == []
    assert [name for name, text in texts.items() if "from sklearn" in text] == ["forest"]
    assert [name for name, text in texts.items() if "import Forest" in text] == []
