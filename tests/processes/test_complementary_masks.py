"""Two halves of one item share its signals, and none of its noise."""

import numpy as np
import pytest
from scipy.linalg import subspace_angles

from ssl_theory.processes import MaskedSpikes, SparseCoding


def top(matrix, k):
    """The ``k`` leading eigenvectors."""
    return np.linalg.eigh(matrix)[1][:, -k:]


@pytest.mark.parametrize("make", [MaskedSpikes, SparseCoding])
def test_each_coordinate_is_in_one_view_and_not_in_both(make):
    pairs = make().draw(200, seed=4)
    mask = pairs.auxiliary["mask"]
    assert ((pairs.x != 0) == mask).all() and ((pairs.y != 0) == ~mask).all()
    assert abs(mask.mean() - 0.5) < 5 * 0.5 / np.sqrt(mask.size)


def test_pairs_of_masks_find_the_signals_where_variance_finds_the_noise():
    d = 200
    noise = (1.0,) * 180 + (40.0,) * 20
    world = MaskedSpikes(signal=(10.0, 8.0), noise=noise)
    found = subspace_angles(top(world.cross_covariance, 2), world.items.directions)
    fooled = subspace_angles(top(world.items.covariance, 2), world.items.directions)
    assert d == len(noise) and np.sin(found.max()) < 0.2 and np.sin(fooled.max()) > 0.9


def test_atoms_are_as_often_active_as_stated():
    world, n = SparseCoding(), 20_000
    latents = world.draw(n, seed=5).latents
    assert set(np.unique(latents)) == {-1.0, 0.0, 1.0}
    error = np.sqrt(1 / 3 * 2 / 3 / n)
    assert (np.abs((latents != 0).mean(0) - 1 / 3) < 5 * error).all()
    assert (np.abs(latents.mean(0)) < 5 * np.sqrt(1 / 3 / n)).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"features": 3}, "`features` must be at least 6, got 3"),
        ({"active": 7.0}, "`active` must lie between 0 and 6, got 7.0"),
        ({"active": 0.0}, "`active` must be positive, got 0.0"),
        ({"noise": 0.0}, "`noise` must be positive, got 0.0"),
    ],
)
def test_says_which_dictionaries_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        SparseCoding(**arguments)
