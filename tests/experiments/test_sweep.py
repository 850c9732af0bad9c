"""Runs side by side are the runs one after the other, whatever stands beside them."""

import numpy as np
import pytest
import torch

from ssl_theory.experiments import Certificate, Training, run, sweep
from ssl_theory.experiments.encoders import (
    Convolutional,
    DeepLinear,
    Linear,
    Oracle,
    Perceptron,
    Recurrent,
)
from ssl_theory.objectives import CATALOGUE, gaussian_infomax, info_nce, vicreg
from ssl_theory.processes import CircularPath, GaussianPairs, LinearDynamics, MovingDot, SpherePairs
from ssl_theory.processes.rendering import Dot

SHORT = Training(12, 16, 0.01, dtype=torch.float64, certificate=Certificate(batches=2))
FILM = MovingDot(
    CircularPath(steps=5), Dot(side=6, width=1.0, low=-3.0, high=3.0), pixel_noise=0.01
)


class Dynamics:
    """Contrastive prediction of the next moment, with a transition and a temperature to learn."""

    def initial(self, dimensions, seed):
        rng = np.random.default_rng(seed)
        return {
            "transition": torch.from_numpy(rng.standard_normal((dimensions, dimensions))),
            "log_temperature": torch.zeros((), dtype=torch.float64),
        }

    def __call__(self, weights, z):
        ahead, seen = z[:, :-1] @ weights["transition"], z[:, 1:]
        similarity = ahead.flatten(1) @ seen.flatten(1).T / weights["log_temperature"].exp()
        return torch.nn.functional.cross_entropy(similarity, torch.arange(len(z)))


class Predictor:
    """VICReg from a learnt linear map of one view."""

    def initial(self, dimensions, seed):
        return {"map": torch.eye(dimensions, dtype=torch.float64) * (1 + seed)}

    def __call__(self, weights, z, w):
        return vicreg()(z @ weights["map"], w)


