"""What every process owes: to be a value, to draw by its seed alone, and to know its moments."""

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest

import ssl_theory.processes
import ssl_theory.processes.mixings
import ssl_theory.processes.rendering
from ssl_theory.processes import WORLDS, Equivalence, Pairs, Sequence

ITEMS = 4000
NAMES = (
    vars(ssl_theory.processes)
    | vars(ssl_theory.processes.mixings)
    | vars(ssl_theory.processes.rendering)
)

every_world = pytest.mark.parametrize("make", WORLDS, ids=lambda make: make.__name__)


def arrays(drawn):
    """All that was drawn, by name."""
    fields = {f.name: getattr(drawn, f.name) for f in dataclasses.fields(drawn)}
    return fields.pop("auxiliary") | fields


def independent_pairs(world, n, seed):
    """Views, one pair to an independent item: the first two moments where there are more."""
    drawn = world.draw(n, seed)
    return drawn if isinstance(drawn, Pairs) else (drawn.x[:, 0], drawn.x[:, 1])


def independent_latents(world, n, seed):
    """The latents of the views above."""
    drawn = world.draw(n, seed)
    if isinstance(drawn, Pairs):
        return drawn.latents, drawn.partner_latents
    return drawn.latents[:, 0], drawn.latents[:, 1]


def known(world, *names):
    """Whether the process has all these facts in closed form."""
    return all(hasattr(world, name) for name in names)


def partner_covariance(world):
    return getattr(world, "partner_covariance", world.covariance)


@every_world
def test_is_a_value(make):
    world = make()
    assert world == make() and hash(world) == hash(make())
    assert eval(repr(world), dict(NAMES)) == world
    for field in dataclasses.fields(world):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(world, field.name, None)
    assert isinstance(world.equivalence_class, Equivalence)


@every_world
def test_says_what_it_is(make):
    assert re.search(r"\S", make.__doc__) and not make.__doc__.startswith(make.__name__ + "(")


@every_world
def test_draws_by_its_seed_alone(make):
    first = arrays(make().draw(20, seed=1))
    np.random.seed(5)  # noqa: NPY002
    state = np.random.get_state()[1].tobytes()  # noqa: NPY002
    again = arrays(make().draw(20, seed=1))
    assert np.random.get_state()[1].tobytes() == state  # noqa: NPY002
    assert {k: a.tobytes() for k, a in first.items()} == {k: a.tobytes() for k, a in again.items()}
    assert first["x"].tobytes() != make().draw(20, seed=2).x.tobytes()


@every_world
@pytest.mark.parametrize("n", [1, 7])
def test_gives_finite_double_precision_of_the_shapes_it_says(make, n):
    drawn = make().draw(n, seed=0)
    named = arrays(drawn)
    axes = 2 if isinstance(drawn, Pairs) else 3
    for name in set(named) & {"x", "y", "latents", "partner_latents"}:
        assert named[name].dtype == np.float64, name
        assert np.isfinite(named[name]).all(), name
        assert len(named[name]) == n and named[name].ndim >= axes, name
    assert named["latents"].ndim == axes
    if isinstance(drawn, Sequence):
        assert drawn.x.shape[1] >= 2
    else:
        assert drawn.latents.shape == drawn.partner_latents.shape


def test_no_process_draws_with_torch_or_scikit_learn():
    # Two sources of random numbers, of which a seed sets one, do not repeat.
    sources = Path(ssl_theory.processes.__file__).parent.rglob("*.py")
    text = "\n".join(path.read_text("utf-8") for path in sources)
    assert "import numpy" in text
    assert not re.findall(r"^\s*(?:import|from) (?:torch|sklearn|random)\b.*", text, re.MULTILINE)
    assert not re.findall(r"np\.random\.(?!default_rng|Generator)\w+", text)


@every_world
def test_says_how_many_items_it_wants(make):
    with pytest.raises(ValueError, match="`n` must be at least 1, got 0"):
        make().draw(0, seed=0)


