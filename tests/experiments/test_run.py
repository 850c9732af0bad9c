"""One training is what a plain loop of torch would do, and knows whether it is done."""

import numpy as np
import pytest
import torch

from ssl_theory.experiments import Certificate, Training, run
from ssl_theory.experiments.encoders import Linear, Oracle, Perceptron
from ssl_theory.linear_theory import optimum
from ssl_theory.linear_theory.population import population_value
from ssl_theory.objectives import gaussian_infomax, info_nce, simsiam, vicreg
from ssl_theory.processes import (
    GaussianPairs,
    LinearDynamics,
    MovingDot,
    Pairs,
    SpherePairs,
)

SHORT = Training(steps=60, batch=32, rate=0.01, dtype=torch.float64, certificate=None)


def plain_loop(objective, process, training, seed, weights):
    """Module, AdamW and schedule of torch, on the data that the seed of each block promises."""
    module = torch.nn.Sequential(
        torch.nn.Linear(3, 16), torch.nn.LeakyReLU(), torch.nn.Linear(16, 2)
    ).double()
    with torch.no_grad():
        for layer, number in ((0, 0), (2, 1)):
            module[layer].weight.copy_(weights[f"weight{number}"].T)
            module[layer].bias.copy_(weights[f"bias{number}"])
    optimiser = torch.optim.AdamW(
        module.parameters(), lr=training.rate, weight_decay=training.weight_decay
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, training.steps)
    losses = []
    for step in range(training.steps):
        block, within = divmod(step, 50)
        words = np.random.SeedSequence((seed, block)).generate_state(1, np.uint64)
        drawn = process.draw(50 * training.batch, int(words[0]))
        rows = slice(within * training.batch, (within + 1) * training.batch)
        z, w = (module(torch.from_numpy(view[rows])) for view in drawn)
        loss = objective(z, w).total
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
    return module, np.array(losses)


@pytest.mark.parametrize("objective", [info_nce(), vicreg()], ids=lambda o: o.name)
@pytest.mark.parametrize("weight_decay", [0.0, 0.5])
def test_is_what_a_plain_loop_of_torch_does(objective, weight_decay):
    training = Training(60, 32, 0.01, "cosine", weight_decay, torch.float64, certificate=None)
    encoder, process = Perceptron(outputs=2, widths=(16,)), GaussianPairs()
    result = run(objective, process, encoder, training, seed=3)
    module, losses = plain_loop(objective, process, training, 3, encoder.initial(3, seed=3))
    np.testing.assert_allclose(result.losses, losses, rtol=1e-9)
    x = process.draw(20, seed=1).x
    expected = module(torch.from_numpy(x)).detach().numpy()
    np.testing.assert_allclose(result.encode(x), expected, rtol=1e-7, atol=1e-9)


def test_single_precision_is_double_precision_to_its_digits():
    single = Training(60, 32, 0.01, certificate=None)
    one, two = (
        run(vicreg(), GaussianPairs(), Perceptron(2, (16,)), training, seed=0)
        for training in (single, SHORT)
    )
    assert {weight.dtype for weight in one.weights.values()} == {torch.float32}
    np.testing.assert_allclose(one.losses, two.losses, rtol=1e-4)


def test_a_trained_linear_encoder_is_at_the_optimum_that_theory_knows():
    process, objective = GaussianPairs(), gaussian_infomax()
    result = run(objective, process, Linear(2), Training(800, 512, 0.03), seed=0)
    value = population_value(objective)

    def total(encoder):
        s, g = (encoder @ m @ encoder.T for m in (process.covariance, process.cross_covariance))
        return float(value(torch.from_numpy(s), torch.from_numpy(g)).total)

    best = total(optimum(objective, process.covariance, process.cross_covariance, keep=2).encoder)
    found = total(result.weights["weight0"].double().numpy().T)
    assert result.converged
    # What is left is the wandering of stochastic steps: less than a hundredth of what was gained.
    assert best <= found <= best + 0.01 * (result.start - result.end)


def test_a_run_that_would_gain_by_more_steps_is_unconverged():
    training = Training(steps=60, batch=128, rate=1e-4)
    result = run(vicreg(), GaussianPairs(), Linear(2), training, seed=0)
    assert not result.converged
    assert result.certificate.startswith("UNCONVERGED: 12 further steps would lower the loss by")
    assert "UNCONVERGED" in str(result)


