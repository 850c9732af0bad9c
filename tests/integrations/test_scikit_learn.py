"""MAPCA is a scikit-learn transformer in every respect scikit-learn checks, and PCA where it is."""

import os
import pickle
import subprocess
import sys

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sklearn.decomposition import PCA
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ssl_theory.checks.strategies import embeddings
from ssl_theory.integrations.scikit_learn import MAPCA
from ssl_theory.metric_aware_pca import metric_aware_pca
from ssl_theory.metrics import CorrelationPower, Diagonal, Identity, Power, Ridge

ITEMS = np.random.default_rng(0).standard_normal((40, 4)) @ np.array(
    [[2.0, 0.3, 0, 0], [0, 1, 0.5, 0], [0, 0, 0.7, 0.2], [0, 0, 0, 0.4]]
) + [10, -5, 0, 3]  # fmt: skip
METRICS = [Identity(), Diagonal(), Power(0.5), Power(1), CorrelationPower(0.5)]

CONFORM = """
from sklearn.utils.estimator_checks import check_estimator
from ssl_theory.integrations.scikit_learn import MAPCA
from ssl_theory.metrics import *
for metric in (None, Diagonal(), Power(1), Ridge(CorrelationPower(0.5), 0.1)):
    results = check_estimator(MAPCA(metric=metric), on_fail=None, on_skip=None)
    bad = [(r["check_name"], r["exception"]) for r in results if r["status"] != "passed"]
    assert len(results) > 40 and not bad, (metric, bad)
"""


def test_scikit_learn_finds_nothing_to_complain_of_and_skips_nothing():
    # One check is skipped unless scipy is imported with this variable set.
    environment = os.environ | {"SCIPY_ARRAY_API": "1"}
    subprocess.run([sys.executable, "-W", "error", "-c", CONFORM], env=environment, check=True)


@given(embeddings(min_dimension=2))
def test_the_identity_is_scikit_learns_own_principal_components(z):
    x = z.numpy()
    ours, theirs = MAPCA().fit(x), PCA(svd_solver="full").fit(x)
    assert_allclose(ours.explained_variance_, theirs.explained_variance_, rtol=1e-9)
    assert_allclose(ours.explained_variance_ratio_, theirs.explained_variance_ratio_, rtol=1e-9)
    assert_allclose(ours.mean_, theirs.mean_, atol=1e-12)
    # Directions are as sure as their eigenvalues are apart; what is projected on is always sure.
    assert_allclose(ours.inverse_transform(ours.transform(x)), x, atol=1e-8)
    apart = np.diff(ours.explained_variance_).min(initial=-np.inf)
    if -apart > 1e-3 * ours.explained_variance_[0]:
        signs = np.sign((ours.components_ * theirs.components_).sum(1))
        assert_allclose(ours.components_ * signs[:, None], theirs.components_, atol=1e-9)


def test_it_agrees_with_scikit_learn_to_rounding_signs_included():
    for keep in (None, 1, 3):
        ours, theirs = MAPCA(keep).fit(ITEMS), PCA(keep, svd_solver="full").fit(ITEMS)
        assert_allclose(ours.components_, theirs.components_, atol=1e-13)
        assert_allclose(ours.transform(ITEMS), theirs.transform(ITEMS), atol=1e-12)
        back = [m.inverse_transform(m.transform(ITEMS)) for m in (ours, theirs)]
        assert_allclose(*back, atol=1e-12)


def test_the_diagonal_metric_has_the_scores_of_correlation_pca():
    scores = MAPCA(metric=Diagonal()).fit_transform(ITEMS)
    standard = StandardScaler().fit_transform(ITEMS) * np.sqrt(39 / 40)  # deviations with ddof 1
    theirs = PCA(svd_solver="full").fit_transform(standard)
    signs = np.sign((scores * theirs).sum(0))
    assert_allclose(scores * signs, theirs, atol=1e-12)


@pytest.mark.parametrize("beta", [-0.5, 0.5, 1.0])
def test_a_power_rescales_the_scores_of_principal_components(beta):
    theirs = PCA(svd_solver="full").fit(ITEMS)
    expected = theirs.transform(ITEMS) * theirs.explained_variance_ ** (-beta / 2)
    scores = MAPCA(metric=Power(beta)).fit_transform(ITEMS)
    assert_allclose(scores * np.sign((scores * expected).sum(0)), expected, atol=1e-11)
    if beta == 1:
        whitened = PCA(whiten=True, svd_solver="full").fit_transform(ITEMS)
        assert_allclose(np.abs(scores), np.abs(whitened), atol=1e-11)


@pytest.mark.parametrize("metric", METRICS, ids=str)
def test_the_fit_solves_the_pencil_of_the_sample_covariance(metric):
    fitted = MAPCA(metric=metric).fit(ITEMS)
    w = fitted.components_.T
    sigma = np.cov(ITEMS, rowvar=False)
    assert_allclose(w.T @ fitted.metric_ @ w, np.eye(4), atol=1e-12)
    pencil = scipy.linalg.eigvalsh(sigma, metric(sigma))[::-1]
    assert_allclose(fitted.explained_variance_, pencil, rtol=1e-9)
    variances = fitted.transform(ITEMS).var(0, ddof=1)
    assert_allclose(variances, fitted.explained_variance_, rtol=1e-9)


