"""A sketch is never more alike than what it shows, and shows all if it is as large."""

import numpy as np
import pytest

from ssl_theory.processes import SketchedPairs


def test_a_sketch_as_large_as_the_latents_loses_nothing():
    world = SketchedPairs(hidden=6, seen=6)
    np.testing.assert_allclose(
        world.canonical_autocorrelations, world.hidden_autocorrelations, atol=1e-9
    )


@pytest.mark.parametrize("seed", range(5))
def test_no_canonical_correlation_is_above_that_of_the_latents(seed):
    world = SketchedPairs(hidden=40, seen=5, world_seed=seed)
    assert (world.canonical_autocorrelations <= world.hidden_autocorrelations[:5] + 1e-12).all()
    assert world.canonical_autocorrelations[-1] > 0


def test_a_larger_sketch_of_the_same_latents_tells_more():
    told = [SketchedPairs(seen=m).mutual_information for m in (2, 8, 32)]
    assert told[0] < told[1] < told[2]


def test_the_tail_falls_as_the_power_it_says():
    world = SketchedPairs(hidden=100_000, seen=1, forgetting=3.0, strength=0.5)
    squares = world.hidden_autocorrelations**2
    for m in (20, 200):
        assert squares[m:].sum() == pytest.approx(0.25 * m**-2.0 / 2, rel=2 / m)


@pytest.mark.parametrize(
    ("decay", "forgetting", "exponent"),
    [(2.0, 2.0, 1.0), (3.0, 3.0, 2.0), (1.5, 4.0, 1.5), (2.0, 5.0, 2.0)],
)
def test_a_sketch_loses_the_power_of_its_size_that_it_says(decay, forgetting, exponent):
    assert exponent == min(decay, forgetting - 1)
    sizes = np.array([16, 64])
    lost = [
        np.mean([SketchedPairs(2000, m, decay, forgetting, 0.9, s).lost for s in range(8)])
        for m in sizes
    ]
    slope = np.diff(np.log(lost)) / np.diff(np.log(sizes))
    assert slope == pytest.approx(-exponent, abs=0.2)  # the exponents are half a power apart


def test_a_sketch_of_a_flat_spectrum_finds_almost_nothing():
    world = SketchedPairs(2000, 32, decay=0.0)
    assert world.lost > 0.95 * np.square(world.hidden_autocorrelations).sum()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seen": 0}, "`seen` must be at least 1, got 0"),
        ({"hidden": 3}, "`hidden` must be at least 8, got 3"),
        ({"decay": -1.0}, "`decay` must be at least 0, got -1.0"),
        ({"strength": 1.0}, "`strength` must lie between 0 and 0.999999, got 1.0"),
    ],
)
def test_says_which_sketches_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        SketchedPairs(**arguments)
