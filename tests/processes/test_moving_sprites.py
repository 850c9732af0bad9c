"""Films of sprites lose none of them, and show where one is alone."""

import numpy as np
import pytest

from ssl_theory.processes import MovingSprites
from ssl_theory.processes.rendering import Sprite


def test_no_sprite_leaves_the_picture():
    world = MovingSprites(("square", "cross", "frame"), side=12, speed=5.0)
    film = world.draw(30, seed=0)
    np.testing.assert_allclose(film.x.sum(-1), world.mass)
    assert world.mass == pytest.approx(25 + 25 * 5 / 9 + 25 * 3 / 4)


def test_a_sprite_alone_shows_its_place():
    film = MovingSprites(("bar",)).draw(20, seed=1)
    np.testing.assert_allclose(Sprite("bar").inverse(film.x), film.latents[..., :2], atol=1e-8)


def test_pictures_are_added_where_sprites_meet():
    world = MovingSprites(("square", "frame"), side=8)
    film = world.draw(10, seed=2)
    parts = [Sprite(s, 8)(film.latents[..., 2 * i : 2 * i + 2]) for i, s in enumerate(world.shapes)]
    np.testing.assert_allclose(film.x, parts[0] + parts[1])
    assert film.x.max() > 1.5  # they do meet


def test_places_have_the_moments_of_bouncing_balls():
    world = MovingSprites(steps=4)
    z = world.draw(4000, seed=3).latents[..., :4] - 8
    for lag in (0, 3):
        products = z[:, 0, :, None] * z[:, lag, None, :]
        errors = products.std(0) / np.sqrt(4000)
        assert (np.abs(products.mean(0) - world.place_autocovariance(lag)) < 5 * errors).all()
        assert errors.max() < 0.05 * 11**2 / 12


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"shapes": ()}, "`shapes` must name at least one shape, got none"),
        ({"shapes": ("heart",)}, "got 'heart'"),
        ({"size": 16.0}, "`size` must be below the side of 16, got 16.0"),
        ({"speed": 0.0}, "`speed` must be positive"),
        ({"steps": 1}, "`steps` must be at least 2, got 1"),
    ],
)
def test_says_which_sprites_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        MovingSprites(**fields)
