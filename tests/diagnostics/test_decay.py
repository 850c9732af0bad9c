"""The exponent of a spectrum, where it is one, and how far it is from one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.diagnostics.decay import power_law
from ssl_theory.diagnostics.explained_variance import directions_for, explained_variance_area
from ssl_theory.diagnostics.spectrum import spectrum
from ssl_theory.nulls.isotropic import isotropic_variances


def with_variances(variances, seed=0):
    """Items whose centred second moments are exactly these, in a generic basis."""
    d = len(variances)
    generator = np.random.default_rng(seed)
    q, _ = np.linalg.qr(generator.standard_normal((d, d)))
    axes = np.sqrt(variances)[:, None] * q
    return np.vstack([axes, -axes])


@given(st.floats(0.1, 3), st.integers(20, 120), st.booleans(), st.integers(1, 12))
def test_an_exact_power_law_is_found_exactly(alpha, d, weighted, first):
    z = with_variances(np.arange(1.0, d + 1) ** -alpha)
    found = power_law(z, first=first, weighted=weighted)
    assert found.exponent == pytest.approx(alpha, abs=1e-6)
    assert found.r_squared == pytest.approx(1, abs=1e-6)
    assert found.error < 1e-5
    assert (found.first, found.last) == (first, min(100, d))


def test_deviations_fall_half_as_fast():
    z = np.random.default_rng(0).standard_normal((300, 150))
    one, two = (power_law(z, of=of) for of in ("deviation", "variance"))
    assert one.exponent == pytest.approx(two.exponent / 2)
    assert one.error == pytest.approx(two.error / 2)
    assert one.r_squared == pytest.approx(two.r_squared)


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize(("first", "last"), [(11, 100), (6, 100), (1, 40)])
def test_the_line_is_that_of_weighted_least_squares(weighted, first, last):
    z = np.random.default_rng(0).standard_normal((400, 130)) * np.arange(1, 131) ** -0.4
    logs = np.log(spectrum(z).eigenvalues[first - 1 : last])
    ranks = np.arange(first, last + 1)
    root = ranks**-0.5 if weighted else np.ones(len(ranks))
    (slope, level), covariance = np.polyfit(np.log(ranks), logs, 1, w=root, cov=True)
    found = power_law(z, first=first, last=last, weighted=weighted)
    assert found.exponent == pytest.approx(-slope)
    assert found.error == pytest.approx(covariance[0, 0] ** 0.5)
    weights = root**2 / np.sum(root**2)
    left = weights @ (logs - level - slope * np.log(ranks)) ** 2
    total = weights @ (logs - weights @ logs) ** 2
    assert found.r_squared == pytest.approx(1 - left / total)


def test_calling_twice_gives_the_same_number():
    z = with_variances(np.exp(-np.arange(120.0) / 20))
    assert power_law(z) == power_law(z)


def test_noise_has_an_exponent_that_is_only_about_its_size():
    def alpha(n):
        values = isotropic_variances(n - 1, 256, np.random.default_rng(0))
        ranks = np.log(np.arange(11, 101))
        return -np.polyfit(ranks, np.log(values[10:100]), 1, w=np.exp(-ranks / 2))[0]

    found = {n: power_law(np.random.default_rng(n).standard_normal((n, 256))) for n in (512, 8192)}
    for n, law in found.items():
        assert law.exponent == pytest.approx(alpha(n), rel=0.05)
    assert found[512].exponent > 3 * found[8192].exponent > 0
    assert found[512].r_squared < 0.97  # a straight line would be a power law


def test_a_spectrum_of_two_levels_is_no_power_law():
    z = with_variances(np.repeat([1.0, 1e-3], [60, 60]))
    assert power_law(z).r_squared < 0.7


@pytest.mark.parametrize("d", [1, 2, 9])
def test_equal_directions_have_a_triangle_under_their_curve(d):
    z = np.vstack([np.eye(d), -np.eye(d)])
    for of in ("deviation", "variance"):
        assert explained_variance_area(z, of=of) == pytest.approx((d + 1) / (2 * d))


def test_one_direction_has_all_the_area():
    z = np.outer(np.random.default_rng(0).standard_normal(30), np.arange(1.0, 9))
    assert explained_variance_area(z, normalise=False) == pytest.approx(1)


@pytest.mark.parametrize("shape", [(50, 12), (8, 20)])
def test_the_area_is_that_of_the_published_code(shape):
    z = np.random.default_rng(0).standard_normal(shape) * np.arange(1, shape[1] + 1) ** -0.5 + 1
    unit = z / np.linalg.norm(z, axis=1, keepdims=True)
    sizes = np.sqrt(np.clip(np.linalg.eigvalsh(np.cov(unit, rowvar=False)), 0, None))[::-1]
    sizes[min(shape[0] - 1, shape[1]) :] = 0
    expected = np.mean([sizes[: k + 1].sum() / sizes.sum() for k in range(shape[1])])
    assert explained_variance_area(z) == pytest.approx(expected)


@pytest.mark.parametrize(("share", "expected"), [(0.4, 1), (0.5, 2), (0.7, 2), (0.95, 4), (1, 4)])
def test_directions_add_up_to_their_share(share, expected):
    z = with_variances(np.array([4.0, 3.0, 2.0, 1.0]))
    assert directions_for(share, z, of="variance", centred=True) == expected


@pytest.mark.parametrize("d", [3, 10, 100])
def test_ninety_nine_hundredths_of_equal_directions(d):
    assert directions_for(0.99, np.eye(d)) == int(np.ceil(0.99 * d))


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda z: power_law(z, of="size"), "`of` must be .variance. or .deviation., got 'size'"),
        (lambda z: power_law(z, first=6), r"must enclose at least 3 resolved ranks, got 6 to 6"),
        (lambda z: power_law(z, first=0), r"must enclose at least 3 resolved ranks, got 0 to 6"),
        (lambda z: explained_variance_area(z, of="x"), "`of` must be .variance. or .dev"),
        (lambda z: directions_for(0.0, z), r"`share` must lie in \(0, 1\], got 0\.0"),
        (lambda z: directions_for(0.5, 0 * z), "must vary by more than rounding, got 12 items"),
    ],
)
def test_says_what_it_wanted(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call(np.vstack([np.eye(6), -np.eye(6)]))