@every_world
def test_what_is_seen_can_be_traced_to_its_latents(make):
    world = make()
    if hasattr(getattr(world, "mixing", None), "inverse"):  # linear ones have a matrix there
        drawn = world.draw(50, seed=3)
        assert np.abs(world.mixing.inverse(drawn.x) - drawn.latents).max() < 1e-8


@every_world
def test_samples_have_the_stated_moments_within_five_standard_errors(make):
    world = make()
    if not known(world, "covariance") and not known(world, "latent_covariance"):
        return  # without drawing: films are large
    x, y = independent_pairs(world, ITEMS, seed=11)
    u, v = independent_latents(world, ITEMS, seed=11)
    stated = []
    for prefix, first, second in (("", x, y), ("latent_", u, v)):
        if known(world, f"{prefix}covariance"):
            covariance = getattr(world, f"{prefix}covariance")
            partner = getattr(world, f"{prefix}partner_covariance", covariance)
            stated += [(first, first, covariance), (second, second, partner)]
        if known(world, f"{prefix}cross_covariance"):
            stated += [(first, second, getattr(world, f"{prefix}cross_covariance"))]
    for a, b, truth in stated:
        a, b = a - a.mean(0), b - b.mean(0)
        scale = np.sqrt(np.outer(a.var(0), b.var(0)))
        means, squares = a.T @ b / ITEMS, (a**2).T @ b**2 / ITEMS
        errors = np.sqrt((squares - means**2).clip(0) / ITEMS)
        assert (errors < 0.08 * scale).all()  # small enough to mean something
        allowed = 5 * errors + 5 * scale / ITEMS  # the second for the means that were taken off
        assert (np.abs(means - truth) <= allowed).all()


@every_world
def test_canonical_correlations_are_those_of_the_covariances(make):
    world = make()
    if known(world, "covariance", "cross_covariance", "canonical_autocorrelations"):
        left, right = (
            np.linalg.inv(np.linalg.cholesky(s))
            for s in (world.covariance, partner_covariance(world))
        )
        values = np.linalg.svd(left @ world.cross_covariance @ right.T, compute_uv=False)
        stated = np.sort(np.abs(world.canonical_autocorrelations))[::-1]
        # A correlation of zero need not be listed.
        stated = np.pad(stated, (0, len(values) - len(stated)))
        np.testing.assert_allclose(stated, values, atol=1e-9)


@every_world
def test_information_is_the_mean_of_the_log_density_ratio(make):
    world = make()
    if known(world, "density_ratio", "mutual_information"):
        ratios = world.density_ratio(*independent_pairs(world, ITEMS, seed=12))
        assert ratios.shape == (ITEMS,)
        error = ratios.std() / np.sqrt(ITEMS)
        assert error < 0.05
        assert abs(ratios.mean() - world.mutual_information) <= 5 * error + 1e-12


@every_world
def test_the_density_ratio_is_below_one_between_strangers(make):
    # E log r <= log E r = 0 for independent pairs, with equality only if views share nothing.
    world = make()
    if known(world, "density_ratio"):
        x, y = independent_pairs(world, ITEMS, seed=13)
        ratios = world.density_ratio(x, np.roll(y, 1, axis=0))
        if np.isneginf(ratios).any():  # strangers that no pair could be: the mean is -inf
            return
        assert ratios.mean() < 5 * ratios.std() / np.sqrt(ITEMS) + 1e-9


@every_world
@pytest.mark.parametrize("prefix", ["", "latent_"])
def test_no_entropy_is_above_that_of_the_normal_law(make, prefix):
    world = make()
    if known(world, f"{prefix}entropy", f"{prefix}covariance"):
        covariance = getattr(world, f"{prefix}covariance")
        normal = np.linalg.slogdet(2 * np.pi * np.e * covariance)[1] / 2
        assert getattr(world, f"{prefix}entropy") <= normal + 1e-9


@every_world
def test_a_correlation_is_at_most_one_and_the_largest_comes_first(make):
    world = make()
    if known(world, "canonical_autocorrelations"):
        rho = world.canonical_autocorrelations
        assert (np.abs(rho) <= 1).all() and (np.diff(rho) <= 1e-12).all()
