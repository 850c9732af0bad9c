"""The participation ratio of the population, from however few items."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.diagnostics.participation import isoscore, participation_ratio
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.moments import Moments


def over_all_quadruples(z):
    """The two U-statistics by their definition: averages over ordered quadruples of items."""
    one, two = [], []
    for i, j, k, m in itertools.permutations(range(len(z)), 4):
        a, b = z[i] - z[j], z[k] - z[m]
        two.append((a @ b) ** 2 / 4)
        one.append((a @ a) * (b @ b) / 4)
    return np.mean(one), np.mean(two)


@pytest.mark.parametrize(("n", "d"), [(4, 2), (7, 3), (8, 2), (7, 9)])
def test_it_is_the_quotient_of_averages_over_all_quadruples(n, d):
    z = np.random.default_rng(n * d).standard_t(5, (n, d)) + 3
    one, two = over_all_quadruples(z)
    assert two > 0
    assert participation_ratio(z) == pytest.approx(one / two, rel=1e-10)


def spread(n, law, seed, variances):
    """Items of covariance ``diag(variances)``, Gaussian or with the tails of Student's t5."""
    generator = np.random.default_rng(seed)
    z = generator.standard_normal((n, len(variances))) * np.sqrt(variances)
    if law == "t5":
        z /= np.sqrt(generator.chisquare(5, (n, 1)) / 3)
    return z


def gaussian_halves(z):
    """Numerator and denominator of the ratio for Gaussian items."""
    found = FourthMoments.of(z)
    n, (trace, squares) = found.count, found.traces()
    two = (n - 1) ** 2 / ((n - 2) * (n + 1)) * (squares - trace**2 / (n - 1))
    return participation_ratio(found, correction="gaussian") * two, two


@pytest.mark.parametrize("law", ["gauss", "t5"])
def test_heavy_tails_deceive_the_plain_and_the_gaussian_form_only(law):
    variances = np.arange(1, 257) ** -0.25
    truth = variances.sum() ** 2 / np.square(variances).sum()
    values = {
        how: np.array(
            [
                participation_ratio(spread(64, law, seed, variances), correction=how)
                for seed in range(100)
            ]
        )
        for how in ("none", "gaussian", "any law")
    }
    error = values["any law"].std(ddof=1) / 10
    assert error < 0.03 * truth
    # A quotient of unbiased halves is itself off by about the squared relative error of one.
    quotient = values["any law"].var(ddof=1) / truth
    assert abs(values["any law"].mean() - truth) < 5 * error + quotient
    assert values["none"].mean() < 0.35 * truth
    gaussian = values["gaussian"].mean() / truth
    assert (gaussian < 0.6) if law == "t5" else (abs(gaussian - 1) < 0.05)


@given(embeddings(), st.integers(1, 30), st.floats(-100, 100))
def test_parts_add_up_to_the_whole(z, cut, shift):
    z = z.numpy() + shift
    cut = min(cut, len(z) - 1)
    total, whole = FourthMoments.of(z[:cut]) + FourthMoments.of(z[cut:]), FourthMoments.of(z)
    scale = np.square(z - z.mean(0)).sum()
    assert_allclose(total.third, whole.third, atol=1e-9 * scale**1.5)
    assert total.fourth == pytest.approx(whole.fourth, rel=1e-9)
    squares = np.square(z - z.mean(0)).sum(1)
    assert whole.fourth == pytest.approx(squares @ squares)
    assert_allclose(whole.third, squares @ (z - z.mean(0)), atol=1e-9 * scale**1.5)


def test_blocks_do_not_matter():
    z = np.random.default_rng(0).standard_normal((50, 4)) + 5
    one, other = FourthMoments.of(z, block=7), FourthMoments.of(z)
    assert one.fourth == pytest.approx(other.fourth)
    assert_allclose(one.third, other.third, atol=1e-9)


