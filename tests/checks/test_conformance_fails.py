"""Each obligation can fail: a planted fault turns it red, in a sentence with both numbers."""

from dataclasses import dataclass, replace

import pytest
import sympy as sp
import torch
from torch import nn

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian, VonMisesFisher
from ssl_theory.checks import conformance
from ssl_theory.latent_distribution_matching import (
    Matching,
    Objective,
    Published,
    Relation,
    Uniformity,
)  # fmt: skip
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry
from ssl_theory.uniformity import GaussianLogDeterminant, Hinge, ModelMarginal


def run(objective, name):
    (check,) = (c for c in conformance(objective) if c.name == name)
    check.run()


def infomax(**parts):
    chosen = {"model": Gaussian(0.1), "uniformity": GaussianLogDeterminant()} | parts
    return Objective("planted", source="oord2018cpc", **chosen)


@dataclass(frozen=True)
class WrongNormaliser(Gaussian):
    def log_density(self, w, *, given):
        return super().log_density(w, given=given) - 0.5


@dataclass(frozen=True)
class OneSided(Gaussian):
    def log_density(self, w, *, given):
        return super().log_density(w, given=given.detach())


@dataclass(frozen=True)
class Writes(Gaussian):
    def log_density(self, w, *, given):
        return super().log_density(w.add_(1), given=given)


@dataclass(frozen=True)
class Timid(Gaussian):
    @property
    def symmetries(self):
        return ISOMETRIES - {Symmetry.ROTATION}


@dataclass(frozen=True)
class Bold(Hinge):
    @property
    def symmetries(self):
        return ISOMETRIES


@dataclass(frozen=True)
class Secretive(GaussianLogDeterminant):
    def entropy(self, w, *, given):
        if len(w) < 4:
            raise ValueError("no.")
        return super().entropy(w, given=given)


@dataclass(frozen=True)
class Overflows(VonMisesFisher):
    def log_density(self, w, *, given):
        return super().log_density(w, given=given).exp().log() * float("inf")


@dataclass(frozen=True)
class Askew(GaussianLogDeterminant):
    def entropy(self, w, *, given):
        return super().entropy(w, given=given) + given.norm()


@dataclass(frozen=True)
class Balanced(GaussianLogDeterminant):
    def entropy(self, w, *, given):
        return super().entropy(w, given=given) + super().entropy(given, given=w)


FAULTS = [
    ("source is in the bibliography", replace(infomax(), source="nobody1900"), "no entry"),
    ("formulas agree with code", infomax(model=WrongNormaliser(0.1)), r"computes .* gives"),
    ("gradients agree with differences", infomax(model=OneSided(0.1)), "Jacobian"),
    ("inputs are left alone", infomax(model=Writes(0.1)), "writes into its inputs"),
    ("changed by rotation", infomax(model=Timid(0.1)), "rotation left `planted` at"),
    ("unchanged by rotation", infomax(uniformity=Bold()), "declares that rotation"),
    ("two items suffice or the error says how many", infomax(uniformity=Secretive()), "refuses"),
    (
        "views are not exchangeable",
        replace(infomax(uniformity=Balanced()), both_ways=False),
        "declare `both_ways=True`",
    ),
    (
        "views are exchangeable",
        None,  # below: needs an objective that lies about averaging
        "exchanging the views",
    ),
    (
        "huge inputs stay finite",
        Objective("planted", Overflows(), ModelMarginal(VonMisesFisher()), "oord2018cpc"),
        "is -?(inf|nan) on inputs",
    ),
]


class Unbalanced(Objective):
    def __call__(self, z, w):
        value = super().__call__(z, w)
        return value._replace(alignment=value.alignment + z.norm())


@pytest.mark.parametrize(("name", "objective", "complaint"), FAULTS, ids=[f[0] for f in FAULTS])
def test_an_obligation_that_is_not_met_fails_in_a_sentence(name, objective, complaint):
    objective = objective or Unbalanced("planted", Gaussian(), Hinge(), "oord2018cpc")
    with pytest.raises((AssertionError, KeyError), match=complaint):
        run(objective, name)


def test_halves_that_do_not_add_up_fail():
    lies = Unbalanced("planted", Gaussian(), Hinge(), "oord2018cpc")
    with pytest.raises(AssertionError, match=r"computes .* where the mean of its log density"):
        run(lies, "halves add up to the total")


class Misread(Published):
    def read(self, value, *, items, dimensions):
        return super().read(value, items=items, dimensions=dimensions) + 1


