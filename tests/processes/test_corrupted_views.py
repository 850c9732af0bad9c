"""Corrupted views look like any other, share what they keep, and are told as well as can be."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from ssl_theory.processes import CorruptedViews

WORLD = CorruptedViews(5, noise=0.2, kept=2, part=0.3, whole=0.25)
N = 20_000


def test_each_severity_is_as_frequent_as_it_says():
    severity = WORLD.draw(N, seed=0).auxiliary["severity"]
    for value, probability in zip([0, 0.6, 1], [0.45, 0.3, 0.25], strict=True):
        error = np.sqrt(probability * (1 - probability) / N)
        assert abs((severity == value).mean() - probability) < 5 * error


def test_no_view_looks_corrupted_by_itself():
    pairs = WORLD.draw(N, seed=1)
    severity = pairs.auxiliary["severity"]
    for view in (pairs.x, pairs.y):
        for coordinate in view.T:
            assert ks_2samp(coordinate[severity == 0], coordinate[severity == 1]).pvalue > 1e-5
            assert ks_2samp(coordinate[severity == 0], coordinate[severity == 0.6]).pvalue > 1e-5


def test_views_share_what_is_kept_and_nothing_else():
    # The information of a normal law, from the correlations of the sample at each severity.
    pairs = WORLD.draw(N, seed=2)
    for value, kept in ((0, 5), (0.6, 2), (1, 0)):
        chosen = pairs.auxiliary["severity"] == value
        table = np.corrcoef(pairs.x[chosen], pairs.y[chosen], rowvar=False)[:5, 5:]
        rho = np.where(np.arange(5) < kept, 1 / np.sqrt(1.2), 0)
        assert np.abs(table - np.diag(rho)).max() < 5 / np.sqrt(chosen.sum())
        said = pairs.auxiliary["information"][chosen]
        np.testing.assert_allclose(said, -np.log(1 - rho**2).sum() / 2, atol=1e-12)


def test_where_the_severity_is_known_information_is_the_mean_log_ratio():
    for index, fields in enumerate(({"part": 0, "whole": 0}, {"part": 1, "whole": 0})):
        world = CorruptedViews(5, 0.2, 2, **fields)
        ratios = world.density_ratio(*world.draw(N, seed=3))
        error = ratios.std() / np.sqrt(N)
        assert error < 0.02
        assert abs(ratios.mean() - world.information_by_severity[index]) < 5 * error
    lost = CorruptedViews(5, 0.2, 2, part=0, whole=1)
    np.testing.assert_allclose(lost.density_ratio(*lost.draw(10, seed=4)), 0, atol=1e-12)


def test_the_best_label_of_trust_is_calibrated():
    pairs = WORLD.draw(N, seed=5)
    said = WORLD.severity_probabilities(pairs.x, pairs.y)
    np.testing.assert_allclose(said.sum(1), 1)
    for column, value in enumerate((0, 0.6, 1)):
        true = pairs.auxiliary["severity"] == value
        for low, high in ((0, 0.2), (0.2, 0.6), (0.6, 1)):
            chosen = (said[:, column] > low) & (said[:, column] <= high)
            p = said[chosen, column]
            error = np.sqrt(np.mean(p * (1 - p)) / chosen.sum())
            assert abs(true[chosen].mean() - p.mean()) < 5 * error + 1e-9
    errors = said.std(0) / np.sqrt(N)
    assert (np.abs(said.mean(0) - WORLD.probabilities) < 5 * errors).all()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"noise": 0.0}, "`noise` must be positive, got 0.0"),
        ({"kept": 4}, "`kept` must be at least 1 and below the dimension of 4, got 4"),
        ({"part": 0.7, "whole": 0.4}, "at most 1 together, got 0.7 and 0.4"),
        ({"part": -0.1}, "at most 1 together, got -0.1"),
    ],
)
def test_says_which_views_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        CorruptedViews(**fields)
