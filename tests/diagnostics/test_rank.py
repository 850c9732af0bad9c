"""Effective rank is a count: bounded, unit-free, exact where the answer is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.special import digamma

from ssl_theory.checks.strategies import collapsed_embeddings, embeddings
from ssl_theory.diagnostics import effective_rank, spectrum
from ssl_theory.diagnostics.rank import hill_number, isotropic_rank
from ssl_theory.moments import Moments
from ssl_theory.processes import GaussianPairs

ORDERS = [0.0, 0.5, 1.0, 2.0, np.inf]
orders = st.sampled_from(ORDERS)
kinds = st.sampled_from(["variance", "deviation"])


@given(embeddings(), orders, kinds)
def test_lies_between_one_and_the_dimension(z, order, of):
    assert 1 - 1e-12 <= effective_rank(z, order=order, of=of) <= z.shape[1] + 1e-12


@given(embeddings(), kinds)
def test_falls_with_the_order(z, of):
    ranks = [effective_rank(z, order=q, of=of) for q in ORDERS]
    assert ranks == pytest.approx(sorted(ranks, reverse=True))


@given(embeddings(), orders)
def test_deviations_are_more_even_than_variances(z, order):
    by_variance, by_deviation = (
        effective_rank(z, order=order, of=of) for of in ("variance", "deviation")
    )
    assert by_deviation >= by_variance - 1e-9


@pytest.mark.parametrize("d", [1, 2, 7])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("of", ["variance", "deviation"])
def test_counts_equal_axes_exactly(d, order, of):
    cross_polytope = np.vstack([np.eye(d), -np.eye(d)])
    assert effective_rank(cross_polytope, order=order, of=of) == pytest.approx(d)


@given(collapsed_embeddings())
def test_order_zero_is_the_rank_left_after_collapse(case):
    z, rank = case
    if rank == 0:
        with pytest.raises(ValueError, match="collapsed to a point"):
            effective_rank(z, order=0)
    else:
        assert effective_rank(z, order=0) == rank


@pytest.mark.parametrize(("n", "d"), [(2, 5), (40, 3), (50, 50), (64, 512), (600, 64)])
@pytest.mark.parametrize("mean", [0.0, 100.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_direction_counts_exactly_one(n, d, mean, dtype):
    generator = np.random.default_rng(n + d)
    direction = generator.standard_normal(d)
    z = (mean + np.outer(generator.standard_normal(n), direction)).astype(dtype)
    assert all(
        effective_rank(z, order=order, of=of) == 1.0
        for order in ORDERS
        for of in ("variance", "deviation")
    )


@given(embeddings(), orders, st.floats(-1e3, 1e3))
def test_a_constant_does_not_change_the_centred_value(z, order, constant):
    moved, still = (effective_rank(x, order=order) for x in (z + constant, z))
    assert moved == pytest.approx(still, rel=1e-8)


def test_a_mean_does_change_the_uncentred_value():
    z = np.random.default_rng(0).standard_normal((500, 8))
    published = {"of": "deviation", "centred": False}
    assert effective_rank(z, **published) == pytest.approx(8, abs=0.1)
    # The second moment is I + 100 J: one direction of size sqrt(801) beside seven of size 1.
    sizes = np.array([np.sqrt(801)] + [1.0] * 7)
    expected = np.exp(-np.sum(sizes / sizes.sum() * np.log(sizes / sizes.sum())))
    assert effective_rank(z + 10, **published) == pytest.approx(expected, rel=0.02)


@given(embeddings(), orders, st.floats(0.01, 100))
def test_units_of_length_do_not_matter(z, order, unit):
    assert effective_rank(unit * z, order=order) == pytest.approx(effective_rank(z, order=order))


@given(embeddings(min_dimension=2), orders, st.integers(0, 99))
def test_rotations_do_not_matter(z, order, seed):
    q, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((z.shape[1],) * 2))
    assert effective_rank(z.numpy() @ q, order=order) == pytest.approx(
        effective_rank(z, order=order)
    )


def test_the_participation_ratio_is_a_ratio_of_traces():
    z = np.random.default_rng(0).standard_normal((30, 6)) * np.arange(1, 7)
    s = np.cov(z, rowvar=False)
    expected = np.trace(s) ** 2 / np.trace(s @ s)
    assert effective_rank(z, order=2) == pytest.approx(expected)


def test_the_stable_rank_is_a_ratio_of_norms():
    z = np.random.default_rng(0).standard_normal((30, 6)) * np.arange(1, 7)
    centred = z - z.mean(0)
    expected = (np.linalg.norm(centred) / np.linalg.norm(centred, 2)) ** 2
    assert effective_rank(z, order=np.inf) == pytest.approx(expected)


def test_rank_me_is_the_published_formula_without_its_epsilon():
    z = np.random.default_rng(0).standard_normal((512, 32)) * np.arange(1, 33) ** -0.5
    sizes = np.linalg.svd(z, compute_uv=False)
    p = sizes / sizes.sum()
    ours = effective_rank(z, of="deviation", centred=False)
    assert ours == pytest.approx(np.exp(-np.sum(p * np.log(p))), rel=1e-12)
    # Frozen: another library's published-convention value for the same numbers, epsilon 1e-7.
    assert ours == pytest.approx(27.934095, rel=1e-5)


def test_arrays_moments_and_spectra_give_the_same_rank():
    z = np.random.default_rng(0).standard_normal((30, 6))
    ranks = [effective_rank(x) for x in (z, Moments.of(z), spectrum(z), z.tolist())]
    assert ranks == pytest.approx([ranks[0]] * 4)


def ranks_of(process, n, order, draws):
    return np.array([effective_rank(process.draw(n, seed).x, order=order) for seed in range(draws)])


def within_five_errors(sample, expected, useful):
    error = sample.std(ddof=1) / np.sqrt(len(sample))
    assert error < useful
    assert abs(sample.mean() - expected) < 5 * error


@pytest.mark.parametrize(("n", "d"), [(33, 16), (129, 16), (20, 40)])
def test_isotropic_participation_ratios_have_their_exact_mean_inverse(n, d):
    # Of n items one degree of freedom goes to the mean: E[1 / PR] = (n' + d + 1) / (n' d + 2).
    process = GaussianPairs((1.0,) * d, (0.0,) * d)
    inverses = 1 / ranks_of(process, n, 2, draws=300)
    expected = (n - 1 + d + 1) / ((n - 1) * d + 2)
    within_five_errors(inverses, expected, useful=0.01 * expected)


def test_traces_of_a_decaying_spectrum_have_their_wishart_means():
    variances = 1 / np.arange(1.0, 13)
    process, n = GaussianPairs(tuple(variances), (0.0,) * 12), 25
    spectra = [spectrum(process.draw(n, seed).x).eigenvalues for seed in range(400)]
    squares = np.array([np.square(s).sum() for s in spectra])
    totals = np.array([s.sum() ** 2 for s in spectra])
    one, two = variances.sum() ** 2, np.square(variances).sum()
    within_five_errors(squares, ((n - 1 + 1) * two + one) / (n - 1), useful=0.05)
    within_five_errors(totals, one + 2 * two / (n - 1), useful=0.5)


@pytest.mark.parametrize(("n", "d"), [(129, 32), (257, 64), (97, 48)])
def test_isotropic_entropy_ranks_have_their_mean_entropy(n, d):
    # T = tr W is independent of the shares p = l / T, so E[sum p ln p] = (E[sum l ln l] - E[T ln
    # T]) / E[T], the last two exact for a chi-square. The first is Marchenko-Pastur's g / 2 per
    # axis and Bai and Silverstein's correction of order one; what is left is of order 1 / d^2.
    freedom, g = n - 1, d / (n - 1)
    f = lambda x: x * np.log(x)  # noqa: E731
    (low, high), middle = (1 + g + 2 * np.sqrt(g) * np.array([-1, 1])), 1 + g
    arc = quad(lambda t: f(middle + 2 * np.sqrt(g) * np.cos(t)), 0, np.pi)[0]
    linear = d * g / 2 + (f(low) + f(high)) / 4 - arc / (2 * np.pi)
    total = d * (digamma(freedom * d / 2 + 1) + np.log(2) - np.log(freedom))
    expected = -(linear - total) / d
    process = GaussianPairs((1.0,) * d, (0.0,) * d)
    entropies = np.log(ranks_of(process, n, 1, draws=200))
    within_five_errors(entropies, expected, useful=1e-3)
    assert expected == pytest.approx(np.log(d) - g / 2, abs=1 / d)  # d exp(-d / 2 n), roughly


@pytest.mark.parametrize("order", [1.0, 2.0])
def test_the_bias_falls_as_one_over_n_towards_the_population_value(order):
    variances = np.arange(1, 17) ** -1.0
    process = GaussianPairs(tuple(variances), (0.0,) * 16)
    population = hill_number(variances / variances.sum(), order)
    sizes = (100, 200, 400, 6400)
    means = np.array([ranks_of(process, n, order, draws=200).mean() for n in sizes])
    bias = population - means
    assert (bias[:3] > 0).all()
    assert_allclose(bias[0] / bias[1], 2, rtol=0.3)
    assert_allclose(bias[1] / bias[2], 2, rtol=0.3)
    assert means[-1] == pytest.approx(population, rel=5e-3)


@pytest.mark.parametrize("order", [-1.0, np.nan])
def test_says_which_order_it_wanted(order):
    with pytest.raises(ValueError, match="`order` must be at least 0, got"):
        effective_rank(np.eye(3), order=order)


def test_says_what_can_be_counted():
    with pytest.raises(ValueError, match='`of` must be "variance" or "deviation", got \'sigma\''):
        effective_rank(np.eye(3), of="sigma")


def test_says_which_shape_it_wanted():
    with pytest.raises(
        ValueError, match=r"`z` must have shape \(items, dimensions\), got \(3,\)\."
    ):
        effective_rank([1.0, 2.0, 3.0])


@pytest.mark.parametrize(("n", "d"), [(101, 50), (401, 100), (64, 256), (1000, 20), (200, 200)])
def test_isotropic_embeddings_show_the_isotropic_rank(n, d):
    generator = np.random.default_rng(n)
    ranks = [effective_rank(generator.standard_normal((n, d))) for _ in range(10)]
    assert np.std(ranks) < 0.01 * np.mean(ranks)
    assert isotropic_rank(n, d) == pytest.approx(np.mean(ranks), rel=0.02)
