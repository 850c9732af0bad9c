"""The log Bessel function is right at every order and argument an embedding can ask for."""

import mpmath
import pytest

from ssl_theory.bessel import log_bessel

ORDERS = [-0.5, 0, 0.5, 1, 3, 31, 63, 63.5, 64, 65, 255, 2047]
ARGUMENTS = [1e-6, 1e-2, 0.5, 2, 10, 50, 300, 1000]


@pytest.mark.parametrize("order", ORDERS)
def test_agrees_with_fifty_digits(order):
    with mpmath.workdps(50):
        for x in ARGUMENTS:
            truth = mpmath.log(mpmath.besseli(order, x))
            assert log_bessel(order, x) == pytest.approx(float(truth), rel=2e-14, abs=2e-14)


@pytest.mark.parametrize("order", [1, 30, 63.5, 200, 3000])
def test_obeys_the_three_term_recurrence_near_and_far(order):
    # I_{v-1} - I_{v+1} = 2 v / x I_v, divided by I_{v-1}: no reference implementation involved.
    for x in (order / 100, order, 5 * order):
        log = {k: log_bessel(order + k, x) for k in (-1, 0, 1)}
        with mpmath.workdps(30):
            left = 1 - mpmath.exp(log[1] - log[-1])
            right = 2 * order / mpmath.mpf(x) * mpmath.exp(log[0] - log[-1])
        assert float(left) == pytest.approx(float(right), rel=1e-9)
