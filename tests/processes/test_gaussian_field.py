"""A field has the covariance of its waves, and what is hidden is predicted by kriging."""

import numpy as np
import pytest
from scipy.linalg import circulant

from ssl_theory.processes import GaussianField

FIELDS = [
    GaussianField(),
    GaussianField.block((6, 5), 3.0, 2),
    GaussianField.scattered((6, 4), 1.0, 9, seed=1),
]
every_field = pytest.mark.parametrize("field", FIELDS, ids=["line", "block", "scattered"])
N = 10_000


@every_field
def test_waves_are_the_eigenvectors_and_the_power_law_their_variances(field):
    whole = field.field_covariance
    np.testing.assert_allclose(np.diag(whole), 1)
    np.testing.assert_allclose(np.sort(np.linalg.eigvalsh(whole)), np.sort(field.spectrum.ravel()))
    falls = field.spectrum.ravel()[0] / field.spectrum.ravel()[1]
    assert falls == pytest.approx(2**field.exponent)


def test_a_line_has_the_covariance_of_its_cosines():
    k = np.fft.fftfreq(16, 1 / 16)
    power = (1 + np.abs(k)) ** -2.0
    row = [np.sum(power * np.cos(2 * np.pi * k * r / 16)) / power.sum() for r in range(16)]
    np.testing.assert_allclose(GaussianField().field_covariance, circulant(row), atol=1e-12)


def test_a_plane_covaries_by_the_vector_between_its_sites():
    field = GaussianField.block((6, 5), 3.0, 2)
    whole = field.field_covariance.reshape(6, 5, 6, 5)
    rows, columns = np.fft.fftfreq(6, 1 / 6), np.fft.fftfreq(5, 1 / 5)
    power = (1 + np.hypot(rows[:, None], columns)) ** -3.0
    for a, b in ((1, 0), (0, 2), (5, 3)):
        turn = np.cos(2 * np.pi * (rows[:, None] * a / 6 + columns * b / 5))
        expected = np.sum(power * turn) / power.sum()
        for i, j in ((0, 0), (4, 2)):
            assert whole[i, j, (i + a) % 6, (j + b) % 5] == pytest.approx(expected)
    assert field.hidden == (0, 1, 5, 6)


@every_field
def test_a_regression_of_a_sample_comes_to_the_kriging_error(field):
    x, y = field.draw(N, seed=0)
    _, residual, _, _ = np.linalg.lstsq(x, y, rcond=None)
    found = residual / (N - x.shape[1])
    truth = field.kriging_error
    assert (np.abs(found - truth) < 5 * truth * np.sqrt(2 / N)).all()
    errors = np.square(y - x @ field.kriging.T).mean(0)
    assert (np.abs(errors - truth) < 5 * truth * np.sqrt(2 / N)).all()
    assert field.bayes_r2 == pytest.approx(1 - truth.mean())


@every_field
def test_kriging_leaves_the_inverse_of_the_precision(field):
    precision = np.linalg.inv(field.field_covariance)[np.ix_(field.hidden, field.hidden)]
    np.testing.assert_allclose(field.kriging_error, np.diag(np.linalg.inv(precision)))


@every_field
def test_the_parts_make_up_the_field(field):
    pairs = field.draw(5, seed=1)
    whole = np.empty((5, field.sites))
    whole[:, field.visible], whole[:, list(field.hidden)] = pairs.x, pairs.y
    np.testing.assert_array_equal(whole, pairs.latents)


def test_what_is_far_from_all_that_is_visible_is_harder_to_predict():
    errors = GaussianField.block((32,), 2.0, 7).kriging_error
    assert errors.argmax() == 3
    np.testing.assert_allclose(errors, errors[::-1])
    scattered = GaussianField.scattered((32,), 2.0, 7, seed=0)
    assert scattered.kriging_error.mean() < errors.mean()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"shape": (1,)}, r"one or two lengths of at least 2, got \(1,\)"),
        ({"shape": (2, 2, 2)}, "one or two lengths"),
        ({"exponent": -1.0}, "`exponent` must be at least 0"),
        ({"hidden": (16,)}, "`hidden` must lie between 0 and 15, got 16"),
        ({"hidden": (1, 1)}, r"each once and not all, got \(1, 1\)"),
        ({"hidden": ()}, r"each once and not all, got \(\)"),
        ({"hidden": tuple(range(16))}, "each once and not all"),
    ],
)
def test_says_which_field_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        GaussianField(**fields)
