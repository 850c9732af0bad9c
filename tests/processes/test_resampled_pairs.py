"""What is kept is kept exactly, and functions of more coordinates are forgotten faster."""

import numpy as np
import pytest

from ssl_theory.processes import ResampledPairs
from ssl_theory.processes.mixings import Orthogonal

WORLD = ResampledPairs(3, 0.3)
N = 20_000


def centred_growth(z):
    return np.exp(z) - (np.e - 1)


WAVES = {  # of mean zero in each of so many coordinates
    1: lambda z: np.cos(3 * np.pi * z[:, 1]),
    2: lambda z: centred_growth(z[:, 0]) * centred_growth(z[:, 2]),
    3: lambda z: np.prod(np.cos(np.pi * z), axis=1),
}


@pytest.mark.parametrize("order", WAVES)
def test_a_product_is_forgotten_by_the_power_of_its_order(order):
    pairs = WORLD.draw(N, seed=0)
    a, b = WAVES[order](pairs.latents), WAVES[order](pairs.partner_latents)
    products = a * b / np.sqrt(np.mean(a**2) * np.mean(b**2))
    error = products.std() / np.sqrt(N)
    assert error < 0.03
    assert abs(products.mean() - WORLD.autocorrelation(order)) < 5 * error


def test_changes_are_independent_and_as_frequent_as_they_say():
    pairs = WORLD.draw(N, seed=1)
    changed = pairs.auxiliary["changed"]
    assert (pairs.latents == pairs.partner_latents).tolist() == (~changed).tolist()
    assert (np.abs(changed.mean(0) - 0.3) < 5 * np.sqrt(0.3 * 0.7 / N)).all()
    whole = (~changed).all(1).mean()
    assert abs(whole - WORLD.all_kept) < 5 * np.sqrt(WORLD.all_kept * (1 - WORLD.all_kept) / N)
    joint = np.corrcoef(np.hstack([changed, pairs.latents]), rowvar=False)
    assert np.abs(joint[np.triu_indices(6, 1)]).max() < 5 / np.sqrt(N)


def test_regression_on_the_other_view_explains_the_square():
    pairs = ResampledPairs(2, 0.4, Orthogonal(1)).draw(N, seed=2)
    a, b = pairs.latents[:, 0], pairs.partner_latents[:, 0]
    explained = np.corrcoef(a, b)[0, 1] ** 2
    assert explained == pytest.approx(ResampledPairs(2, 0.4).bayes_r2(), abs=5 * 1.2 / np.sqrt(N))


def test_nothing_is_shared_when_all_is_new():
    assert ResampledPairs(change=1.0).mutual_information == 0
    assert ResampledPairs(change=0.99).mutual_information == np.inf


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"dimension": 0}, "`dimension` must be at least 1, got 0"),
        ({"change": 1.5}, "`change` must lie between 0 and 1, got 1.5"),
    ],
)
def test_says_which_pairs_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        ResampledPairs(**fields)
