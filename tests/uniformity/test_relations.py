"""An estimate finds the entropy of every law, and a bound stays above it and misses one."""

import math

import pytest
import torch

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian, VonMisesFisher
from ssl_theory.checks.samples import example
from ssl_theory.latent_distribution_matching import Matching, Relation
from ssl_theory.objectives import CATALOGUE
from ssl_theory.spaces import Euclidean, Sphere
from ssl_theory.uniformity import (
    GaussianLogDeterminant,
    Hinge,
    JointKernelDensity,
    JointLogDeterminant,
    KernelDensity,
    KozachenkoLeonenko,
    MeanEntropy,
    ModelMarginal,
    PooledMarginal,
    QuadraticRenyi,
)
from tests.uniformity.laws import LAWS, around_a_pole, estimates, uniform_sphere

PARTS = [
    GaussianLogDeterminant(),
    Hinge(),
    JointKernelDensity(Gaussian(0.5)),
    JointLogDeterminant(),
    KernelDensity(Gaussian(0.5)),
    KernelDensity(VonMisesFisher(3.0)),
    KozachenkoLeonenko(neighbours=1),
    KozachenkoLeonenko(neighbours=3),
    ModelMarginal(Gaussian(0.5)),
    ModelMarginal(VonMisesFisher(3.0)),
    PooledMarginal(Gaussian(0.5)),
    PooledMarginal(VonMisesFisher(3.0), partner=False),
    QuadraticRenyi(Gaussian(0.5)),
    QuadraticRenyi(VonMisesFisher(3.0)),
]
BIASED = [  # by what an item says of itself, as one over the items
    JointKernelDensity(Gaussian(0.5), itself=True),
    KernelDensity(VonMisesFisher(3.0), itself=True),
]


def excess(part):
    """By how much the part exceeds the entropy of each law, and the standard error of that.

    The two views are drawn apart, so a pair has twice the entropy of one.
    """
    views = 2 if part.matching is Matching.JOINT else 1
    in_the_plane = [law for name, law in LAWS.items() if name.endswith("2")]
    on_the_sphere = [uniform_sphere(3), around_a_pole(3)]
    for law in on_the_sphere if part.space == Sphere() else in_the_plane:
        found = estimates(part, law, items=400, batches=8)
        error = found.std().item() / math.sqrt(len(found))
        assert error < 0.05
        yield found.mean().item() - views * law.entropy, error


def test_every_claim_in_the_catalogue_is_put_to_these_laws():
    claims = {
        type(part)
        for part in (make().uniformity for make in CATALOGUE)
        if part.relation in (Relation.ESTIMATE, Relation.UPPER_BOUND)
    }
    # The mean of predicted codes is the one entropy here that is not of a density.
    assert claims <= {type(part) for part in PARTS} | {MeanEntropy}


@pytest.mark.parametrize("part", [p for p in PARTS if p.relation is Relation.ESTIMATE], ids=repr)
def test_an_estimate_is_the_entropy_whatever_the_law(part):
    for gap, error in excess(part):
        assert abs(gap) < 5 * error


@pytest.mark.parametrize("part", [p for p in PARTS if p.relation is Relation.UPPER_BOUND], ids=repr)
def test_a_bound_is_never_below_the_entropy(part):
    assert all(gap > -5 * error for gap, error in excess(part))


@pytest.mark.parametrize(
    "part", [GaussianLogDeterminant(), KernelDensity(VonMisesFisher(3.0))], ids=repr
)
def test_what_misses_the_entropy_of_some_law_is_not_called_an_estimate(part):
    assert max(gap / error for gap, error in excess(part)) > 20
    assert part.relation is Relation.UPPER_BOUND


def test_the_quadratic_renyi_entropy_is_below_the_entropy_when_its_kernel_is_sharp():
    # Renyi entropies fall with the order, so at a vanishing width this is no upper bound.
    gaps = [gap / error for gap, error in excess(QuadraticRenyi(Gaussian(0.01)))]
    assert min(gaps) < -5
    assert QuadraticRenyi(Gaussian(0.01)).relation is Relation.SURROGATE


@pytest.mark.parametrize("part", PARTS + BIASED, ids=repr)
@pytest.mark.parametrize(("n", "d"), [(6, 2), (8, 3)])
def test_the_formula_is_the_code(part, n, d):
    space = part.space or Euclidean()
    z, w = (space.project(x) for x in example(n, d, seed=n))
    ours = part.entropy(w, given=z).item()
    assert nt.evaluate(part.formula(), z.numpy(), w.numpy()) == pytest.approx(ours, abs=1e-9)


@pytest.mark.parametrize("part", PARTS, ids=repr)
def test_single_precision_agrees_with_double(part):
    space = part.space or Euclidean()
    z, w = (space.project(x) for x in example(40, 3))
    single = part.entropy(w.float(), given=z.float())
    torch.testing.assert_close(single.double(), part.entropy(w, given=z), rtol=1e-5, atol=1e-5)
