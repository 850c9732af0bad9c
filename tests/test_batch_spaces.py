"""A batch on a batch space has its moments, and stays where it is put."""

import numpy as np
import pytest
import torch
from hypothesis import given
from sklearn.preprocessing import StandardScaler

from ssl_theory.batch_spaces import Standardised, Whitened
from ssl_theory.checks.strategies import collapsed_embeddings, embeddings, generators
from ssl_theory.symmetries import Symmetry

SPACES = [Standardised(), Whitened()]


def close(a, b):
    torch.testing.assert_close(a, b, rtol=1e-8, atol=1e-8)


@given(embeddings())
def test_standardised_embeddings_are_those_of_scikit_learn(z):
    close(Standardised().project(z), torch.from_numpy(StandardScaler().fit_transform(z.numpy())))


@given(embeddings())
def test_whitened_embeddings_solve_the_cholesky_factor(z):
    factor = np.linalg.cholesky(np.atleast_2d(np.cov(z.numpy().T, ddof=0)))
    expected = np.linalg.solve(factor, (z - z.mean(0)).numpy().T).T
    close(Whitened().project(z), torch.from_numpy(expected))


@given(embeddings())
def test_whitened_embeddings_have_the_identity_for_covariance(z):
    white = Whitened().project(z)
    close(white.T @ white / len(z), torch.eye(z.shape[1], dtype=z.dtype))
    close(white.mean(0), torch.zeros(z.shape[1], dtype=z.dtype))


@pytest.mark.parametrize("space", SPACES, ids=repr)
@given(z=embeddings(), generator=generators())
def test_projecting_undoes_what_the_space_absorbs_and_itself(space, z, generator):
    on_it = space.project(z)
    close(space.project(on_it), on_it)
    for symmetry in space.absorbs:
        close(space.project(symmetry.act(z, z, generator)[0]), on_it)


@pytest.mark.parametrize("space", SPACES, ids=repr)
@pytest.mark.parametrize("symmetry", [Symmetry.REORDERING, Symmetry.AXES, Symmetry.ROTATION])
def test_only_what_commutes_may_act_before_or_after(space, symmetry):
    gaps = []
    for seed in range(10):
        z = torch.randn(9, 3, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
        act = lambda x: symmetry.act(x, x, torch.Generator().manual_seed(0))[0]  # noqa: E731
        gaps.append((space.project(act(z)) - act(space.project(z))).abs().max().item())
    assert (max(gaps) < 1e-9) == (symmetry in space.commutes)


@given(embeddings(), generators())
def test_batches_with_one_span_are_white_up_to_a_rotation(z, generator):
    d = z.shape[1]
    # Its singular values lie in [1, 3], so that the mixed batch is no worse than the first.
    rotation, _ = torch.linalg.qr(torch.randn(d, d, generator=generator, dtype=z.dtype))
    mixing = rotation @ torch.diag(torch.linspace(1, 3, d, dtype=z.dtype))
    one, two = (Whitened().project(x) for x in (z, z @ mixing))
    between = one.T @ two / len(z)
    close(between @ between.T, torch.eye(d, dtype=z.dtype))
    close(one @ between, two)


@pytest.mark.parametrize("space", SPACES, ids=repr)
def test_a_constant_axis_becomes_nan_and_not_a_wrong_number(space):
    z = torch.randn(8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z[:, 1] = 0.1  # which no binary number is, so that its mean is off by rounding
    assert space.project(z)[:, 1].isnan().all()
    assert space.project(z)[:, 0].isfinite().all()
    assert space.intrinsic_dimension(3) == 3


@given(collapsed_embeddings())
def test_whitening_says_nothing_of_collapsed_embeddings(case):
    z, rank = case
    assert Whitened().project(z).isnan().any(0).sum() == z.shape[1] - rank


@pytest.mark.parametrize("space", SPACES, ids=repr)
def test_a_spread_far_below_the_mean_is_still_a_spread(space):
    z = torch.randn(8, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    torch.testing.assert_close(space.project(1 + 1e-9 * z), space.project(z), rtol=0, atol=1e-5)


@pytest.mark.parametrize(("n", "d"), [(2, 2), (3, 4)])
def test_whitening_needs_more_items_than_dimensions(n, d):
    with pytest.raises(ValueError, match=f"more than {d} items .* got {n}: .*at least {d + 1}"):
        Whitened().project(torch.randn(n, d, generator=torch.Generator().manual_seed(0)))
