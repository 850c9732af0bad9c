"""All views of an item are of the same latents, and every subset of views agrees on its block."""

from itertools import combinations

import numpy as np
import pytest

from ssl_theory.processes import PartialViews
from ssl_theory.processes.mixings import Unmixed


def test_every_view_is_of_the_same_latents_and_not_only_its_neighbours():
    # A loop that overwrites what it should add to would leave only the last two views aligned.
    world = PartialViews()
    latents = world.draw(50, seed=0).latents
    seen = [
        mixing.inverse(view)
        for mixing, view in zip(world.mixings, world.views(50, seed=0), strict=True)
    ]
    assert len(seen) == 4
    for view, subset in zip(seen, world.subsets, strict=True):
        np.testing.assert_allclose(view, latents[:, subset], atol=1e-8)
    for a, b in combinations(range(4), 2):
        for latent in world.content(a, b):
            left = seen[a][:, world.subsets[a].index(latent)]
            right = seen[b][:, world.subsets[b].index(latent)]
            np.testing.assert_allclose(left, right, atol=1e-8)


def test_a_pair_is_the_first_two_views():
    world = PartialViews()
    pairs, views = world.draw(5, seed=3), world.views(5, seed=3)
    assert (pairs.x == views[0]).all() and (pairs.y == views[1]).all()


def test_fewer_latents_are_shared_by_more_views():
    world = PartialViews()
    assert world.content(0) == (0, 1, 2, 3, 4)
    assert world.content(0, 2) == (0, 1, 2, 3)
    assert world.content(0, 1, 2) == (0, 1, 2)
    for views in combinations(range(4), 3):
        assert set(world.content(*views)) >= set(world.content(0, 1, 2, 3)) == {0, 1}


def test_bayes_r2_of_what_is_not_seen_is_what_least_squares_reaches():
    world, n = PartialViews(), 20_000
    latents, seen = world.draw(n, seed=1).latents, (0, 1)
    given = latents[:, seen]
    residual = latents - given @ np.linalg.lstsq(given, latents, rcond=None)[0]
    told = world.bayes_r2(seen)
    assert told[:2] == pytest.approx([1, 1])
    errors = np.sqrt(4 * told * (1 - told).clip(0) ** 2 / n)
    assert (np.abs(1 - residual.var(0) / latents.var(0) - told) < 5 * errors + 10 / n).all()
    free = PartialViews(correlated=False).bayes_r2(seen)
    np.testing.assert_allclose(free, [1, 1, 0, 0, 0, 0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"subsets": ((0, 1),)}, "`subsets` must be at least 2, got 1"),
        ({"subsets": ((0, 1), (1, 2))}, "`mixings` must hold one for each of 2 views, got 4"),
        (
            {"subsets": ((0, 1), (2, 1)), "mixings": (Unmixed(), Unmixed())},
            r"rising numbers of latents from 0, got \(2, 1\)",
        ),
        (
            {"subsets": ((0, 1), ()), "mixings": (Unmixed(), Unmixed())},
            r"rising numbers of latents from 0, got \(\)",
        ),
    ],
)
def test_says_which_views_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        PartialViews(**arguments)
