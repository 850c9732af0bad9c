"""Steps of continuous latents and of factors on grids, conditioned without a search."""

from itertools import product

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import kstest, laplace, norm

from ssl_theory.processes import GridSteps, SparseSteps


@pytest.mark.parametrize("rate", [0.5, 4.0, 30.0])
def test_the_density_after_a_step_is_the_convolution(rate):
    world = SparseSteps(rate=rate)
    for z in (0.0, 0.7, 4.0):
        convolved = quad(
            lambda step, z=z: norm.pdf(z - step) * laplace.pdf(step, scale=1 / rate),
            -40 / rate,
            40 / rate,
            points=[0, z] if abs(z) < 40 / rate else [0],
            limit=400,
        )[0]
        ours = np.exp(world.partner_log_density(np.array([z])))[0]
        assert ours == pytest.approx(convolved, rel=1e-7)


def test_steps_are_laplace_and_independent_of_where_they_start():
    n = 4000
    pairs = SparseSteps(dimension=1, rate=5.0).draw(n, seed=0)
    steps = (pairs.partner_latents - pairs.latents)[:, 0]
    assert kstest(5 * steps, "laplace").pvalue > 1e-4
    assert abs(np.corrcoef(steps, pairs.latents[:, 0])[0, 1]) < 5 / np.sqrt(n)


@pytest.mark.parametrize(("rate", "information"), [(1e-3, 0.0), (1e3, np.log(1e3 / 2) - 1)])
def test_information_of_long_and_of_short_steps(rate, information):
    # A long step forgets the start; a short one leaves the normal entropy less its own.
    expected = information + (norm.entropy() if rate > 1 else 0)
    assert SparseSteps(1, rate).mutual_information == pytest.approx(expected, abs=2e-3)


def exact_law(world):
    """Of all pairs of factors, by enumeration of what the condition leaves."""
    every = list(product(*(range(size) for size in world.sizes)))
    law = {}
    for start in every:
        ways = {
            end: np.prod([m[a, b] for m, a, b in zip(world.transitions, start, end, strict=True)])
            for end in every
            if end != start
        }
        total = sum(ways.values())
        law |= {(start, end): way / total / len(every) for end, way in ways.items() if way}
    return law


@pytest.mark.parametrize("frozen", [(), (0,), (2,), (0, 2)])
def test_pairs_of_factors_are_as_likely_as_enumeration_says(frozen):
    world, n = GridSteps(sizes=(2, 3, 2), frozen=frozen, rate=1.5), 10_000
    law = exact_law(world)
    drawn = world.draw(n, seed=0).auxiliary
    pairs = np.hstack([drawn["factors"], drawn["partner_factors"]])
    counts = dict.fromkeys(law, 0)
    for row in pairs.tolist():
        counts[tuple(row[:3]), tuple(row[3:])] += 1  # a pair that cannot be is a KeyError
    for pair, probability in law.items():
        error = np.sqrt(n * probability * (1 - probability))
        assert abs(counts[pair] - n * probability) < 5 * error + 1


def test_covariances_are_those_of_enumeration():
    world = GridSteps(sizes=(2, 3, 2), frozen=(2,), rate=1.5)
    law = exact_law(world)
    weights = np.array(list(law.values()))
    scale = np.array(world.sizes) - 1
    starts, ends = (np.array([pair[i] for pair in law]) / scale for i in range(2))
    starts, ends = (a - weights @ a for a in (starts, ends))
    weighted = weights[:, None] * ends
    np.testing.assert_allclose(world.latent_partner_covariance, ends.T @ weighted, atol=1e-12)
    np.testing.assert_allclose(world.latent_cross_covariance, starts.T @ weighted, atol=1e-12)


def test_something_moves_in_every_pair_and_what_is_frozen_never_does():
    moved = GridSteps(rate=6.0).draw(2000, seed=1).auxiliary["moved"]
    assert moved.any(1).all()
    assert not moved[:, 0].any()
    assert 0 < moved[:, 1].mean() < 1


def test_no_number_of_steps_leaves_the_grid():
    world = GridSteps(rate=0.01)
    pairs = world.draw(2000, seed=2)
    for latents in (pairs.latents, pairs.partner_latents):
        assert latents.min() == 0 and latents.max() == 1


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        (SparseSteps, {"dimension": 0}, "`dimension` must be at least 1, got 0"),
        (SparseSteps, {"rate": 0.0}, "`rate` must be positive, got 0.0"),
        (GridSteps, {"rate": -1.0}, "`rate` must be positive, got -1.0"),
        (GridSteps, {"sizes": (3, 1)}, "`sizes` must be at least 2, got 1"),
        (GridSteps, {"frozen": (0, 1, 2)}, r"`frozen` must name some of the factors 0 to 2"),
        (GridSteps, {"frozen": (3,)}, r"but not all, got \(3,\)"),
    ],
)
def test_says_which_steps_it_wants(make, arguments, message):
    with pytest.raises(ValueError, match=message):
        make(**arguments)
