"""Pictures of a sprite hold its area wherever it is, and give its place back."""

import numpy as np
import pytest

from ssl_theory.processes.rendering import Sprite
from ssl_theory.processes.rendering.sprite import SHAPES

every_shape = pytest.mark.parametrize("shape", SHAPES)


def places(sprite, n, seed=0):
    half = sprite.size / 2
    return np.random.default_rng(seed).uniform(half, sprite.side - half, size=(n, 2))


@every_shape
@pytest.mark.parametrize("size", [4.0, 5.3, 9.0])
def test_the_place_is_read_off_to_rounding_wherever_it_is(shape, size):
    sprite = Sprite(shape, side=16, size=size)
    z = np.vstack([places(sprite, 300), np.full((1, 2), size / 2), np.full((1, 2), 16 - size / 2)])
    np.testing.assert_allclose(sprite.inverse(sprite(z)), z, atol=1e-8)


@every_shape
def test_pixels_sum_to_the_area_and_are_shares(shape):
    sprite = Sprite(shape, size=5.3)
    pictures = sprite(places(sprite, 100))
    np.testing.assert_allclose(pictures.sum(1), sprite.area)
    assert pictures.min() >= -1e-12 and pictures.max() <= 1 + 1e-12


@every_shape
def test_pixels_are_the_share_of_fine_points_that_the_shape_covers(shape):
    sprite, fine = Sprite(shape, side=12, size=6.0), 40
    z = np.array([[5.3, 6.65]])
    points = (np.arange(12 * fine) + 0.5) / fine
    right, down = np.abs(points - z[0, 0])[None, :], np.abs(points - z[0, 1])[:, None]
    inside = {
        "square": (right < 3) & (down < 3),
        "bar": (right < 3) & (down < 1.5),
        "cross": ((right < 3) & (down < 1)) | ((right < 1) & (down < 3)),
        "frame": (right < 3) & (down < 3) & ~((right < 1.5) & (down < 1.5)),
    }[shape]
    shares = inside.reshape(12, fine, 12, fine).mean((1, 3))
    np.testing.assert_allclose(sprite(z).reshape(12, 12), shares, atol=2 / fine)


@every_shape
def test_whole_pixels_move_the_picture(shape):
    sprite = Sprite(shape, side=16, size=5.0)
    z = np.array([[6.2, 7.7]])
    before, after = (sprite(p).reshape(16, 16) for p in (z, z + np.array([[3, -2]])))
    np.testing.assert_allclose(np.roll(before, (-2, 3), axis=(0, 1)), after, atol=1e-12)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"shape": "heart"}, r"one of \['bar', 'cross', 'frame', 'square'\], got 'heart'"),
        ({"size": 3.0}, "`size` must lie between 4 pixels and the side of 16, got 3.0"),
        ({"size": 17.0}, "and the side of 16, got 17.0"),
    ],
)
def test_says_which_sprite_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        Sprite(**fields)
