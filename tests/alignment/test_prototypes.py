"""Prototypes share out probability, and follow the items that are theirs."""

import math

import pytest
import torch
from torch.nn.functional import cross_entropy

from ssl_theory.alignment import Prototypes, VonMisesFisher
from ssl_theory.spaces import Sphere

AXES = torch.eye(2, dtype=torch.float64)
EQUAL = torch.tensor([0.5, 0.5], dtype=torch.float64)


def on_circle(*degrees):
    angle = torch.deg2rad(torch.tensor(degrees, dtype=torch.float64))
    return torch.stack([angle.cos(), angle.sin()], dim=1)


def test_the_clusters_of_an_item_have_probability_one():
    w = on_circle(10, 100, 200)
    model = VonMisesFisher(3.0)
    shares = [
        (Prototypes(model, AXES, EQUAL, (s,) * 3).log_density(w, given=w)
         - model.log_density(w, given=w)).exp()
        for s in (0, 1)
    ]  # fmt: skip
    torch.testing.assert_close(sum(shares), torch.ones(3, dtype=torch.float64))


def test_the_surprise_of_clusters_is_the_cross_entropy_of_torch():
    z, w = Sphere().project(
        torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    )
    temperatures = torch.tensor([0.1, 0.5, 2.0], dtype=torch.float64)
    model, labels = VonMisesFisher(3.0), (0, 2, 1, 1, 0, 2)
    part = Prototypes(model, torch.eye(3, dtype=torch.float64), temperatures, labels)
    ours = (part.log_density(w, given=z) - model.log_density(w, given=z)).mean()
    theirs = cross_entropy(w / temperatures, torch.tensor(labels))
    torch.testing.assert_close(ours, -theirs)


def test_a_step_moves_each_centroid_to_the_direction_of_its_items():
    part = Prototypes(VonMisesFisher(), AXES, EQUAL, (0, 0))
    after = part.updated(on_circle(-10, 30, 80, 110))
    assert after.assignments == (0, 0, 1, 1)
    torch.testing.assert_close(after.centroids, on_circle(10, 95))
    # Chords of 20 and of 15 degrees; two items each, so only their ratio is left.
    chords = torch.tensor([math.sin(math.radians(10)), math.sin(math.radians(7.5))])
    torch.testing.assert_close(after.temperatures, (chords / chords.sum()).double())


def test_steps_never_lose_closeness():
    generator = torch.Generator().manual_seed(0)
    z = Sphere().project(torch.randn(60, 3, generator=generator, dtype=torch.float64))
    part = Prototypes(VonMisesFisher(), z[:4], torch.ones(4, dtype=torch.float64), (0,))
    closeness = []
    for _ in range(10):
        part = part.updated(5 * z)
        closeness.append((z * part.centroids[list(part.assignments)]).sum(1).mean().item())
    assert closeness == sorted(closeness)
    assert closeness[-1] > closeness[0]


def test_the_temperature_is_the_mean_distance_over_the_logarithm_of_the_smoothed_count():
    z = on_circle(-20, 0, 20, 85, 95)
    after = Prototypes(VonMisesFisher(), AXES, EQUAL, (0,)).updated(z)
    chord = lambda degrees: 2 * math.sin(math.radians(degrees) / 2)  # noqa: E731
    paper = [2 * chord(20) / (3 * math.log(13)), 2 * chord(5) / (2 * math.log(12))]
    expected = [x / sum(paper) for x in paper]
    assert after.temperatures.tolist() == pytest.approx(expected, abs=1e-12)


def test_an_empty_cluster_keeps_its_centroid_and_is_as_warm_as_the_warmest():
    after = Prototypes(VonMisesFisher(), AXES, EQUAL, (0,)).updated(on_circle(-10, 10))
    torch.testing.assert_close(after.centroids, AXES)
    assert after.temperatures.tolist() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: Prototypes(VonMisesFisher(), AXES, EQUAL[:1], (0,)), "2 positive numbers"),
        (lambda: Prototypes(VonMisesFisher(), AXES, -EQUAL, (0,)), "`temperatures` must be"),
        (lambda: Prototypes(VonMisesFisher(), AXES, EQUAL, (0, 2)), "centroids 0 to 1, got 0 to 2"),
        (
            lambda: Prototypes(VonMisesFisher(), AXES, EQUAL, (0,)).log_density(AXES, given=AXES),
            "the cluster of each of 2 items, got 1",
        ),
        (
            lambda: Prototypes(VonMisesFisher(), AXES, EQUAL, (0,)).updated(AXES),
            "spread within some cluster, got 2 items on 2 points",
        ),
    ],
)
def test_it_says_what_it_wanted(act, message):
    with pytest.raises(ValueError, match=message):
        act()
