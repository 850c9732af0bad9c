"""Every mixing can be undone, and says how much it distorts."""

import time
from dataclasses import FrozenInstanceError, fields
from itertools import pairwise

import numpy as np
import pytest

from ssl_theory.processes.mixings import (
    MIXINGS,
    Banana,
    Coupling,
    Mobius,
    Orthogonal,
    Perceptron,
    Sinusoid,
    Spiral,
    Unmixed,
)

every_mixing = pytest.mark.parametrize("make", MIXINGS, ids=lambda make: make.__name__)
PLANE = (Spiral, Banana, Sinusoid)
SEEDED = (Orthogonal, Perceptron, Coupling, Mobius)


def latents(n=200, d=2, seed=0):
    return np.random.default_rng(seed).uniform(-0.9, 3, (n, d))


def jacobian(mixing, point, step=1e-6):
    """By central differences: row ``i`` is what moving latent ``i`` does."""
    moves = step * np.eye(len(point))
    return (mixing(point + moves) - mixing(point - moves)) / (2 * step)


@every_mixing
def test_can_be_undone_from_both_sides(make):
    for d in (2,) if make in PLANE else (2, 5, 10):
        z = latents(d=d)
        mixing = make()
        assert np.abs(mixing.inverse(mixing(z)) - z).max() < 1e-8
        assert np.abs(mixing(mixing.inverse(z)) - z).max() < 1e-8


@every_mixing
def test_is_a_value_that_mixes_row_by_row(make):
    mixing, z = make(), latents()
    assert mixing == make() and hash(mixing) == hash(make())
    for field in fields(mixing):
        with pytest.raises(FrozenInstanceError):
            setattr(mixing, field.name, None)
    np.testing.assert_allclose(mixing(z[7:9]), mixing(z)[7:9], rtol=1e-12)
    trajectories = z.reshape(20, 10, 2)
    seen = mixing(trajectories)
    np.testing.assert_allclose(seen.reshape(200, 2), mixing(z), rtol=1e-12)
    np.testing.assert_allclose(mixing.inverse(seen), trajectories, atol=1e-8)
    assert mixing(z).tobytes() == make()(z).tobytes()


@pytest.mark.parametrize("make", SEEDED)
def test_another_seed_is_another_mixing(make):
    z = latents(d=4)
    assert np.abs(make(seed=1)(z) - make(seed=0)(z)).max() > 0.1


@pytest.mark.parametrize("make", [Unmixed, Orthogonal, Coupling, Spiral, Banana, Sinusoid])
def test_these_keep_volumes(make):
    for point in latents(5):
        assert abs(np.linalg.det(jacobian(make(), point))) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("make", [Orthogonal, Spiral])
def test_these_keep_lengths(make):
    z = latents()
    np.testing.assert_allclose(np.linalg.norm(make()(z), axis=1), np.linalg.norm(z, axis=1))


def test_a_mobius_map_moves_at_right_angles_and_by_one_length():
    for point in latents(5, d=4):
        moved = jacobian(Mobius(), point)
        scale = 1 / np.sum((point + 1) ** 2)
        np.testing.assert_allclose(moved @ moved.T, scale**2 * np.eye(4), atol=1e-7)


@pytest.mark.parametrize("d", [2, 6])
@pytest.mark.parametrize("layers", [1, 3])
def test_no_jacobian_of_a_perceptron_is_worse_conditioned_than_it_says(d, layers):
    mixing = Perceptron(layers=layers)
    bound = mixing.condition_bound(d)
    conditions = [np.linalg.cond(jacobian(mixing, point)) for point in latents(100, d)]
    assert max(conditions) <= bound * (1 + 1e-5)
    if layers == 1:
        assert min(conditions) == pytest.approx(bound, rel=1e-5)


def test_more_candidates_are_better_conditioned():
    bounds = [Perceptron(layers=1, candidates=c, seed=1).condition_bound(5) for c in (1, 16, 256)]
    assert bounds[0] > bounds[1] > bounds[2]


def test_drawing_weights_is_not_a_search_without_end():
    # Rejection down to the best of 25 000 draws takes 25 000 tries a layer on average.
    started = time.process_time()
    Perceptron(layers=5, seed=123).weights(20)
    assert time.process_time() - started < 1


def test_weights_are_of_the_law_that_was_judged_and_every_layer_has_its_own():
    # A threshold found on entries between 1 and 2 says nothing of entries between -1 and 1.
    weights = Perceptron(layers=4, candidates=1).weights(8)
    assert len(weights) == 4
    for one, other in pairwise(weights):
        assert np.abs(one - other).max() > 0.1
    assert abs(np.mean(np.array(weights) > 0) - 0.5) < 5 * 0.5 / np.sqrt(4 * 64)


def test_columns_of_weights_have_length_one():
    for weight in Perceptron().weights(4):
        np.testing.assert_allclose(np.linalg.norm(weight, axis=0), 1)


def test_weights_cannot_be_written_over():
    with pytest.raises(ValueError, match="read-only"):
        Perceptron().weights(3)[0][0, 0] = 7


@pytest.mark.parametrize("make", PLANE)
def test_maps_of_the_plane_want_two_latents(make):
    with pytest.raises(ValueError, match=f"`{make.__name__}` must be given 2 latents, got 3"):
        make()(latents(d=3))


def test_a_coupling_wants_two_halves():
    with pytest.raises(ValueError, match="at least 2 latents, got 1"):
        Coupling()(latents(d=1))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"slope": 0.0}, "`slope` must lie above 0 and at most at 1, got 0.0: without a slope"),
        ({"layers": 0}, "`layers` must be at least 1, got 0"),
        ({"candidates": 0}, "`candidates` must be at least 1, got 0"),
    ],
)
def test_says_which_perceptrons_can_be_undone(arguments, message):
    with pytest.raises(ValueError, match=message):
        Perceptron(**arguments)