@given(st.lists(st.integers(1, 39), max_size=4), st.integers(0, len(METRICS) - 1))
def test_batches_give_what_all_items_give_at_once(cuts, which):
    cuts = sorted({cut for cut in cuts if cut >= 2})
    batches = np.split(ITEMS, cuts)
    part = MAPCA(metric=METRICS[which])
    for batch in batches:
        part.partial_fit(batch)
    whole = MAPCA(metric=METRICS[which]).fit(ITEMS)
    assert_allclose(part.explained_variance_, whole.explained_variance_, rtol=1e-10)
    if not whole.solution_.degenerate:
        assert_allclose(part.components_, whole.components_, atol=1e-10)


def test_a_batch_of_one_may_come_second_and_a_new_fit_forgets():
    part = MAPCA(2).partial_fit(ITEMS[:2])
    with pytest.raises(ValueError, match="at most the rank 1 of the covariance, got 2"):
        part.transform(ITEMS)
    part.partial_fit(ITEMS[2:3])
    assert part.explained_variance_.shape == (2,)
    expected = MAPCA(2).fit(ITEMS[:3]).components_
    assert_allclose(part.components_, expected, atol=1e-12)
    assert_allclose(part.fit(ITEMS).mean_, ITEMS.mean(0))


def test_fewer_items_than_features_have_their_number_less_one_of_directions():
    x = np.random.default_rng(1).standard_normal((5, 20))
    for metric in METRICS:
        fitted = MAPCA(metric=metric).fit(x)
        assert fitted.components_.shape == (4, 20)
        assert_allclose(fitted.inverse_transform(fitted.transform(x)), x, atol=1e-10)
    with pytest.raises(ValueError, match="at most the rank 4 of the covariance, got 5"):
        MAPCA(5).fit(x)
    assert_allclose(MAPCA().fit(x).explained_variance_, PCA().fit(x).explained_variance_[:4])


def test_what_does_not_vary_gets_no_weight_and_comes_back_as_it_was():
    x = np.column_stack([ITEMS, ITEMS[:, 0], np.full(40, 7.0)])  # a copy and a constant
    for metric in (*METRICS, Power(-1)):
        fitted = MAPCA(metric=metric).fit(x)
        assert fitted.components_.shape == (4, 6)
        assert (fitted.components_[:, 5] == 0).all()
        assert_allclose(fitted.inverse_transform(fitted.transform(x)), x, atol=1e-9)


def test_a_ridge_keeps_every_direction_because_it_was_asked_to():
    x = np.column_stack([ITEMS, np.full(40, 7.0)])
    fitted = MAPCA(metric=Ridge(Power(0.5), 0.25)).fit(x)
    l = np.append(PCA().fit(ITEMS).explained_variance_, 0.0)  # noqa: E741
    assert_allclose(fitted.explained_variance_, np.sqrt(l + 0.25))


def test_one_feature():
    fitted = MAPCA(metric=Power(0.5)).fit(ITEMS[:, :1])
    assert_allclose(fitted.explained_variance_, [ITEMS[:, 0].std(ddof=1)])
    assert fitted.components_.shape == (1, 1)


def test_units_a_trillion_apart_are_followed_or_refused():
    units = np.array([1e12, 1.0, 1e-6, 1e6])
    for metric in (Diagonal(), CorrelationPower(0.5)):
        scores = [MAPCA(metric=metric).fit_transform(x) for x in (ITEMS, ITEMS * units)]
        assert_allclose(np.abs(scores[1]), np.abs(scores[0]), atol=1e-7)
    with pytest.raises(ValueError, match="weaker than the rounding of the strongest"):
        MAPCA(4).fit(ITEMS * units)


def test_single_precision_data_are_solved_in_double_and_scored_in_single():
    fitted = MAPCA().fit((ITEMS + 1e4).astype(np.float32))
    assert fitted.components_.dtype == np.float64
    assert fitted.transform(ITEMS.astype(np.float32)).dtype == np.float32
    exact = metric_aware_pca(
        np.cov((ITEMS + 1e4).astype(np.float32).astype(np.float64), rowvar=False), Identity()
    )
    assert_allclose(fitted.explained_variance_, exact.eigenvalues, rtol=1e-9)


def test_it_lives_in_pipelines_frames_and_pickles():
    pipeline = make_pipeline(StandardScaler(), MAPCA(2, metric=Power(0.5)), LinearRegression())
    target = ITEMS @ [1.0, 2.0, 0.0, -1.0]
    pipeline.fit(ITEMS, target)
    again = pickle.loads(pickle.dumps(pipeline))
    assert again.predict(ITEMS).tolist() == pipeline.predict(ITEMS).tolist()
    assert again[1].metric == Power(0.5)
    frame = MAPCA(2).set_output(transform="pandas").fit_transform(ITEMS)
    assert frame.columns.tolist() == ["mapca0", "mapca1"]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: MAPCA().transform(ITEMS), NotFittedError, "is not fitted yet"),
        (lambda: MAPCA().components_, NotFittedError, "is not fitted yet"),
        (lambda: MAPCA(0).fit(ITEMS), ValueError, "`keep` must be between 1 and the dimension 4"),
        (lambda: MAPCA().fit(ITEMS * 0), ValueError, "must hold some variance, got zeros"),
        (lambda: MAPCA().fit(ITEMS[:1]), ValueError, "a minimum of 2 is required by MAPCA"),
        (lambda: MAPCA().fit(ITEMS).transform(ITEMS[:, :2]), ValueError, "X has 2 features, but"),
        (
            lambda: MAPCA(2).fit(ITEMS).inverse_transform(ITEMS),
            ValueError,
            "`X` must have 2 columns, one per component, got 4",
        ),
    ],
)
def test_says_what_it_wanted(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_the_package_does_not_import_scikit_learn():
    code = "import sys, ssl_theory; assert 'sklearn' not in sys.modules, 'sklearn was imported'"
    subprocess.run([sys.executable, "-c", code], check=True)
