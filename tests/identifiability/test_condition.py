"""Conditions are looked at on the items: they are seen where they fail and seldom elsewhere."""

import numpy as np
import pytest
import torch

from ssl_theory.identifiability import MeanCorrelation, condition
from ssl_theory.identifiability.columns import effective_rank, ranked, standardised


def holds(one, z, h=None):
    return one.check(z, z if h is None else h).holds


def test_independent_latents_are_seldom_called_dependent():
    generator = np.random.default_rng(0)
    draws = (generator.standard_normal((200, 6)) ** 3 for _ in range(300))
    alarms = sum(not holds(condition.INDEPENDENT_LATENTS, z) for z in draws)
    assert alarms <= 4  # of 300, each with a chance below .001: four or more have .0003


def test_dependence_is_seen_with_and_without_correlation():
    generator = np.random.default_rng(1)
    normal = generator.standard_normal((1000, 3))
    dependent = {
        "correlated": normal + 0.5 * normal[:, :1],
        "on a sphere": normal / np.linalg.norm(normal, axis=1, keepdims=True),
        "a parabola": np.column_stack([normal[:, 0], normal[:, 0] ** 2 + normal[:, 1]]),
        "a common scale": normal * np.exp(generator.standard_normal((1000, 1))),
        "two values": np.column_stack([normal[:, 0] > 0, normal[:, 0] + normal[:, 1] > 0]),
    }
    for name, z in dependent.items():
        assert not holds(condition.INDEPENDENT_LATENTS, z.astype(float)), name
    assert holds(condition.INDEPENDENT_LATENTS, normal)
    assert holds(condition.INDEPENDENT_LATENTS, normal[:, :1])


def test_a_dependence_that_is_small_is_let_pass_however_many_items_show_it():
    z = np.random.default_rng(2).standard_normal((50_000, 2))
    z[:, 1] += 0.05 * z[:, 0]
    assert holds(condition.INDEPENDENT_LATENTS, z)


def test_a_single_direction_scores_no_more_than_its_bound():
    generator = np.random.default_rng(3)
    for _ in range(20):
        z = generator.standard_normal((100, 3)) @ generator.standard_normal((3, 3))
        directions = standardised(z) @ generator.standard_normal((3, 500))
        scores = np.abs(standardised(z).T @ standardised(directions) / 100).mean(0)
        assert scores.max() <= condition.single_direction_score(z) + 1e-12


def test_the_effective_rank_is_that_of_correlations():
    z = np.random.default_rng(4).standard_normal((50, 4)) @ np.diag([1, 10, 100, 1])
    shares = np.linalg.eigvalsh(np.corrcoef(z.T)) / 4
    assert effective_rank(z) == pytest.approx(np.exp(-np.sum(shares * np.log(shares))))
    assert effective_rank(np.ones((5, 2))) == 0


def test_time_is_missed_in_items_without_order_and_seldom_seen_there():
    generator = np.random.default_rng(5)
    alarms = sum(
        holds(condition.ORDERED_IN_TIME, generator.standard_normal((200, 3))) for _ in range(100)
    )
    assert alarms <= 4
    walk = np.cumsum(generator.standard_normal((200, 3)), 0)
    assert holds(condition.ORDERED_IN_TIME, walk)


def test_counts_of_items_are_of_dimensions_and_of_cells():
    z = np.arange(60.0).reshape(30, 2)
    wide = np.tile(z, (1, 5))
    assert holds(condition.items_per_dimension(15), z)
    assert not holds(condition.items_per_dimension(15), z, wide)
    assert holds(condition.items_per_cell(2, 7), z)  # 30 items in 4 cells
    assert not holds(condition.items_per_cell(2, 8), z)
    two_values = (z > 30).astype(float)
    assert holds(condition.items_per_cell(5, 3), two_values)  # in 10 cells
    assert not holds(condition.items_per_cell(5, 3), z)  # in 25


def test_values_are_counted():
    z = np.array([[0.0], [1], [2], [2]] * 10)
    assert holds(condition.at_most_values(3), z)
    assert not holds(condition.at_most_values(2), z)
    assert holds(condition.balanced(3, least=0.25), z)
    assert not holds(condition.balanced(3, least=0.26), z)
    assert holds(condition.balanced(2, least=0.26), z)  # too many values to be discrete


def test_conditions_are_data_with_a_name():
    names = [str(one) for one in MeanCorrelation().valid_for]
    assert names[0] == "independent latents"
    assert [found.condition for found in MeanCorrelation()(np.eye(5), np.eye(5)).checked] == names


def test_tensors_and_integers_are_welcome_as_latents():
    z = np.array([[0, 1], [1, 0], [1, 1], [0, 0]] * 10)
    as_floats = MeanCorrelation()(z.astype(float), z + 0.5).value
    assert MeanCorrelation()(z, z + 0.5).value == as_floats
    assert (
        MeanCorrelation()(torch.from_numpy(z).double(), torch.from_numpy(z + 0.5)).value
        == as_floats
    )
    assert MeanCorrelation()(z > 0, z + 0.5).value == as_floats


def test_ranks_share_their_mean_where_numbers_are_equal():
    assert ranked(np.array([[3.0], [1], [3], [2]])).ravel().tolist() == [3.5, 1, 3.5, 2]
