"""Pictures of a dot depend on its place alone, and give it back."""

import numpy as np
import pytest

from ssl_theory.processes.rendering import Dot

SMALL = Dot(side=10, width=1.0, low=-3.0, high=3.0)
LARGE = Dot()
both = pytest.mark.parametrize("dot", [SMALL, LARGE, Dot(5, 0.3, -1.0, 1.0)], ids=repr)


def places(dot, n, margin=0.0, seed=0):
    edge = margin * (dot.high - dot.low) / dot.side
    return np.random.default_rng(seed).uniform(dot.low + edge, dot.high - edge, size=(n, 2))


@both
def test_the_place_is_read_off_to_rounding_wherever_it_is(dot):
    z = np.vstack([places(dot, 500), [[dot.low, dot.high]], [[dot.high, dot.low]]])
    np.testing.assert_allclose(dot.inverse(dot(z)), z, atol=1e-8)


@both
def test_pixels_are_those_of_the_bump(dot):
    z = places(dot, 1)
    column, row = (z[0] - dot.low) / (dot.high - dot.low) * dot.side
    picture = dot(z).reshape(dot.side, dot.side)
    i, j = dot.side // 2, 1
    square = (j + 0.5 - column) ** 2 + (i + 0.5 - row) ** 2
    assert picture[i, j] == pytest.approx(np.exp(-square / (2 * dot.width**2)))
    assert picture.max() <= 1


def test_a_picture_does_not_depend_on_those_beside_it():
    z = places(LARGE, 50)
    alone = np.vstack([LARGE(z[i : i + 1]) for i in range(50)])
    assert alone.tobytes() == LARGE(z).tobytes()
    films = LARGE(z.reshape(5, 10, 2))
    assert films.reshape(50, -1).tobytes() == alone.tobytes()


def test_away_from_the_border_mass_centre_and_overlap_are_those_of_the_integrals():
    pictures = LARGE(places(LARGE, 100, margin=10))
    np.testing.assert_allclose(pictures.sum(1), LARGE.mass, rtol=1e-9)
    z = places(LARGE, 100, margin=10)
    centres = np.arange(28) + 0.5
    grid = pictures.reshape(100, 28, 28)
    np.testing.assert_allclose(grid.sum(1) @ centres / LARGE.mass, z[:, 0], rtol=1e-9)
    np.testing.assert_allclose(grid.sum(2) @ centres / LARGE.mass, z[:, 1], rtol=1e-9)
    apart = np.linalg.norm(z[:50] - z[50:], axis=1)
    products = (pictures[:50] * pictures[50:]).sum(1)
    np.testing.assert_allclose(products, LARGE.overlap(apart), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"side": 1}, "`side` must be at least 2 pixels, got 1"),
        ({"width": 0.1}, "`width` must be at least 0.3 pixels, got 0.1"),
        ({"low": 28.0}, "`high` must be above `low`, got 28.0 and 28.0"),
    ],
)
def test_says_which_dot_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        Dot(**fields)