def test_a_published_value_that_is_not_its_formula_fails():
    lies = replace(infomax(), paper=Misread(shift=nt.log(nt.n)))
    with pytest.raises(AssertionError, match="its published formula"):
        run(lies, "published value agrees with its formula")


class Narrow(Objective):
    def __call__(self, z, w):
        value = super().__call__(z, w)
        return value._replace(alignment=value.alignment.to(z.dtype))


def test_half_precision_that_is_not_widened_fails():
    lies = Narrow("planted", Gaussian(), Hinge(), "oord2018cpc")
    with pytest.raises(AssertionError, match="from bfloat16 views"):
        run(lies, "half precision is computed in float32")


@dataclass(frozen=True)
class Held(Uniformity):
    """What a stop-gradient objective uses for an entropy; the planted ones get it wrong."""

    model: Gaussian
    still: bool = True
    space = Euclidean()
    relation = Relation.IMPLICIT
    matching = Matching.STOP_GRADIENT
    symmetries = ISOMETRIES

    def entropy(self, w, *, given):
        context = given.detach() if self.still else given
        return -self.model.log_density(w, given=context).mean()

    def formula(self):
        return -nt.mean(self.model.formula((nt.w, nt.i), given=(nt.z, nt.i)), nt.i)


@dataclass(frozen=True)
class OffByOne(Held):
    def entropy(self, w, *, given):
        return super().entropy(w, given=given) + 1


@dataclass(frozen=True)
class Conserved(Uniformity):
    """A constraint, kept or not."""

    leak: float
    space = None
    relation = Relation.CONSTRAINT
    matching = Matching.MARGINAL
    symmetries = ISOMETRIES

    def entropy(self, w, *, given):
        return 1 + self.leak * (w - w.mean(0)).square().sum()

    def formula(self):
        return sp.Integer(1)


PAIRED = [
    ("gradient is the stated field", Held(Gaussian()), Held(Gaussian(), still=False), "differs by"),
    ("halves cancel in value", Held(Gaussian()), OffByOne(Gaussian()), "minus its alignment"),
    ("constraint holds the entropy fixed", Conserved(0.0), Conserved(0.1), "entropy go from"),
]


@pytest.mark.parametrize(("name", "kept", "broken", "complaint"), PAIRED)
def test_an_obligation_tells_the_one_that_keeps_it_from_the_one_that_does_not(
    name, kept, broken, complaint
):
    run(infomax(model=Gaussian(), uniformity=kept), name)
    with pytest.raises(AssertionError, match=complaint):
        run(infomax(model=Gaussian(), uniformity=broken), name)


def test_a_target_held_fixed_is_no_context_even_where_both_stand_level():
    one_way = replace(infomax(model=Gaussian(), uniformity=Held(Gaussian())), both_ways=False)
    run(one_way, "views are not exchangeable")


def test_a_field_of_parameters_is_checked_too():
    # The predictor of a stop-gradient objective is trained; its target must not be.
    class Shift(nn.Module):
        def __init__(self):
            super().__init__()
            self.by = nn.Parameter(torch.ones(3, dtype=torch.float64))

    @dataclass(frozen=True)
    class Shifted(Gaussian):
        shift: nn.Module = None

        def log_density(self, w, *, given):
            return super().log_density(w, given=given + self.shift.by)

    @dataclass(frozen=True)
    class Frozen(Held):
        def entropy(self, w, *, given):
            still = Shift().requires_grad_(False)
            still.load_state_dict(self.model.shift.state_dict())
            model = Shifted(self.model.variance, still)
            return -model.log_density(w, given=given.detach()).mean()

    model = Shifted(1.0, Shift())
    run(infomax(model=model, uniformity=Frozen(model)), "gradient is the stated field")
    with pytest.raises(AssertionError, match="moves along a field that differs"):
        run(infomax(model=model, uniformity=Held(model)), "gradient is the stated field")


def test_an_objective_is_only_tried_where_it_is_defined():
    @dataclass(frozen=True)
    class Narrow(Gaussian):
        dimensions = (2,)
        items = (7, 9)

        def log_density(self, w, *, given):
            assert w.shape[-1] == 2 and w.shape[0] in (2, 7, 9)
            return super().log_density(w, given=given)

    for check in conformance(infomax(model=Narrow(0.1))):
        check.run()


def test_an_honest_objective_meets_every_obligation():
    for check in conformance(infomax()):
        check.run()


def test_obligations_are_named_once():
    names = [check.name for check in conformance(infomax())]
    assert len(names) == len(set(names))
    assert torch.get_default_dtype() == torch.float32
