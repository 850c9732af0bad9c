"""Slow features come first, and only then what moves."""

import numpy as np
import pytest
from scipy.linalg import eigh

from ssl_theory.moments import PairMoments
from ssl_theory.processes import SlowFeatures

MIXED = SlowFeatures(2, 3, 2, phi=0.8, mixing_seed=1)


def kept(world, keep, key):
    """The best directions of a sample by ``key`` of the eigenvalues, and the R2 they reach."""
    pairs = world.draw(2000, seed=0).pairs()
    sigma, gamma = PairMoments.of(pairs.x, pairs.y).exchangeable()
    values, vectors = eigh(gamma, sigma)
    z = np.linalg.qr(pairs.x @ vectors[:, np.argsort(-key(values))[:keep]])[0]
    truth = pairs.latents[:, world.static : world.static + world.moving]
    return np.square(z.T @ np.linalg.qr(truth)[0]).sum() / world.moving


@pytest.mark.parametrize("keep", range(8))
def test_the_best_dimensions_of_a_sample_hold_as_many_moving_features(keep):
    assert kept(MIXED, keep, lambda v: v) == pytest.approx(MIXED.moving_r2(keep), abs=0.01)


@pytest.mark.parametrize("keep", [1, 3, 5, 7])
@pytest.mark.parametrize("signed", [True, False])
def test_what_alternates_is_last_for_alignment_and_not_for_a_predictor(keep, signed):
    world = SlowFeatures(2, 3, 2, phi=-0.8, mixing_seed=2)
    found = kept(world, keep, (lambda v: v) if signed else np.abs)
    assert found == pytest.approx(world.moving_r2(keep, signed=signed), abs=0.01)
    assert world.moving_r2(4, signed=True) == 0
    assert world.moving_r2(5, signed=False) == 1


def test_what_is_static_never_changes_and_what_is_fresh_always_does():
    z = SlowFeatures(1, 1, 1, phi=0.9).draw(2000, seed=3).latents
    assert (z[:, :, 0] == z[:, :1, 0]).all()
    for feature, truth in ((1, 0.9**3), (2, 0.0)):
        found = np.mean(z[:, 2, feature] * z[:, 5, feature])
        assert abs(found - truth) < 5 * np.sqrt((1 + truth**2) / 2000)


def test_something_static_is_no_end_of_information():
    assert MIXED.mutual_information == np.inf
    moving = SlowFeatures(0, 2, 1, phi=0.6)
    assert moving.mutual_information == pytest.approx(-np.log(1 - 0.36))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"moving": 0}, "`moving` at least 1, got 2, 2 and 0"),
        ({"static": -1}, "must be at least 0 and `moving` at least 1, got -1"),
        ({"phi": 0.0}, "`phi` must lie between -1 and 1 and not be 0, got 0.0"),
        ({"phi": 1.0}, "`phi` must lie between -1 and 1 and not be 0, got 1.0"),
        ({"steps": 1}, "`steps` must be at least 2, got 1"),
    ],
)
def test_says_which_features_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        SlowFeatures(**fields)


def test_says_how_many_dimensions_it_wants():
    with pytest.raises(ValueError, match="`keep` must be at least 0, got -1"):
        MIXED.moving_r2(-1)
