"""A walk has the spectrum of its lattice, and every site is as likely as another."""

import numpy as np
import pytest

from ssl_theory.processes import LatticeWalk

WALKS = [
    LatticeWalk((7,)),
    LatticeWalk((8,), laziness=0.3),
    LatticeWalk((2,)),
    LatticeWalk((3, 4), laziness=0.1),
    LatticeWalk((5,), wraps=False),
    LatticeWalk((3, 2, 4), wraps=False),
]
every_walk = pytest.mark.parametrize("walk", WALKS, ids=repr)


@every_walk
def test_eigenvalues_are_those_of_the_transition(walk):
    values = np.linalg.eigvalsh(walk.transition)[::-1]
    np.testing.assert_allclose(walk.eigenvalues, values, atol=1e-12)
    np.testing.assert_allclose(walk.transition.sum(1), 1)
    np.testing.assert_array_equal(walk.transition, walk.transition.T)


@every_walk
def test_steps_are_counted_as_the_transition_says(walk):
    n = 20_000
    pairs = walk.draw(n, seed=0)
    truth = walk.transition / walk.sites
    counts = pairs.x.T @ pairs.y / n
    assert (np.abs(counts - truth) <= 5 * np.sqrt(truth * (1 - truth) / n)).all()
    assert np.sqrt(truth.max() / n) < 0.01


def test_an_even_cycle_that_never_rests_alternates():
    assert LatticeWalk((8,)).eigenvalues[-1] == pytest.approx(-1)
    assert LatticeWalk((8,), laziness=0.5).eigenvalues[-1] == pytest.approx(0)
    assert LatticeWalk((7,)).eigenvalues[-1] > -1


@pytest.mark.parametrize("wraps", [True, False])
def test_no_step_is_longer_than_one_and_ends_meet_only_where_it_wraps(wraps):
    walk = LatticeWalk((5, 4), wraps=wraps)
    pairs = walk.draw(4000, seed=1)
    gap = np.abs(pairs.latents - pairs.partner_latents)
    moved = gap.max(1) > 0
    assert moved.all() == wraps  # over the end of a grid there is nowhere to go
    assert (np.count_nonzero(gap, axis=1)[moved] == 1).all()
    over = gap.max(1) > 1
    assert over.any() == wraps
    rows, columns = pairs.latents.T
    np.testing.assert_array_equal(pairs.x.argmax(1), rows * 4 + columns)


def test_information_is_the_entropy_of_the_site_less_that_of_the_step():
    assert LatticeWalk((8,)).mutual_information == pytest.approx(np.log(8) - np.log(2))
    assert LatticeWalk((2,)).mutual_information == pytest.approx(np.log(2))
    assert LatticeWalk((3, 5)).mutual_information == pytest.approx(np.log(15) - np.log(4))


def test_strangers_have_a_density_ratio_of_zero():
    walk = LatticeWalk((5,))
    sites = np.eye(5)
    ratios = np.exp(walk.density_ratio(sites[[0, 0, 0]], sites[[1, 2, 4]]))
    np.testing.assert_allclose(ratios, [2.5, 0, 2.5])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"lengths": ()}, r"at least 2 sites for each axis, got \(\)"),
        ({"lengths": (5, 1)}, r"at least 2 sites for each axis, got \(5, 1\)"),
        ({"laziness": 1.0}, "`laziness` must be a probability below 1, got 1.0"),
    ],
)
def test_says_which_walk_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        LatticeWalk(**fields)
