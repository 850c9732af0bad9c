"""The law of sources and steps is scipy's, and its width does not depend on who calls it."""

import numpy as np
import pytest
from scipy.stats import gennorm, kstest

from ssl_theory.processes import IndependentSources
from ssl_theory.processes.generalised_normal import GeneralisedNormal

POWERS = [0.7, 1.0, 2.0, 4.0, 12.0]


@pytest.mark.parametrize("power", POWERS)
def test_is_the_law_of_scipy(power):
    ours = GeneralisedNormal(power, deviation=0.7)
    theirs = gennorm(power, scale=ours.width)
    t = np.linspace(-2, 2, 9)
    np.testing.assert_allclose(ours.log_density(t), theirs.logpdf(t), rtol=1e-10)
    np.testing.assert_allclose(ours.cumulative(t), theirs.cdf(t), atol=1e-12)
    probability = np.array([0.01, 0.3, 0.5, 0.9])
    np.testing.assert_allclose(ours.quantile(probability), theirs.ppf(probability), atol=1e-9)
    assert ours.entropy == pytest.approx(theirs.entropy())
    assert theirs.std() == pytest.approx(0.7)


@pytest.mark.parametrize("power", POWERS)
def test_draws_follow_it(power):
    law = GeneralisedNormal(power, deviation=0.7)
    drawn = law.draw((4000,), np.random.default_rng(3))
    assert kstest(drawn, gennorm(power, scale=law.width).cdf).pvalue > 1e-4


def test_laws_of_one_deviation_are_equally_wide_whatever_the_power():
    # A normal law given by its deviation and one given by exp(-(t / width)^2) differ by sqrt 2.
    assert GeneralisedNormal(2.0, 0.3).width == pytest.approx(0.3 * np.sqrt(2))
    assert GeneralisedNormal(1.0, 0.3).width == pytest.approx(0.3 / np.sqrt(2))


@pytest.mark.parametrize("power", [1.0, 4.0])
def test_sources_have_the_entropy_of_their_law(power):
    world = IndependentSources(dimension=2, power=power)
    law = gennorm(power)
    assert world.latent_entropy == pytest.approx(2 * (law.entropy() - np.log(law.std())))


def test_a_partner_keeps_sources_as_often_as_stated_and_exactly():
    n = 20_000
    pairs = IndependentSources(persistence=0.3).draw(n, seed=0)
    kept = pairs.auxiliary["kept"]
    assert ((pairs.latents == pairs.partner_latents) == kept).all()
    assert (np.abs(kept.mean(0) - 0.3) < 5 * np.sqrt(0.21 / n)).all()


@pytest.mark.parametrize(("persistence", "information"), [(0.0, 0.0), (0.1, np.inf), (1.0, np.inf)])
def test_what_is_kept_exactly_tells_without_end(persistence, information):
    assert IndependentSources(persistence=persistence).mutual_information == information


@pytest.mark.parametrize(
    ("power", "persistence", "known"),
    [
        (2.0, 0.0, "ORTHOGONAL"),
        (2.0, 1.0, "ORTHOGONAL"),
        (2.0, 0.5, "PERMUTATION_SIGN"),
        (1.0, 0.0, "PERMUTATION_SIGN"),
    ],
)
def test_only_normal_sources_hide_their_axes(power, persistence, known):
    world = IndependentSources(power=power, persistence=persistence)
    assert world.equivalence_class.name == known


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dimension": 0}, "`dimension` must be at least 1, got 0"),
        ({"power": 0.0}, "`power` must be positive, got 0.0"),
        ({"persistence": -0.1}, "`persistence` must lie between 0 and 1, got -0.1"),
    ],
)
def test_says_which_sources_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        IndependentSources(**arguments)
