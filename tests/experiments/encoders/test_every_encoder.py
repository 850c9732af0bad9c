"""What every encoder owes: to be a value, and to do for many runs what it does for each."""

import dataclasses

import numpy as np
import pytest
import torch

import ssl_theory.processes
import ssl_theory.processes.mixings
from ssl_theory.experiments import encoders
from ssl_theory.experiments.encoders import (
    Convolutional,
    DeepLinear,
    Linear,
    Oracle,
    Perceptron,
    Recurrent,
)
from ssl_theory.processes import GaussianPairs, MovingDot, SpherePairs
from ssl_theory.processes.mixings import Mobius

NAMES = vars(ssl_theory.processes) | vars(ssl_theory.processes.mixings) | vars(encoders)
SIXTEEN = (  # each reads 16 features
    Linear(outputs=3),
    Linear(outputs=3, bias=True),
    DeepLinear(outputs=3, widths=(5, 4), scale=0.5),
    Perceptron(outputs=3, widths=(8, 8)),
    Perceptron(outputs=3, widths=(8,), activation="gelu"),
    Convolutional(outputs=3, channels=(2, 3), kernel=2, stride=1),
    Recurrent(outputs=3, width=5),
    Oracle(SpherePairs(dimension=16, mixing=Mobius(pole=-2.0))),
)

every = pytest.mark.parametrize("encoder", SIXTEEN, ids=lambda encoder: type(encoder).__name__)


def stacked(encoder, runs=4):
    """Weights of each run, all of them side by side, and something to see."""
    each = [encoder.initial(16, seed) for seed in range(runs)]
    together = {name: torch.stack([weights[name] for weights in each]) for name in each[0]}
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(runs, 6, 7, 16, generator=generator, dtype=torch.float64)
    return each, together, x


@every
def test_is_a_value(encoder):
    assert eval(repr(encoder), dict(NAMES)) == encoder and hash(encoder) == hash(encoder)
    for field in dataclasses.fields(encoder):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(encoder, field.name, None)


@every
def test_starts_by_its_seed_alone(encoder):
    first, again, other = (encoder.initial(16, seed) for seed in (1, 1, 2))
    for name, weight in first.items():
        assert weight.dtype == torch.float64
        assert torch.equal(weight, again[name]) and not torch.equal(weight, other[name])


@every
def test_no_two_weights_of_a_run_are_drawn_alike(encoder):
    numbers = np.concatenate([w.flatten().numpy() for w in encoder.initial(16, 0).values()] or [[]])
    assert len(np.unique(numbers)) == len(numbers)


@every
def test_many_runs_at_once_are_each_run_by_itself(encoder):
    each, together, x = stacked(encoder)
    alone = torch.stack([encoder.apply(w, seen) for w, seen in zip(each, x, strict=True)])
    torch.testing.assert_close(encoder.apply(together, x), alone, rtol=1e-12, atol=1e-12)


@every
def test_may_be_mapped(encoder):
    _, together, x = stacked(encoder)
    if together:
        mapped = torch.func.vmap(encoder.apply)(together, x)
    else:
        mapped = torch.func.vmap(lambda seen: encoder.apply({}, seen))(x)
    torch.testing.assert_close(mapped, encoder.apply(together, x), rtol=1e-12, atol=1e-12)


@every
def test_embeds_in_the_precision_of_what_it_sees(encoder):
    each, _, x = stacked(encoder)
    single = {name: weight.float() for name, weight in each[0].items()}
    z = encoder.apply(single, x[0].float())
    assert z.dtype == torch.float32
    torch.testing.assert_close(z.double(), encoder.apply(each[0], x[0]), rtol=1e-4, atol=1e-4)


def modules(encoder):
    """The same encoder as torch has it, and where each of its parameters is."""
    if isinstance(encoder, Perceptron):
        first, last = torch.nn.Linear(16, 8), torch.nn.Linear(8, 3)
        module = torch.nn.Sequential(first, torch.nn.GELU(), last)
        return module, {
            "weight0": (first.weight, "oi"), "bias0": (first.bias, ""),
            "weight1": (last.weight, "oi"), "bias1": (last.bias, ""),
        }  # fmt: skip
    module = torch.nn.Sequential(
        torch.nn.Unflatten(1, (1, 4, 4)),
        torch.nn.Conv2d(1, 2, 2), torch.nn.LeakyReLU(),
        torch.nn.Conv2d(2, 3, 2), torch.nn.LeakyReLU(),
        torch.nn.Flatten(), torch.nn.Linear(12, 3),
    )  # fmt: skip
    return module, {
        "filters0.weight0": (module[1].weight, "oi"), "filters0.bias0": (module[1].bias, ""),
        "filters1.weight0": (module[3].weight, "oi"), "filters1.bias0": (module[3].bias, ""),
        "readout.weight0": (module[6].weight, "oi"), "readout.bias0": (module[6].bias, ""),
    }  # fmt: skip


