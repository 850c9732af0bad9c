"""Content stays, style changes, and what content tells of style is known beforehand."""

import numpy as np
import pytest

from ssl_theory.processes import ContentStyle, TwoModalities
from ssl_theory.processes.mixings import Unmixed

N = 20_000


def test_content_and_style_each_have_their_own_covariance_even_of_other_sizes():
    # A flag read late would give both the covariance of style, or fail where the sizes differ.
    world = ContentStyle(content=4, style=2, causal=False, mixing=Unmixed())
    assert world.content_covariance.shape == (4, 4)
    same = ContentStyle(content=3, style=3, causal=False)
    assert np.abs(same.content_covariance - same.style_noise).max() > 0.1
    latents = world.draw(N, seed=0).latents
    for block, truth in (
        (latents[:, :4], world.content_covariance),
        (latents[:, 4:], world.style_noise),
    ):
        errors = np.sqrt((1 + truth**2) / N)
        assert (np.abs(np.cov(block, rowvar=False) - truth) < 5 * errors).all()


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("correlated", [True, False])
def test_covariances_are_correlations_of_the_size_asked_for(causal, correlated):
    world = ContentStyle(causal=causal, correlated=correlated)
    for matrix in (world.content_covariance, world.style_noise):
        np.testing.assert_allclose(np.diag(matrix), 1)
        assert np.linalg.eigvalsh(matrix).min() > 0
        assert np.allclose(matrix, np.eye(3)) is not correlated
    assert bool(np.any(world.cause)) is causal and bool(np.any(world.intercept)) is causal


def test_the_partner_has_the_same_content_and_some_of_the_style():
    pairs = ContentStyle(change_probability=0.3).draw(N, seed=1)
    assert (pairs.latents[:, :3] == pairs.partner_latents[:, :3]).all()
    changed = pairs.auxiliary["changed"]
    assert ((pairs.latents != pairs.partner_latents)[:, 3:] == changed).all()
    assert (np.abs(changed.mean(0) - 0.3) < 5 * np.sqrt(0.21 / N)).all()


def test_views_cannot_be_exchanged_for_a_change_adds_variance():
    world = ContentStyle(causal=False, correlated=False, change_probability=0.75)
    pairs = world.draw(N, seed=2)
    style, changed = pairs.latents[:, 3:], pairs.partner_latents[:, 3:]
    assert style.var(0) == pytest.approx(1, abs=5 * np.sqrt(2 / N))
    # Two normal variables mixed: 1 with probability 1/4 and 2 with 3/4.
    fourth = 3 * (0.25 * 1 + 0.75 * 4)
    assert changed.var(0) == pytest.approx(1.75, abs=5 * np.sqrt((fourth - 1.75**2) / N))
    np.testing.assert_allclose(world.style_autocorrelations, 1 / np.sqrt(1.75))
    correlations = [np.corrcoef(style[:, j], changed[:, j])[0, 1] for j in range(3)]
    assert correlations == pytest.approx([1 / np.sqrt(1.75)] * 3, abs=5 / np.sqrt(N))


def test_two_styles_change_together_only_where_both_do():
    world = ContentStyle(change_probability=0.4)
    pairs = world.draw(N, seed=5)
    changes = (pairs.partner_latents - pairs.latents)[:, 3:]
    means = changes.T @ changes / N
    errors = np.sqrt(((changes**2).T @ changes**2 / N - means**2) / N)
    assert errors.max() < 0.01
    assert (np.abs(means - world.change_covariance) < 5 * errors).all()
    together = np.abs(np.triu(world.change_covariance, 1)).max()
    assert together > 10 * errors.max()  # enough to tell its square from a probability


def test_bayes_r2_is_what_least_squares_on_content_reaches():
    world = ContentStyle(causal=True)
    latents = world.draw(N, seed=3).latents
    latents = latents - latents.mean(0)
    content, style = latents[:, :3], latents[:, 3:]
    residual = style - content @ np.linalg.lstsq(content, style, rcond=None)[0]
    reached = 1 - residual.var(0) / style.var(0)
    errors = np.sqrt(4 * world.bayes_r2 * (1 - world.bayes_r2) ** 2 / N)
    assert errors.max() < 0.01
    assert (np.abs(reached - world.bayes_r2) < 5 * errors + 10 / N).all()


def test_bayes_r2_with_white_content_is_that_of_the_rows_of_the_cause():
    world = ContentStyle(correlated=False)
    squares = np.square(world.cause).sum(1)
    np.testing.assert_allclose(world.bayes_r2, squares / (squares + 1))


def test_modalities_share_content_and_nothing_that_is_their_own():
    world = TwoModalities()
    pairs = world.draw(N, seed=4)
    assert (pairs.latents[:, :3] == pairs.partner_latents[:, :3]).all()
    own, partner_own = pairs.latents[:, 6:], pairs.partner_latents[:, 6:]
    across = own.T @ partner_own / N
    assert (np.abs(across) < 5 / np.sqrt(N)).all()
    assert (world.bayes_r2[3:] == 0).all()
    np.testing.assert_allclose(world.mixing.inverse(pairs.x), pairs.latents, atol=1e-8)
    np.testing.assert_allclose(
        world.partner_mixing.inverse(pairs.y), pairs.partner_latents, atol=1e-8
    )
    assert np.abs(world.mixing(pairs.latents) - world.partner_mixing(pairs.latents)).max() > 1


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        (ContentStyle, {"content": 0}, "`content` must be at least 1, got 0"),
        (ContentStyle, {"style": 0}, "`style` must be at least 1, got 0"),
        (ContentStyle, {"change_probability": 2.0}, "`change_probability` must lie between 0 and"),
        (ContentStyle, {"change_variance": 0.0}, "`change_variance` must be positive, got 0.0"),
        (TwoModalities, {"own": 0}, "`own` must be at least 1, got 0"),
    ],
)
def test_says_which_blocks_it_wants(make, arguments, message):
    with pytest.raises(ValueError, match=message):
        make(**arguments)
