"""The way to the parabola in closed form, and training that takes it or does not."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from ssl_theory.laboratory import Outcome
from ssl_theory.laboratory.hermite_trap import (
    HERMITE_TRAP,
    TRAP,
    change_on_the_way,
    embedded,
    named_by_theory,
    on_the_way,
    row,
    world,
)
from ssl_theory.linear_theory.population import population_value
from ssl_theory.objectives import gaussian_infomax

AUTOCORRELATIONS = st.tuples(st.floats(0.3, 0.99), st.floats(0.01, 0.95))
SHARES = st.floats(0.01, 0.99)


def moments(share, rho):
    """Of ``h_2`` and its partner, by quadrature: only the law of the pair of latents is used."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(20)
    weights = weights / weights.sum()
    z, fresh = np.meshgrid(nodes, nodes, indexing="ij")
    chance = np.outer(weights, weights)
    bent = (z**2 - 1) / np.sqrt(2)
    partner = ((rho[0] * z + np.sqrt(1 - rho[0] ** 2) * fresh) ** 2 - 1) / np.sqrt(2)
    variance = (1 - share) + share * (chance * bent**2).sum()
    return variance, (1 - share) * rho[1] + share * (chance * bent * partner).sum()


def infomax(share, rho, *, exact):
    """The loss over all pairs, at the scale it likes best."""
    variance, across = moments(share, rho)
    value = population_value(gaussian_infomax())
    scales = 0.1 / (1 - np.array([rho[0], across / variance]))
    covariance = torch.tensor(np.diag(scales))
    cross = torch.tensor(np.diag(scales * [rho[0], across / variance]))
    total = float(value(covariance, cross).total)
    if not exact:
        return total
    # Given z_1 the second dimension is normal, and shifting it costs no entropy.
    bound = norm.entropy(scale=np.sqrt(variance))
    return total + 2 * (bound - norm.entropy(scale=np.sqrt(1 - share)))


@given(AUTOCORRELATIONS, SHARES, st.booleans())
def test_the_change_on_the_way_is_that_of_the_population_loss(rho, share, exact):
    expected = infomax(share, rho, exact=exact) - infomax(0.0, rho, exact=exact)
    assert change_on_the_way(share, rho, exact=exact) == pytest.approx(expected, abs=1e-9)


@given(AUTOCORRELATIONS, SHARES)
def test_the_exact_entropy_never_gains_and_the_log_determinant_does_in_the_trap(rho, share):
    assert change_on_the_way(share, rho, exact=True) > 0
    if abs(rho[0] ** 2 - rho[1]) > 1e-9:
        gains = change_on_the_way(share, rho, exact=False) < 0
        assert gains == (rho[0] ** 2 > rho[1])


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_views_on_the_way_have_the_variance_and_agreement_they_are_said_to(share):
    n = 20_000
    z, w = on_the_way(share, world(TRAP).draw(n, seed=1), TRAP)
    variance, across = moments(share, TRAP)
    scale = np.sqrt(0.1 / (1 - across / variance))
    products = z[:, 1] * w[:, 1] / scale**2
    error = products.std() / np.sqrt(n)
    assert error < 0.03
    assert abs(products.mean() - across) < 5 * error
    assert z[:, 0].var() == pytest.approx(0.1 / (1 - TRAP[0]), rel=5 * np.sqrt(2 / n))


def test_what_theory_names_is_what_its_row_says():
    pairs = world(TRAP).draw(4000, seed=2)
    known = {}
    for name in ("log det", "exact"):
        modes = named_by_theory(name, TRAP)
        views = [embedded(modes, z) for z in (pairs.latents, pairs.partner_latents)]
        found = row(name, TRAP, pairs, *views)
        known[name] = [round(found[f"R2 of {x}"], 1) + 0.0 for x in ("z1", "z2", "He2(z1)")]
        assert found["autocorrelation_1"] == pytest.approx(0.95, abs=0.01)
    assert known == {"log det": [1.0, 0.0, 1.0], "exact": [1.0, 1.0, 0.0]}


@pytest.mark.slow  # 30 s; the other published seeds are left to the benchmark
def test_the_log_determinant_loses_the_latent_and_the_exact_entropy_does_not():
    finding = HERMITE_TRAP.conduct(0)
    assert finding.outcome is Outcome.AGREES, str(finding)
    figure = HERMITE_TRAP.draw(finding.curves)
    assert [axes.get_title(loc="left")[:3] for axes in figure.axes[:3]] == ["Lin", "Log", "Nea"]
