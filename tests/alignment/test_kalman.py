"""The Kalman filter: its innovations add up to the likelihood, and its gain settles."""

import numpy as np
import pytest
import torch
from scipy import linalg, stats
from torch import nn

from ssl_theory.alignment import Gaussian, Kalman, LinearDynamics
from ssl_theory.checks.gradients import modules


def _dynamics(dimension: int = 2, states: int = 3) -> LinearDynamics:
    dynamics = LinearDynamics(dimension, states, seed=1)
    generator = torch.Generator().manual_seed(2)
    with torch.no_grad():
        for entry in (dynamics.rest, dynamics.log_process, dynamics.log_observation):
            entry.copy_(torch.randn(entry.shape, generator=generator, dtype=torch.float64) / 2)
    return dynamics


def _normal(*shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


def _joint(dynamics: LinearDynamics, steps: int) -> stats.multivariate_normal:
    """The law of all steps end to end: everything is linear in the start and in all noises."""
    a, b, c, q, r = (
        x.detach().numpy()
        for x in (
            dynamics.transition,
            dynamics.rest,
            dynamics.readout,
            dynamics.log_process.exp().diag(),
            dynamics.log_observation.exp().diag(),
        )
    )
    h, d = len(a), len(c)
    power = [np.linalg.matrix_power(a, k) for k in range(steps + 1)]
    loading = np.zeros((steps * d, (steps + 1) * h))
    mean = np.zeros(steps * d)
    for t in range(steps):
        rows = slice(t * d, (t + 1) * d)
        mean[rows] = c @ (b - power[t + 1] @ b)
        for s in range(t + 2):
            loading[rows, s * h : (s + 1) * h] = c @ power[t + 1 - s]
    noise = linalg.block_diag(np.eye(h), *[q] * steps)
    covariance = loading @ noise @ loading.T + linalg.block_diag(*[r] * steps)
    return stats.multivariate_normal(mean, covariance)


@pytest.mark.parametrize(("dimension", "states", "steps"), [(1, 1, 6), (2, 3, 9), (3, 6, 12)])
def test_innovations_add_up_to_the_likelihood_of_the_whole_sequence(dimension, states, steps):
    dynamics = _dynamics(dimension, states)
    x = _normal(steps, dimension)
    first = _joint(dynamics, 1).logpdf(x[0].numpy())
    rest = Kalman(dynamics).log_density(x[1:], given=x[:-1]).sum().item()
    expected = _joint(dynamics, steps).logpdf(x.numpy().ravel())
    assert first + rest == pytest.approx(expected, rel=1e-10, abs=1e-10)


def test_the_dynamics_know_the_law_of_the_whole_sequence():
    dynamics = _dynamics()
    mean, covariance = dynamics.joint_law(5)
    expected = _joint(dynamics, 5)
    np.testing.assert_allclose(mean.detach(), expected.mean, atol=1e-12)
    np.testing.assert_allclose(covariance.detach(), expected.cov_object.covariance, atol=1e-12)


def test_the_prediction_settles_where_the_riccati_equation_rests():
    dynamics = _dynamics()
    a, c = dynamics.transition.detach().numpy(), dynamics.readout.numpy()
    q, r = (x.exp().diag().detach() for x in (dynamics.log_process, dynamics.log_observation))
    spread = linalg.solve_discrete_are(a.T, c.T, q.numpy(), r.numpy())
    _, covariances = Kalman(dynamics).predict(_normal(200, 2))
    expected = c @ spread @ c.T + r.numpy()
    np.testing.assert_allclose(covariances[-1].detach(), expected, rtol=1e-10)


def test_the_state_is_known_as_well_as_the_joint_law_of_it_and_all_that_was_seen_allows():
    """Conditioned on the whole past at once: the state is linear in the start and in all noises."""
    dynamics, steps = _dynamics(), 6
    x = _normal(steps, 2).numpy()
    a, c, b, q = (
        t.detach().numpy()
        for t in (
            dynamics.transition, dynamics.readout, dynamics.rest, dynamics.log_process.exp().diag(),
        )
    )  # fmt: skip
    states, spreads = (t.detach().numpy() for t in Kalman(dynamics).filter(torch.from_numpy(x)))
    spread, power = np.eye(3), np.eye(3)
    alone = [spread := a @ spread @ a.T + q for _ in range(steps)]
    for t in range(1, steps + 1):
        past = _joint(dynamics, t)
        across = np.hstack(
            [np.linalg.matrix_power(a, t - s) @ alone[s - 1] @ c.T for s in range(1, t + 1)]
        )
        gain = np.linalg.solve(past.cov_object.covariance, across.T).T
        power = a @ power
        mean = b - power @ b + gain @ (x[:t].ravel() - past.mean)
        np.testing.assert_allclose(states[t - 1], mean, atol=1e-10)
        np.testing.assert_allclose(spreads[t - 1], alone[t - 1] - gain @ across.T, atol=1e-10)


def test_without_memory_what_comes_next_is_independent_of_what_came_before():
    dynamics = _dynamics()
    with torch.no_grad():
        dynamics.transition.zero_()
    z, w = _normal(2, 7, 2)
    centre = dynamics.rest[:2]
    variance = dynamics.log_process[:2].exp() + dynamics.log_observation.exp()
    expected = torch.distributions.Normal(centre, variance.sqrt()).log_prob(w).sum(1)
    torch.testing.assert_close(Kalman(dynamics).log_density(w, given=z), expected)


def test_seen_without_noise_the_next_step_is_a_gaussian_around_a_linear_prediction():
    dynamics = _dynamics(2, 2)
    with torch.no_grad():
        dynamics.log_observation.fill_(-40.0)
        dynamics.log_process.zero_()
        dynamics.rest.zero_()
    z, w = _normal(2, 7, 2)
    expected = Gaussian(1.0).log_density(w, given=z @ dynamics.transition.T)
    torch.testing.assert_close(Kalman(dynamics).log_density(w, given=z), expected)


def test_the_future_is_not_looked_at():
    z, w = _normal(2, 7, 2)
    model = Kalman(_dynamics())
    later = z.clone()
    later[4:] += 10
    there, here = (model.log_density(w, given=past) for past in (later, z))
    assert torch.equal(there[:4], here[:4])
    assert (there[4:] != here[4:]).all()


def test_sequences_side_by_side_do_not_mix():
    z, w = _normal(2, 3, 5, 2)
    model = Kalman(_dynamics())
    each = torch.stack([model.log_density(b, given=a) for a, b in zip(z, w, strict=True)])
    torch.testing.assert_close(model.log_density(w, given=z), each)


def test_every_parameter_of_the_dynamics_learns():
    dynamics = _dynamics()
    z, w = _normal(2, 5, 2)
    parameters = [p.detach().clone().requires_grad_() for p in dynamics.parameters()]
    names = [name for name, _ in dynamics.named_parameters()]

    class LogLikelihood(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = Kalman(dynamics)
            self.dynamics = dynamics

        def forward(self) -> torch.Tensor:
            return self.model.log_density(w, given=z).sum()

    def of(*values: torch.Tensor) -> torch.Tensor:
        placed = {f"dynamics.{name}": value for name, value in zip(names, values, strict=True)}
        return torch.func.functional_call(LogLikelihood(), placed, ())

    assert torch.autograd.gradcheck(of, parameters)
    slopes = torch.autograd.grad(of(*parameters), parameters)
    assert all(slope.norm() > 1e-3 for slope in slopes)
    assert list(modules(Kalman(dynamics))) == [dynamics]


def test_every_dimension_is_the_readout_of_a_state_of_its_own():
    with pytest.raises(ValueError, match=r"`states` must be at least the 3 dimensions.*got 2"):
        LinearDynamics(3, 2)
