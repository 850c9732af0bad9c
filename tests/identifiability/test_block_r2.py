"""A block is identified if nothing of it is lost and nothing else has leaked in."""

import numpy as np
import pytest
from sklearn.kernel_ridge import KernelRidge

from ssl_theory.identifiability import BlockR2
from ssl_theory.identifiability.kernel_ridge import tuned_kernel_ridge
from ssl_theory.processes.content_style import ContentStyle


def content_and_style(n=400, seed=0):
    """Two of content; one of style that depends on it with a share of one half, one that does not.

    Style is ``(c_1 + c_2) / 2 + sqrt(1/2) e``, so the best prediction from content explains 1/2.
    """
    generator = np.random.default_rng(seed)
    content = generator.standard_normal((n, 2))
    fresh = generator.standard_normal((n, 2))
    bound = content.mean(1) + np.sqrt(0.5) * fresh[:, 0]
    return np.column_stack([content, bound, fresh[:, 1]])


Z = content_and_style()
TURN = np.array([[0.8, 0.6], [-0.6, 0.8]])
BLOCK = BlockR2(content=(0, 1))


def test_the_regression_is_that_of_scikit_learn_and_leaves_out_one_exactly():
    generator = np.random.default_rng(1)
    x, y = generator.standard_normal((24, 2)), generator.standard_normal((24, 3)) + 1
    y[:, 0] += x[:, 0] ** 2
    found = tuned_kernel_ridge(x, y)
    fresh = generator.standard_normal((20, 2))
    scores = {}
    for gamma in np.logspace(-2, 2, 4):
        for penalty in (1, 0.1, 0.01, 0.001):
            kernel = np.exp(-gamma * np.square(x[:, None] - x).sum(2))
            errors = 0.0
            for i in range(24):
                rest = np.arange(24) != i
                system = kernel[np.ix_(rest, rest)] + penalty * np.eye(23)
                predicted = kernel[i, rest] @ np.linalg.solve(system, (y - y.mean(0))[rest])
                errors += np.square(predicted + y.mean(0) - y[i]).sum()
            scores[gamma, penalty] = errors
    gamma, penalty = min(scores, key=scores.get)
    assert (found.gamma, found.penalty) == pytest.approx((gamma, penalty))
    oracle = KernelRidge(alpha=penalty, kernel="rbf", gamma=gamma).fit(x, y - y.mean(0))
    assert found(fresh) == pytest.approx(oracle.predict(fresh) + y.mean(0))


def test_an_invertible_function_of_content_has_content_and_what_it_tells_of_style():
    turned = Z[:, :2] @ TURN
    score = BLOCK(Z, np.sinh(turned) + turned)
    assert score.value > 0.97
    assert not score.flagged
    # Of two styles, content explains one half and nothing: their mean is one quarter.
    for part in ("style_from_representation", "style_from_content"):
        assert score.parts[part] == pytest.approx(0.25, abs=5 * 0.03)
    assert abs(score.parts["leak"]) < 0.05


def test_style_that_content_causes_is_told_as_far_as_the_process_says():
    world = ContentStyle()
    z = world.draw(600, seed=0).latents
    score = BlockR2(content=(0, 1, 2))(z, z[:, :3] @ np.diag([1, 2, 3]))
    assert score.value > 0.99
    # The error of a share 1 - e of 150 items is about e sqrt(2 / 150), and of 3 styles no more.
    error = (1 - world.bayes_r2.mean()) * np.sqrt(2 / 150)
    for part in ("style_from_representation", "style_from_content"):
        assert score.parts[part] == pytest.approx(world.bayes_r2.mean(), abs=5 * error)
    assert abs(score.parts["leak"]) < 0.01


def test_a_leak_is_seen_from_content_only():
    leaky = BLOCK(Z, Z[:, [0, 1, 3]]).parts
    assert leaky["content_from_representation"] > 0.99
    # Of three dimensions, content explains two and nothing of the third.
    assert leaky["representation_from_content"] == pytest.approx(2 / 3, abs=0.05)
    assert leaky["leak"] > 0.4


def test_a_loss_is_seen_from_the_representation_only():
    score = BLOCK(Z, Z[:, :1])
    assert score.parts["representation_from_content"] > 0.99
    assert score.parts["content_from_representation"] == pytest.approx(0.5, abs=0.1)
    bound = Z[:, [0, 2]] @ [[1, 1], [0, 0.1]]  # two latents that are nearly one
    praised = BLOCK(np.hstack([bound, Z[:, [3]]]), bound[:, :1])
    assert praised.value > 0.9
    assert "of their decorrelated directions 0.5" in praised.warnings[0]


def test_the_known_share_of_style_takes_the_place_of_the_estimate():
    score = BlockR2(content=(0, 1), known_style=0.25)(Z, Z[:, :2])
    assert score.parts["style_from_content"] == 0.25
    assert score.parts["leak"] == pytest.approx(score.parts["style_from_representation"] - 0.25)


def test_without_style_only_content_is_asked_for():
    score = BlockR2(content=(0, 1, 2, 3))(Z, Z @ np.diag([1, 2, 3, 4]))
    assert score.value > 0.98
    assert set(score.parts) == {"content_from_representation", "representation_from_content"}


def test_noise_and_constants_hold_no_content():
    noise = np.random.default_rng(2).standard_normal((400, 2))
    assert BLOCK(Z, noise).value < 0.05
    constant = BLOCK(Z, np.full((400, 2), 0.1))
    assert constant.value <= 0


def test_a_cap_on_items_changes_little():
    capped = BlockR2(content=(0, 1), most=200)(Z, Z[:, :2] @ TURN)
    assert capped.value > 0.97


@pytest.mark.parametrize("content", [(), (4,), (-1,)])
def test_says_which_columns_it_wanted(content):
    with pytest.raises(ValueError, match="`content` must name columns of the 4 latents, from 0"):
        BlockR2(content=content)(Z, Z)
