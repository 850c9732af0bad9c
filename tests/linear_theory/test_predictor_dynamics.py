"""Weight decay decides which directions a predictor and a stop-gradient keep."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from ssl_theory.linear_theory.predictor_dynamics import equilibria, largest_decay


def settled(rho, decay, predictor, variance, alpha=1.0, until=3000.0):
    """``(p, s)`` along the differential equations."""

    def slope(_, y):
        p, s = y
        gain = s * (1 - p / rho)
        return [alpha * gain - decay * p, 2 * p * gain - 2 * decay * s]

    times = [until / 100, until]
    how = {"t_eval": times, "rtol": 1e-10, "atol": 1e-14}
    return solve_ivp(slope, (0, until), [predictor, variance], **how).y.T


@pytest.mark.parametrize(("rho", "decay"), [(0.8, 0.05), (0.8, 0.15), (0.5, 0.1)])
@pytest.mark.parametrize("alpha", [1.0, 3.0])
def test_a_direction_above_the_edge_comes_to_rest_and_one_below_is_lost(rho, decay, alpha):
    edge, rest = equilibria(rho, decay)
    for share, end in ((1.05, rest), (0.95, 0.0)):
        p0 = share * edge
        p, s = settled(rho, decay, p0, p0**2 / alpha, alpha)[-1]
        assert p == pytest.approx(end, abs=1e-5)
        assert s == pytest.approx(end**2 / alpha, abs=1e-5)


def test_both_rest_where_growth_balances_decay():
    for p in equilibria(0.7, 0.1):
        assert p * (1 - p / 0.7) == pytest.approx(0.1)


@pytest.mark.parametrize("rho", [0.3, 0.9])
def test_beyond_a_quarter_of_the_autocorrelation_every_start_is_lost(rho):
    assert equilibria(rho, 0.98 * largest_decay(rho)) is not None
    decay = 1.02 * largest_decay(rho)
    assert equilibria(rho, decay) is None
    for start in (0.1, 1.0):
        assert settled(rho, decay, start, start**2)[-1] == pytest.approx([0, 0], abs=1e-6)
    kept = settled(rho, 0.98 * largest_decay(rho), 1.0, 1.0)[-1]
    assert kept[0] > rho / 2


def test_the_distance_to_the_parabola_decays_with_the_weights():
    (p, s), _ = settled(0.8, 0.05, 0.5, 1.0, alpha=2.0, until=1000.0)
    assert s - p**2 / 2 == pytest.approx((1 - 0.5**2 / 2) * np.exp(-2 * 0.05 * 10))
