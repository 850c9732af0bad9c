"""The objective of films: what its two forms descend, and what its weights stand for."""

import pytest
import torch

from ssl_theory.alignment import LinearDynamics
from ssl_theory.laboratory.filter_matching import FilterMatching, whitened
from ssl_theory.objectives import kalman_ldm, kalman_prediction
from ssl_theory.uniformity import KozachenkoLeonenko

FORMS = {True: kalman_prediction, False: kalman_ldm}


def _film(films: int = 1, moments: int = 12) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    steps = torch.randn(films, moments, 2, generator=generator, dtype=torch.float64)
    return steps.cumsum(1) / 3


def _whitened(film: torch.Tensor) -> torch.Tensor:
    """By the triangular root of the precision: as the package, by another route."""
    items = film.reshape(-1, film.shape[-1])
    precision = torch.linalg.inv(torch.cov(items.T, correction=0))
    flip = torch.arange(film.shape[-1]).flip(0)
    root = torch.linalg.cholesky(precision[flip][:, flip])[flip][:, flip]  # upper triangular
    return (film - items.mean(0)) @ root


def _weights(objective: FilterMatching) -> dict[str, torch.Tensor]:
    """Somewhere on the way: no two the same, and of a size that matters."""
    generator = torch.Generator().manual_seed(1)
    return {
        name: weight / 3
        + 0.02 * torch.randn(weight.shape, generator=generator, dtype=torch.float64)
        for name, weight in objective.initial(2, seed=0).items()
    }


def _learning(objective: FilterMatching, weights: dict[str, torch.Tensor]) -> LinearDynamics:
    return objective.dynamics(weights).requires_grad_(True)


@pytest.mark.parametrize("still", [True, False])
def test_the_dynamics_learn_from_one_film_what_the_published_objective_teaches(still):
    """Each weight by its own unit: that of the parameter is the slope over the unit."""
    objective, film = FilterMatching(still), _film()
    weights = {name: w.requires_grad_() for name, w in _weights(objective).items()}
    dynamics = _learning(objective, weights)
    seen = _whitened(film)[0]
    theirs = FORMS[still](dynamics)(seen[:-1], seen[1:])
    ours = objective(weights, film)
    torch.testing.assert_close(ours.alignment, theirs.alignment)
    theirs.alignment.backward()
    ours.alignment.backward()
    for name, parameter in dynamics.named_parameters():
        unit = (parameter / weights[name])[parameter != 0].flatten()[0].detach()
        torch.testing.assert_close(weights[name].grad, unit * parameter.grad)


def test_held_still_the_encoder_learns_what_the_published_prediction_teaches():
    objective = FilterMatching(still=True)
    ours, theirs = _film().requires_grad_(), _film().requires_grad_()
    objective(_weights(objective), ours).total.backward()
    dynamics = objective.dynamics(_weights(objective))
    seen = _whitened(theirs)[0]
    kalman_prediction(dynamics)(seen[:-1], seen[1:]).total.backward()
    torch.testing.assert_close(ours.grad, theirs.grad)


def test_with_neighbours_the_encoder_learns_both_from_targets_and_from_the_entropy_of_all():
    objective = FilterMatching(still=False)
    ours, theirs = _film(3).requires_grad_(), _film(3).requires_grad_()
    value = objective(_weights(objective), ours)
    value.total.backward()
    model = kalman_ldm(objective.dynamics(_weights(objective))).model
    seen = _whitened(theirs)
    surprise = -sum(model.log_density(z[1:], given=z[:-1]).mean() for z in seen) / 3
    entropy = KozachenkoLeonenko(neighbours=3).entropy(seen.reshape(-1, 2), given=seen)
    (surprise - entropy).backward()
    torch.testing.assert_close(ours.grad, theirs.grad)
    torch.testing.assert_close(value.total, surprise - entropy)


def test_the_total_of_both_forms_is_the_same_number():
    one, other = (FilterMatching(still) for still in (True, False))
    film = _film(3)
    torch.testing.assert_close(one(_weights(one), film).total, other(_weights(one), film).total)


def test_no_more_items_than_asked_for_are_searched_but_for_the_last_few():
    few = FilterMatching(still=False, items=10)
    film = _film(3)
    expected = KozachenkoLeonenko(3).entropy(_whitened(film).reshape(-1, 2)[::3], given=film)
    torch.testing.assert_close(few(_weights(few), film).uniformity, -expected)


def test_it_begins_near_to_standing_still_whatever_the_seed():
    objective = FilterMatching(still=True)
    dynamics = objective.dynamics(objective.initial(3, seed=5))
    torch.testing.assert_close(dynamics.transition.data, 0.95 * torch.eye(3).double())
    assert not dynamics.rest.any()
    assert (dynamics.log_process < dynamics.log_observation).all()
    assert not any(p.requires_grad for p in dynamics.parameters())


@pytest.mark.parametrize("still", [True, False])
def test_neither_the_value_nor_what_is_learnt_depends_on_the_units_of_the_embeddings(still):
    """Nor on what is added to a dimension of those before it."""
    objective, film = FilterMatching(still), _film(4).requires_grad_()
    units = torch.tensor([[3.0, 0.0], [-1.0, 0.5]]).double()
    ours = objective(_weights(objective), film).total
    theirs = objective(_weights(objective), film @ units.T + 7).total
    torch.testing.assert_close(ours, theirs)
    slopes = (torch.autograd.grad(total, film)[0] for total in (ours, theirs))
    torch.testing.assert_close(*slopes)
    assert ours.requires_grad


def test_films_are_whitened_as_others_were():
    film, other = _film(3), _film(5)[3:] * 2 + 1
    together = whitened(torch.cat([film, other]), like=other)
    torch.testing.assert_close(together[3:], _whitened(other))
    expected = torch.linalg.lstsq(
        _whitened(other).flatten(0, 1), (other - other.mean((0, 1))).flatten(0, 1)
    )
    torch.testing.assert_close(together[:3] @ expected.solution + other.mean((0, 1)), film)