def same(one, other, tolerance=1e-6):
    """Whether two results are one, to the tolerance."""
    np.testing.assert_allclose(one.losses, other.losses, rtol=tolerance, atol=tolerance)
    assert one.seed == other.seed and one.converged == other.converged
    for name in ("weights", "objective_weights"):
        expected = getattr(other, name)
        assert getattr(one, name).keys() == expected.keys()
        for key, weight in getattr(one, name).items():
            torch.testing.assert_close(weight, expected[key], rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize(
    ("objective", "process", "encoder"),
    [
        (info_nce(), GaussianPairs(), Linear(2)),
        (vicreg(), GaussianPairs(), DeepLinear(2, (4,))),
        (info_nce(), SpherePairs(), Perceptron(3, (8, 8))),
        (vicreg(), SpherePairs(), Perceptron(3, (8, 8), activation="tanh")),
        (Predictor(), GaussianPairs(), Perceptron(2, (8,))),
        (Dynamics(), LinearDynamics(), Linear(2, bias=True)),
        (Dynamics(), LinearDynamics(), Recurrent(2, width=4)),
        (Dynamics(), FILM, Convolutional(2, channels=(2, 3), kernel=2)),
        (Predictor(), SpherePairs(), Oracle(SpherePairs())),
    ],
    ids=lambda part: getattr(part, "name", type(part).__name__),
)
def test_sixteen_seeds_at_once_are_sixteen_runs(objective, process, encoder):
    results = sweep(objective, process, encoder, SHORT, seeds=range(16), solver="gradient")
    assert [result.seed for result in results] == list(range(16))
    for result in results:
        same(result, run(objective, process, encoder, SHORT, seed=result.seed))


@pytest.mark.parametrize("make", CATALOGUE, ids=lambda make: make.__name__)
def test_every_objective_trains_many_runs_as_it_trains_one(make):
    objective = make()
    batch, outputs = objective.nearest_size(16, 4)
    training = Training(3, batch, 0.01, dtype=torch.float64, certificate=None)
    process = GaussianPairs((1.0,) * 4, (0.9, 0.7, 0.5, 0.1))
    results = sweep(objective, process, Linear(outputs), training, seeds=[3, 5], solver="gradient")
    for result in results:
        same(result, run(objective, process, Linear(outputs), training, seed=result.seed))


def test_what_runs_beside_a_run_does_not_change_it():
    # Objectives, rates, decays and processes of one shape all stand in the same program.
    trainings = [
        SHORT,
        Training(12, 16, 0.003, dtype=torch.float64, certificate=SHORT.certificate),
        Training(12, 16, 0.01, "cosine", 0.5, torch.float64, certificate=SHORT.certificate),
    ]
    worlds = {f"rotation {seed}": GaussianPairs(mixing_seed=seed) for seed in range(2)}
    objectives = [info_nce(), vicreg()]
    mixed = sweep(objectives, worlds, Linear(2), trainings, seeds=[1, 4], solver="gradient")
    alone = [
        run(objective, world, Linear(2), training, seed=seed)
        for objective in objectives
        for world in worlds.values()
        for training in trainings
        for seed in [1, 4]
    ]
    assert len(mixed) == len(alone) == 24
    for one, other in zip(mixed, alone, strict=True):
        same(one, other)


@pytest.mark.parametrize("together", [1, 3])
def test_groups_of_any_size_give_the_same(together):
    whole = sweep(info_nce(), GaussianPairs(), Perceptron(2, (8,)), SHORT, seeds=range(7))
    parts = sweep(
        info_nce(), GaussianPairs(), Perceptron(2, (8,)), SHORT, seeds=range(7), together=together
    )
    for one, other in zip(whole, parts, strict=True):
        same(one, other, tolerance=1e-9)


def test_a_run_that_is_lost_leaves_the_others_alone():
    wild = Training(12, 16, 1e200, dtype=torch.float64, certificate=SHORT.certificate)
    results = sweep(
        vicreg(), GaussianPairs(), Linear(2), [SHORT, wild], seeds=[0, 1], solver="gradient"
    )
    assert [np.isfinite(result.losses).all() for result in results] == [True, True, False, False]
    for result in results[:2]:
        same(result, run(vicreg(), GaussianPairs(), Linear(2), SHORT, seed=result.seed))


def test_an_objective_that_no_map_can_take_is_evaluated_run_by_run():
    def decides(z, w):
        value = (z - w).square().mean() - z.var(0).sum().sqrt()
        return value if bool(value > 0) else 2 * value

    results = sweep(decides, GaussianPairs(), Linear(2), SHORT, seeds=range(3))
    for result in results:
        same(result, run(decides, GaussianPairs(), Linear(2), SHORT, seed=result.seed))


def test_the_fault_of_an_objective_is_told_as_it_is():
    def broken(z, w):
        raise RuntimeError("no such thing")

    with pytest.raises(RuntimeError, match="no such thing"):
        sweep(broken, GaussianPairs(), Linear(2), SHORT, seeds=range(3))


def test_modules_of_an_objective_are_left_as_they_are():
    from ssl_theory.objectives import byol

    objective = byol()
    outputs = objective.dimensions[0]
    sweep(objective, GaussianPairs(), Perceptron(outputs, (4,)), SHORT, seeds=range(2))
    assert all(p.grad is None for p in objective.model.predictor.parameters())


@pytest.mark.parametrize(
    ("given", "kind", "complaint"),
    [
        ({}, ValueError, "`objective` must hold at least one value, got none"),
        ([], ValueError, "`objective` must hold at least one value, got none"),
        ({3: vicreg()}, TypeError, r"`objective` must have names that are words, got 3. Use str"),
        (
            [vicreg(25.0), vicreg(1.0)],
            ValueError,
            "`objective` must hold values of different names, got 'vicreg' twice. Name them",
        ),
    ],
)
def test_says_what_it_cannot_vary(given, kind, complaint):
    with pytest.raises(kind, match=complaint):
        sweep(given, GaussianPairs(), Linear(2), SHORT)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"solver": "adam"}, "`solver` must be one of auto, gradient, closed form, got 'adam'"),
        ({"processes": 0}, "`processes` must be at least 1, got 0. Use None for a choice"),
        ({"together": 0}, "`together` must be at least 1, got 0"),
    ],
)
def test_says_how_it_cannot_work(given, complaint):
    with pytest.raises(ValueError, match=complaint):
        sweep(vicreg(), GaussianPairs(), Linear(2), SHORT, **given)


def test_names_say_what_is_not_as_usual():
    from ssl_theory.experiments.axes import called

    assert called(Perceptron(2, (8,))) == "Perceptron(outputs=2, widths=(8,))"
    assert called(gaussian_infomax()) == "gaussian_infomax"
    assert called(same) == "same"
    assert called(Dynamics()) == "Dynamics"