def test_what_the_certificate_says_of_further_steps_is_what_they_do():
    # The continuation of 60 steps at a constant rate is a training of 72.
    certificate = Certificate(share=0.2, batches=400)
    short, long = (
        Training(steps, 64, 1e-3, "constant", certificate=certificate) for steps in (60, 72)
    )
    one, other = (run(vicreg(), GaussianPairs(), Linear(2), t, seed=0) for t in (short, long))
    np.testing.assert_array_equal(one.losses, other.losses[:60])
    said = float(one.certificate.split("lower the loss by ")[1].split()[0])
    assert said == pytest.approx(one.end - other.end, rel=0.2)


def test_a_run_whose_loss_is_lost_says_from_where():
    result = run(vicreg(), GaussianPairs(), Linear(2), Training(30, 16, rate=1e30), seed=0)
    assert not result.converged
    first = int(np.flatnonzero(~np.isfinite(result.losses))[0])
    assert result.certificate == (
        f"UNCONVERGED: the loss is not finite from step {first} on. Lower the rate."
    )


def test_a_run_without_a_certificate_is_not_called_converged():
    result = run(vicreg(), GaussianPairs(), Linear(2), SHORT, seed=0)
    assert not result.converged
    assert result.certificate.startswith("UNCONVERGED as far as is known")


def test_a_field_is_followed_by_its_alignment():
    result = run(simsiam(), GaussianPairs(), Linear(simsiam().dimensions[0]), SHORT, seed=0)
    assert np.ptp(result.losses) > 1e-3  # the total of its halves would be zero throughout
    assert (
        "change"
        in run(
            simsiam(), GaussianPairs(), Linear(simsiam().dimensions[0]), Training(20, 16), seed=0
        ).certificate
    )


def test_an_oracle_has_nothing_to_train_and_loses_what_the_latents_lose():
    process = SpherePairs()
    result = run(info_nce(), process, Oracle(process), SHORT, seed=0)
    words = np.random.SeedSequence((0, 0)).generate_state(1, np.uint64)
    drawn = process.draw(50 * 32, int(words[0]))
    views = (torch.from_numpy(v[:32]) for v in (drawn.latents, drawn.partner_latents))
    assert result.losses[0] == pytest.approx(float(info_nce()(*views).total), rel=1e-12)
    assert not result.weights


class Drift:
    """A learnt rotation of one moment into the next, with a weight of its own."""

    def initial(self, dimensions, seed):
        return {"transition": torch.eye(dimensions, dtype=torch.float64) * 0.5}

    def __call__(self, weights, z):
        ahead = z[:, :-1] @ weights["transition"]
        return (ahead - z[:, 1:]).square().mean()


def test_weights_of_an_objective_are_learnt_from_trajectories():
    # Least squares is another route to the same transition.
    process = LinearDynamics()
    training = Training(1500, 64, 0.02, dtype=torch.float64)
    result = run(Drift(), process, Identity(), training, seed=0)
    x = process.draw(4000, seed=1).x
    d = x.shape[-1]
    best = np.linalg.lstsq(x[:, :-1].reshape(-1, d), x[:, 1:].reshape(-1, d), rcond=None)[0]
    assert result.converged
    np.testing.assert_allclose(result.objective_weights["transition"], best, atol=0.03)


class Identity:
    """An encoder with nothing to learn."""

    def initial(self, features, seed):
        return {}

    def apply(self, weights, x):
        return x


class Uneven:
    """A process whose views differ in width."""

    def draw(self, n, seed):
        return Pairs(np.zeros((n, 2)), np.zeros((n, 3)), np.zeros((n, 1)), np.zeros((n, 1)))


@pytest.mark.parametrize(
    ("change", "kind", "complaint"),
    [
        ({"objective": 3}, TypeError, "`objective` must be an Objective or a function of embeddi"),
        ({"process": 3}, TypeError, "`process` must have a method `draw`, got int. Use one of"),
        ({"encoder": 3}, TypeError, "`encoder` must have methods `initial` and `apply`, got int"),
        ({"training": 3}, TypeError, "`training` must be a Training, got int. Write Training"),
        ({"seed": -1}, ValueError, "`seed` must be an integer of at least 0, got -1"),
        ({"seed": 0.5}, ValueError, "`seed` must be an integer of at least 0, got 0.5"),
        ({"process": Uneven()}, ValueError, r"`process` must draw views of one shape, got \(2,\)"),
        ({"process": MovingDot()}, TypeError, "`objective` must be a function of trajectories, g"),
    ],
)
def test_says_what_it_cannot_run(change, kind, complaint):
    given = {"objective": vicreg(), "process": GaussianPairs(), "encoder": Linear(2)}
    given |= {"training": SHORT} | change
    with pytest.raises(kind, match=complaint):
        run(**given)
