"""IsoScore* is the IsoScore of a covariance that has been pulled towards a target."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.isoscore_star import isoscore_star, isotropic_isoscore_star
from ssl_theory.diagnostics.participation import isoscore
from ssl_theory.moments import Moments

shares = st.floats(0, 1)


def as_published(covariance):
    """Normalised eigenvalues, their distance from all ones as a share of the most, rescaled."""
    values = np.linalg.svd(covariance, compute_uv=False)
    d = len(values)
    normalised = d**0.5 * values / np.linalg.norm(values)
    defect = np.linalg.norm(normalised - 1) / (2 * (d - d**0.5)) ** 0.5
    return ((d - defect**2 * (d - d**0.5)) ** 2 - d) / (d * (d - 1))


@given(embeddings(min_dimension=2), shares)
def test_it_is_the_published_construction_in_one_quotient(z, shrinkage):
    shrunk = (1 - shrinkage) * np.cov(z.numpy(), rowvar=False) + shrinkage * np.eye(z.shape[1])
    found = isoscore_star(z, shrinkage=shrinkage, target="identity")
    assert found == pytest.approx(as_published(shrunk), abs=1e-9)


@given(embeddings(min_dimension=2))
def test_without_shrinkage_it_is_isoscore_and_with_nothing_else_it_is_one(z):
    assert isoscore_star(z, shrinkage=0) == pytest.approx(isoscore(z), abs=1e-9)
    assert isoscore_star(z, shrinkage=1) == pytest.approx(1)


@given(embeddings(min_dimension=2), shares)
def test_inverse_ratios_are_averaged(z, shrinkage):
    d, kept = z.shape[1], (1 - shrinkage) ** 2
    ratio = 1 + (d - 1) * isoscore(z)
    expected = 1 / (kept / ratio + (1 - kept) / d)
    assert 1 + (d - 1) * isoscore_star(z, shrinkage=shrinkage) == pytest.approx(expected)


def test_more_items_of_the_same_layer_are_a_target():
    generator = np.random.default_rng(0)
    many = generator.standard_normal((4000, 8)) * np.arange(1, 9) ** -0.5
    few = many[:9]
    truth = isoscore(many)
    errors = [
        isoscore_star(few, shrinkage=share, target=Moments.of(many)) - truth for share in (0, 0.8)
    ]
    assert abs(errors[1]) < abs(errors[0]) / 2
    assert isoscore_star(few, target=np.cov(many, rowvar=False)) == pytest.approx(
        isoscore_star(few, target=Moments.of(many))
    )


@pytest.mark.parametrize(("n", "d"), [(10, 30), (40, 20)])
def test_inverse_ratios_of_noise_have_the_mean_that_is_told(n, d):
    generator = np.random.default_rng(1)
    found = [isoscore_star(generator.standard_normal((n, d)), shrinkage=0.3) for _ in range(400)]
    inverses = 1 / (1 + (d - 1) * np.array(found))
    error = inverses.std(ddof=1) / 20
    expected = 1 / (1 + (d - 1) * isotropic_isoscore_star(n, d, shrinkage=0.3))
    assert error < 0.005 * expected
    assert abs(inverses.mean() - expected) < 5 * error


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"shrinkage": 1.5}, r"`shrinkage` must lie between 0 and 1, got 1\.5"),
        ({"target": "zero"}, "`target` must be .* got 'zero'"),
        ({"target": np.eye(2)}, r"`target` must have shape \(3, 3\)"),
    ],
)
def test_it_says_what_it_wants(words, message):
    with pytest.raises(ValueError, match=message):
        isoscore_star(np.eye(3), **words)


@pytest.mark.parametrize("size", [1e-100, 1e100])
def test_variances_without_squares_are_refused(size):
    z = size * np.random.default_rng(0).standard_normal((20, 3))
    with pytest.raises(ValueError, match="`z` must have variances with squares, got a total"):
        isoscore_star(z)


def test_nothing_fills_no_dimension():
    with pytest.raises(ValueError, match="`z` must vary, got 4 items that coincide"):
        isoscore_star(np.ones((4, 2)))
    with pytest.raises(ValueError, match="`z` must have at least 2 dimensions, got 1"):
        isoscore_star([[1.0], [2.0]])
