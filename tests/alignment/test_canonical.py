"""The canonical model turns one white view onto the other as well as a rotation can."""

import numpy as np
import pytest
import torch
from hypothesis import given
from scipy.spatial.transform import Rotation
from torch.distributions import Independent, Normal

from ssl_theory.alignment import Canonical
from ssl_theory.batch_spaces import Whitened
from ssl_theory.checks.strategies import pairs


def white(n, d, seed):
    generator = torch.Generator().manual_seed(seed)
    return Whitened().project(torch.randn(n, d, generator=generator, dtype=torch.float64))


def test_a_rotated_view_is_turned_back():
    z = white(20, 4, 0)
    turn = torch.linalg.qr(white(9, 4, 1)[:4]).Q
    peak = Canonical(0.3).log_density(z @ turn, given=z)
    expected = Independent(Normal(z, 0.3**0.5), 1).log_prob(z)
    torch.testing.assert_close(peak, expected, rtol=1e-9, atol=1e-9)


def test_its_rotation_is_the_one_scipy_aligns_vectors_by():
    # Views that are close to a proper rotation of each other, where scipy allows no reflection.
    z = white(20, 3, 0)
    turn = torch.from_numpy(Rotation.from_rotvec([0.3, -0.2, 0.9]).as_matrix())
    w = Whitened().project(z @ turn + 0.1 * white(20, 3, 1))
    fitted, _ = Rotation.align_vectors(w.numpy(), z.numpy())
    expected = Independent(Normal(torch.from_numpy(fitted.apply(z.numpy())), 1.0), 1).log_prob(w)
    ours = Canonical(1.0).log_density(w, given=z)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


@given(pairs())
def test_no_other_rotation_makes_the_views_more_likely(pair):
    z, w = (Whitened().project(x) for x in pair)
    d = z.shape[1]
    best = Canonical().log_density(w, given=z).mean().item()
    for seed in range(5):
        noise = np.random.default_rng(seed).standard_normal((d, d))
        turned = z @ torch.from_numpy(np.linalg.qr(noise)[0])
        assert Independent(Normal(turned, 1.0), 1).log_prob(w).mean().item() <= best + 1e-9


def test_pairs_that_do_not_belong_together_fit_no_rotation():
    z = white(6, 2, 0)
    with pytest.raises(ValueError, match=r"partners row by row, got shapes \(6, 1, 2\) and \(1, 6"):
        Canonical().log_density(z[:, None], given=z[None])


def test_it_wants_a_positive_variance():
    with pytest.raises(ValueError, match="`variance` must be positive, got 0"):
        Canonical(0)
