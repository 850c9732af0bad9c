"""Mikulasch and Zenke (2026), on the simplex: contrast with Dirichlet kernels."""

import numpy as np
from hypothesis import given
from scipy.stats import dirichlet

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import ldm_simplex


@given(pairs())
def test_it_publishes_a_dirichlet_log_likelihood_and_two_kernel_entropies(pair):
    z, w = (x.softmax(1).numpy() for x in pair)
    density = lambda w, z: dirichlet.pdf(w, 4.0 * z + 1)  # noqa: E731
    surprise = [-np.log(density(b, a)) for x, y in ((z, w), (w, z)) for a, b in zip(x, y)]  # noqa: B905
    expected = np.mean(surprise)
    for view in (z, w):
        estimate = [np.mean([density(item, centre) for centre in view]) for item in view]
        expected += np.mean(np.log(estimate))
    np.testing.assert_allclose(ldm_simplex(4.0).published(*pair).item(), expected, rtol=1e-9)
