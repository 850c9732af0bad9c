"""A film shows its path, over a background that depends on nothing that is drawn with it."""

import numpy as np
import pytest
from scipy.stats import kstest

from ssl_theory.processes import CircularPath, GaussianPairs, LinearDynamics, MovingDot, SquarePath
from ssl_theory.processes.rendering import Dot

SMALL = Dot(side=10, width=1.0, low=-3.0, high=3.0)


def background(world, n, seed=0):
    film = world.draw(n, seed)
    return film.x - world.dot(film.latents)


@pytest.mark.parametrize("n", [1, 40])
@pytest.mark.parametrize("changing", [False, True])
def test_the_background_is_as_bright_whatever_it_is_drawn_with(n, changing):
    # Scaled by the brightest pixel of a batch, an item would depend on the others in it.
    noise = background(MovingDot(contrast=0.5, changing=changing), n)
    assert noise.min() >= -1e-15 and noise.max() <= 0.5 + 1e-15
    assert kstest(noise[0, 0], "uniform", args=(0, 0.5)).pvalue > 1e-5
    assert kstest(noise[:, 0].ravel(), "uniform", args=(0, 0.5)).pvalue > 1e-5


def test_the_background_does_not_depend_on_how_bright_the_dots_are():
    # A narrow dot between pixels is dark, so a scale taken from the pictures would show.
    wide, narrow = (MovingDot(dot=Dot(width=w), contrast=0.5) for w in (1.3, 0.3))
    np.testing.assert_allclose(background(wide, 3), background(narrow, 3), atol=1e-12)
    assert narrow.dot(narrow.draw(3, seed=0).latents).max() < 0.999


@pytest.mark.parametrize("changing", [False, True])
def test_a_background_stays_for_its_film_or_is_new_at_every_moment(changing):
    world = MovingDot(contrast=0.5, changing=changing)
    noise = background(world, 30)
    now, later = noise[:, 0].ravel(), noise[:, 7].ravel()
    found = np.corrcoef(now, later)[0, 1]
    assert abs(found - world.background_autocorrelation) < 5 / np.sqrt(now.size)
    assert abs(now.var() - world.background_variance) < 5 * 0.021 * np.sqrt(0.8 / now.size)
    # Films do not share theirs.
    assert abs(np.corrcoef(noise[:2, 0])[0, 1]) < 5 / np.sqrt(784)


def test_the_path_does_not_depend_on_the_background():
    films = [
        MovingDot(contrast=c, changing=k, pixel_noise=e).draw(4, seed=3)
        for c, k, e in ((0, False, 0), (0.5, True, 0), (0.5, False, 0.1))
    ]
    for film in films[1:]:
        assert film.latents.tobytes() == films[0].latents.tobytes()
        assert film.auxiliary["action"].tobytes() == films[0].auxiliary["action"].tobytes()


@pytest.mark.parametrize("path", [CircularPath(), SquarePath()], ids=["circle", "square"])
def test_ten_pixels_show_where_the_dot_is(path):
    film = MovingDot(path, SMALL).draw(5, seed=1)
    np.testing.assert_allclose(SMALL.inverse(film.x), film.latents, atol=1e-8)


def test_a_linear_system_can_be_filmed():
    turn = LinearDynamics.rotation(0.98, 0.3, process_noise=0.02, observation_noise=0.0)
    film = MovingDot(turn, SMALL).draw(20, seed=4)
    states = turn.draw(20, seed=4).latents
    assert film.latents.tobytes() == states.tobytes()
    inside = np.abs(states).max(-1) < 3
    assert inside.mean() > 0.9
    np.testing.assert_allclose(SMALL.inverse(film.x[inside]), states[inside], atol=1e-8)


def test_pixel_noise_has_its_variance_in_every_pixel_and_moment():
    noise = background(MovingDot(SquarePath(steps=20), SMALL, pixel_noise=0.1), 50)
    assert abs(noise.var() - 0.1) < 5 * 0.1 * np.sqrt(2 / noise.size)
    columns = noise.reshape(-1, 100)
    off = np.corrcoef(columns, rowvar=False)[np.triu_indices(100, 1)]
    assert np.abs(off).max() < 5.5 / np.sqrt(len(columns))


def test_fitful_noise_has_a_variance_of_its_own_in_every_picture():
    film = MovingDot(CircularPath(steps=20), SMALL, pixel_noise=0.3, fitful=True).draw(40, seed=5)
    variance = film.auxiliary["pixel_noise"]
    assert kstest(variance.ravel(), "expon", args=(0, 0.3)).pvalue > 1e-5
    ratio = np.square(film.x - SMALL(film.latents)).mean(-1) / variance
    assert np.abs(ratio - 1).max() < 5.5 * np.sqrt(2 / 100)
    assert abs(ratio.mean() - 1) < 5 * np.sqrt(2 / 100 / ratio.size)


@pytest.mark.parametrize("name", ["contrast", "pixel_noise"])
def test_says_which_film_it_wants(name):
    with pytest.raises(ValueError, match=f"`{name}` must be at least 0, got -0.1"):
        MovingDot(**{name: -0.1})


def test_says_that_a_path_is_a_trajectory():
    with pytest.raises(TypeError, match="`path` must draw trajectories, got GaussianPairs"):
        MovingDot(GaussianPairs((1.0, 1.0), (0.5, 0.5))).draw(3, seed=0)