@pytest.mark.parametrize("encoder", SIXTEEN[4:6], ids=lambda encoder: type(encoder).__name__)
def test_is_the_layers_that_torch_has_with_their_gradients(encoder):
    module, places = modules(encoder)
    module.double()
    weights = encoder.initial(16, seed=3)
    with torch.no_grad():
        for name, (parameter, transposed) in places.items():
            given = weights[name].T if transposed else weights[name]
            parameter.copy_(given.reshape(parameter.shape))
    x = torch.randn(9, 16, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    for weight in weights.values():
        weight.requires_grad_()
    z, expected = encoder.apply(weights, x), module(x)
    torch.testing.assert_close(z, expected, rtol=1e-12, atol=1e-12)
    z.square().sum().backward()
    expected.square().sum().backward()
    for name, (parameter, transposed) in places.items():
        found = weights[name].grad.T if transposed else weights[name].grad
        torch.testing.assert_close(found.reshape(parameter.shape), parameter.grad)


def test_gates_are_those_of_torch():
    encoder = Recurrent(outputs=3, width=5)
    weights = encoder.initial(16, seed=0)
    gru = torch.nn.GRU(16, 5, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        gru.weight_ih_l0.copy_(weights["seen.weight0"].T)
        gru.weight_hh_l0.copy_(weights["state.weight0"].T)
        gru.bias_ih_l0.copy_(weights["seen.bias0"])
        gru.bias_hh_l0.copy_(weights["state.bias0"])
        x = torch.randn(4, 6, 16, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
        states, _ = gru(x)
        expected = states @ weights["readout.weight0"] + weights["readout.bias0"]
    torch.testing.assert_close(encoder.apply(weights, x), expected)


@pytest.mark.parametrize("part", ["seen", "state", "readout"])
def test_gates_start_as_those_of_torch_do(part):
    # Uniform within one over the root of the width: the largest of n numbers is almost there.
    weights = Recurrent(outputs=200, width=25).initial(16, seed=0)[f"{part}.weight0"]
    assert 0.99 * 0.2 < weights.abs().max() <= 0.2


def test_layers_start_as_those_of_torch_do():
    weights = Perceptron(outputs=200, widths=(25,)).initial(100, seed=0)
    for name, bound in {"weight0": 0.1, "weight1": 0.2, "bias1": 0.2}.items():
        assert 0.9 * bound < weights[name].abs().max() <= bound


def test_the_oracle_finds_the_latents_of_films_too():
    film = MovingDot()
    drawn = film.draw(3, seed=0)
    z = Oracle(film).apply({}, torch.from_numpy(drawn.x)).numpy()
    inside = np.abs(drawn.latents - 14).max(-1) < 12  # of the picture
    np.testing.assert_allclose(z[inside], drawn.latents[inside], atol=1e-6)
    assert inside.mean() > 0.5


def test_the_oracle_wants_a_mixing_that_can_be_undone():
    wanted = r"`process` must have a mixing with an inverse, got GaussianPairs\. Use its latents"
    with pytest.raises(TypeError, match=wanted):
        Oracle(GaussianPairs())


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: Linear(outputs=0), "`outputs` must be at least 1, got 0. Give a layer some"),
        (lambda: DeepLinear(2, widths=()), r"`widths` must be at least 1, got \(\)"),
        (lambda: Perceptron(2, widths=(3, 0)), r"`widths` must be at least 1, got \(3, 0\)"),
        (lambda: Perceptron(2, activation="sin"), "`activation` must be one of relu, leaky relu"),
        (lambda: Convolutional(2, kernel=0), "`kernel` must be at least 1, got 0"),
        (lambda: Convolutional(2, stride=0), "`stride` must be at least 1, got 0"),
        (lambda: Recurrent(2, width=0), "`width` must be at least 1, got 0"),
        (
            lambda: Convolutional(2).initial(99, seed=0),
            "`features` must be the pixels of a square picture, got 99",
        ),
        (
            lambda: Convolutional(2).initial(25, seed=0),
            r"`kernel` must fit into each layer's picture, got 3 for one of 2 x 2",
        ),
    ],
)
def test_says_what_it_cannot_be(make, complaint):
    with pytest.raises(ValueError, match=complaint):
        make()