@pytest.mark.parametrize("shape", [(30, 6), (6, 30)])
def test_uncorrected_it_is_the_effective_rank_of_order_two(shape):
    z = np.random.default_rng(0).standard_normal(shape)
    expected = effective_rank(z, order=2)
    assert participation_ratio(z, correction="none") == pytest.approx(expected)
    assert participation_ratio(Moments.of(z), correction="none") == pytest.approx(expected)


def test_gaussian_halves_are_unbiased():
    # Wishart means: E tr S^2 and E (tr S)^2 in terms of the population's, inverted.
    variances, n = 1 / np.arange(1.0, 7), 8
    one, two = variances.sum() ** 2, np.square(variances).sum()
    found = np.array([gaussian_halves(spread(n, "gauss", s, variances)) for s in range(3000)])
    errors = found.std(0, ddof=1) / len(found) ** 0.5
    assert (errors < [0.03 * one, 0.03 * two]).all()
    assert (np.abs(found.mean(0) - [one, two]) < 5 * errors).all()


def published_isoscore(z):
    """Step by step: principal axes, variances to length sqrt(d), distance from ones, rescaled."""
    d = z.shape[1]
    axes = np.linalg.eigh(np.cov(z, rowvar=False))[1]
    variances = (z @ axes).var(0)
    hat = np.sqrt(d) * variances / np.linalg.norm(variances)
    defect = np.linalg.norm(hat - 1) / np.sqrt(2 * (d - np.sqrt(d)))
    filled = (d - defect**2 * (d - np.sqrt(d))) ** 2 / d**2
    return (d * filled - 1) / (d - 1)


@given(embeddings(min_dimension=2))
def test_isoscore_is_the_participation_ratio_in_disguise(z):
    assert isoscore(z) == pytest.approx(published_isoscore(z.numpy()), abs=1e-9)


@given(embeddings(min_dimension=2), st.integers(0, 99), st.floats(0.01, 100))
def test_directions_origin_and_units_do_not_matter(z, seed, unit):
    z = z.numpy()
    q, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((z.shape[1],) * 2))
    try:
        expected = participation_ratio(z)
    except ValueError:
        with pytest.raises(ValueError, match="no law has"):
            participation_ratio(unit * z @ q + 3)
        return
    assert participation_ratio(unit * z @ q + 3) == pytest.approx(expected, rel=1e-6)


def test_duplicates_look_like_information():
    z = np.random.default_rng(0).standard_normal((40, 30))
    doubled = np.vstack([z, z])
    same = [participation_ratio(x, correction="none") for x in (z, doubled)]
    assert same[0] == pytest.approx(same[1])
    assert participation_ratio(doubled) < 0.8 * participation_ratio(z)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e6])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_items_that_coincide_have_none(value, dtype):
    with pytest.raises(ValueError, match="`z` must vary by more than rounding, got 20 items that"):
        participation_ratio(np.full((20, 3), value, dtype))


def test_three_items_cannot_be_corrected():
    z = np.eye(3)
    with pytest.raises(ValueError, match=r"must hold at least 4 items to correct .*, got 3"):
        participation_ratio(z)
    assert participation_ratio(z, correction="none") == pytest.approx(2)


def test_an_impossible_estimate_is_said_to_be_one():
    # The simplex: all differences have inner products that cancel in the average.
    with pytest.raises(ValueError, match=r"must hold more items, got 6: .* which no law has"):
        participation_ratio(np.eye(6))


def test_moments_do_not_know_the_tails():
    with pytest.raises(TypeError, match="must be embeddings or their FourthMoments, got Moments"):
        participation_ratio(Moments.of(np.eye(5)))


def test_says_which_corrections_there_are():
    with pytest.raises(ValueError, match=r"`correction` must be .*, got 'bootstrap'"):
        participation_ratio(np.eye(5), correction="bootstrap")


def test_isoscore_needs_a_second_dimension():
    with pytest.raises(ValueError, match="must have at least 2 dimensions, got 1"):
        isoscore([[1.0], [2.0], [4.0], [5.0]])
