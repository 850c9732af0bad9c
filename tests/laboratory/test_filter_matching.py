"""The objective of films: what its two forms descend, and what its weights stand for."""

import pytest
import torch

from ssl_theory.alignment import LinearDynamics
from ssl_theory.laboratory.filter_matching import FilterMatching
from ssl_theory.objectives import kalman_ldm, kalman_prediction
from ssl_theory.uniformity import KozachenkoLeonenko

FORMS = {True: kalman_prediction, False: kalman_ldm}


def _film(films: int = 1, moments: int = 12) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    steps = torch.randn(films, moments, 2, generator=generator, dtype=torch.float64)
    return steps.cumsum(1) / 3


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
    theirs = FORMS[still](dynamics)(film[0, :-1], film[0, 1:])
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
    kalman_prediction(dynamics)(theirs[0, :-1], theirs[0, 1:]).total.backward()
    torch.testing.assert_close(ours.grad, theirs.grad)


def test_with_neighbours_the_encoder_learns_both_from_targets_and_from_the_entropy_of_all():
    objective = FilterMatching(still=False)
    ours, theirs = _film(3).requires_grad_(), _film(3).requires_grad_()
    value = objective(_weights(objective), ours)
    value.total.backward()
    model = kalman_ldm(objective.dynamics(_weights(objective))).model
    surprise = -sum(model.log_density(z[1:], given=z[:-1]).mean() for z in theirs) / 3
    entropy = KozachenkoLeonenko(neighbours=3).entropy(theirs.reshape(-1, 2), given=theirs)
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
    expected = KozachenkoLeonenko(3).entropy(film.reshape(-1, 2)[::3], given=film)
    torch.testing.assert_close(few(_weights(few), film).uniformity, -expected)


def test_it_begins_near_to_standing_still_whatever_the_seed():
    objective = FilterMatching(still=True)
    dynamics = objective.dynamics(objective.initial(3, seed=5))
    torch.testing.assert_close(dynamics.transition.data, 0.95 * torch.eye(3).double())
    assert not dynamics.rest.any()
    assert (dynamics.log_process < dynamics.log_observation).all()
    assert not any(p.requires_grad for p in dynamics.parameters())


def test_the_value_does_not_depend_on_the_units_of_the_embeddings():
    """Stretched together with the dynamics, surprise and entropy rise by the same volume."""
    objective, film = FilterMatching(still=False), _film(4, moments=60)
    weights = _weights(objective)
    stretched = {name: w.clone() for name, w in weights.items()}
    unit = weights["log_process"] / objective.dynamics(weights).log_process
    rise = 2 * torch.log(torch.tensor(3.0, dtype=torch.float64))
    stretched["rest"] = 3 * weights["rest"]
    for name in ("log_process", "log_observation"):
        stretched[name] = weights[name] + rise * unit
    ours, theirs = objective(weights, film).total, objective(stretched, 3 * film).total
    # The belief in the first moment is not stretched along, and counts for some moments.
    assert abs(ours - theirs) < 0.1 < abs(rise)
