"""An objective is a product: two halves, how many entropies, and the paper's number."""

import math

import pytest
import torch
from hypothesis import given
from torch.nn.functional import cross_entropy, normalize

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian, VonMisesFisher
from ssl_theory.checks.strategies import pairs
from ssl_theory.latent_distribution_matching import Matching, Objective, Prior, Published
from ssl_theory.objectives import align_uniform, gaussian_infomax, info_nce, vicreg
from ssl_theory.spaces import Euclidean
from ssl_theory.uniformity import GaussianLogDeterminant, KozachenkoLeonenko, ModelMarginal


@given(pairs())
def test_info_nce_publishes_the_symmetric_cross_entropy(pair):
    z, w = pair
    logits = normalize(z) @ normalize(w).T / 0.2
    labels = torch.arange(len(z))
    textbook = (cross_entropy(logits, labels) + cross_entropy(logits.T, labels)) / 2
    ours = info_nce(temperature=0.2).published(z, w)
    torch.testing.assert_close(ours, textbook, rtol=1e-9, atol=1e-9)


@given(pairs())
def test_vicreg_publishes_its_equation(pair):
    z, w = pair
    n, d = z.shape
    expected = 25 * (z - w).square().sum() / n
    for view in pair:
        deviations = (view.var(0) + 1e-4).sqrt()
        expected = expected + 25 * (1 - deviations).clamp_min(0).sum() / d
        covariances = torch.triu(view.T.cov(), diagonal=1)
        expected = expected + 2 * covariances.square().sum() / d
    torch.testing.assert_close(vicreg().published(z, w), expected, rtol=1e-9, atol=1e-9)


@given(pairs())
def test_align_uniform_publishes_distances_and_a_potential(pair):
    z, w = (normalize(x) for x in pair)
    potentials = [torch.pdist(x).square().mul(-2).exp().mean().log() for x in (z, w)]
    expected = (z - w).square().sum(1).mean() + sum(potentials) / 2
    torch.testing.assert_close(align_uniform().published(z, w), expected, rtol=1e-9, atol=1e-9)


@given(pairs())
def test_gaussian_infomax_is_a_divergence_between_covariances(pair):
    z, w = pair
    value = gaussian_infomax(variance=0.1)(z, w)
    log_dets = [torch.linalg.slogdet(x.T.cov(correction=0)).logabsdet for x in (z, w)]
    d = z.shape[1]
    entropy = sum(log_dets) / 2 + d * math.log(2 * math.pi * math.e)
    torch.testing.assert_close(value.uniformity, -entropy, rtol=1e-9, atol=1e-9)


def test_a_flat_prior_counts_both_entropies_and_the_embeddings_own_law_one():
    parts = Gaussian(), GaussianLogDeterminant()
    flat = Objective("flat", *parts, "mikulasch2026ldm", prior=Prior.FLAT)
    empirical = Objective("own", *parts, "mikulasch2026ldm", prior=Prior.EMPIRICAL)
    z = torch.randn(9, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    assert flat(z, z).uniformity.item() == pytest.approx(2 * empirical(z, z).uniformity.item())
    assert flat.matching is empirical.matching is Matching.MARGINAL


def test_the_bound_on_information_holds_for_the_true_model():
    # With the true conditional and the true entropy, -total estimates the information exactly:
    # here z = w + noise with w standard, so I = log(1 + 1 / 0.25) / 2 per axis.
    generator = torch.Generator().manual_seed(0)
    n, d, variance = 4096, 2, 0.25
    z = torch.randn(n, d, generator=generator, dtype=torch.float64)
    w = z + math.sqrt(variance) * torch.randn(n, d, generator=generator, dtype=torch.float64)
    information = d * math.log(1 + 1 / variance) / 2
    model = Gaussian(variance)
    for entropy in (KozachenkoLeonenko(), GaussianLogDeterminant(), ModelMarginal(model)):
        one_way = Objective("bound", model, entropy, "oord2018cpc", both_ways=False)
        # Its standard error: alignment sqrt(d / 2 n), entropy at most sqrt(d / 2 n + bias).
        assert -one_way(z, w).total.item() == pytest.approx(information, abs=5 * 2 * d / n**0.5)


def test_half_precision_is_accepted_and_widened():
    z = torch.randn(8, 3, generator=torch.Generator().manual_seed(0)).half()
    assert info_nce()(z, z).total.dtype == torch.float32


def test_densities_on_different_spaces_are_not_compared():
    clash = r"matches on Sphere\(\) but measures entropy on Euclidean\(\)"
    with pytest.raises(ValueError, match=clash):
        Objective("mixed", VonMisesFisher(), GaussianLogDeterminant(), "oord2018cpc")
    assert GaussianLogDeterminant().space == Euclidean()


def test_a_published_value_is_affine_in_the_halves():
    paper = Published(alignment=1 / nt.d, uniformity=2, shift=nt.log(nt.n))
    parts = Gaussian(), GaussianLogDeterminant()
    objective = Objective("affine", *parts, "oord2018cpc", paper=paper)
    z, w = torch.randn(2, 8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    value = objective(z, w)
    expected = value.alignment / 3 + 2 * value.uniformity + math.log(8)
    torch.testing.assert_close(objective.published(z, w), expected)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Gaussian(0.0), "`variance` must be positive, got 0.0"),
        (lambda: VonMisesFisher(-1.0), "`concentration` must be positive, got -1.0"),
        (lambda: KozachenkoLeonenko(0), "`neighbours` must be at least 1, got 0"),
    ],
)
def test_parts_say_which_parameters_they_want(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_a_singular_covariance_is_an_error_with_a_remedy():
    z = torch.randn(3, 4, generator=torch.Generator().manual_seed(0))
    with pytest.raises(ValueError, match="Give at least 5, or project to fewer dimensions"):
        gaussian_infomax()(z, z)


def test_an_objective_prints_as_mathematics():
    assert r"\kappa" in info_nce()._repr_latex_()
    assert "info nce" in info_nce()._repr_latex_()
