"""What every objective must satisfy, whoever wrote it.

Obligations are data: :func:`conformance` yields them, anything may run them. One that is not
met raises ``AssertionError`` with a sentence and both numbers.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import torch
from hypothesis import HealthCheck, given, settings
from torch import Generator, Tensor

from ssl_theory import notation as nt
from ssl_theory.checks.gradients import agrees_with_differences, field, is_the_stated_field
from ssl_theory.checks.samples import drawn, example, pairs_for, sizes
from ssl_theory.checks.strategies import generators
from ssl_theory.latent_distribution_matching import Matching, Objective, Relation
from ssl_theory.references import cite
from ssl_theory.symmetries import Symmetry

__all__ = ["Check", "conformance"]

ROUNDING = 1e-9  # float64, after sums of at most a few hundred terms
WITNESSES = 20  # independent draws in search of one that a symmetry changes
EFFORT = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no fault of an objective
)
CHANGE = 1e-6  # a change above this is none of rounding's doing


class Check(NamedTuple):
    """A named obligation of one objective; ``run()`` raises if it is not met."""

    name: str
    run: Callable[[], object]


def conformance(objective: Objective) -> Iterator[Check]:
    """Every obligation of ``objective``, cheapest first."""
    check = lambda name, obligation, *rest: Check(name, partial(obligation, objective, *rest))  # noqa: E731
    yield Check("source is in the bibliography", partial(cite, objective.source))
    yield check("halves add up to the total", _halves_add_up)
    yield check("two items suffice or the error says how many", _two_items_suffice_or_say_why)
    yield check("huge inputs stay finite", _huge_inputs_stay_finite)
    yield check("inputs are left alone", _inputs_are_left_alone)
    yield check("half precision is computed in float32", _half_precision_is_widened)
    if objective.matching is Matching.STOP_GRADIENT:
        yield check("halves cancel in value", _halves_cancel)
        yield check("gradient is the stated field", _gradient_is_the_stated_field)
    else:
        yield check("gradients agree with differences", _gradients_agree)
    if objective.uniformity.relation is Relation.CONSTRAINT:
        yield check("constraint holds the entropy fixed", _entropy_is_held_fixed)
    if objective.both_ways:
        yield check("views are exchangeable", _views_are_exchangeable)
    else:
        yield check("views are not exchangeable", _views_are_not_exchangeable)
    for symmetry in Symmetry:
        if symmetry in objective.symmetries:
            yield check(f"unchanged by {symmetry.value}", _unchanged, symmetry)
        else:
            yield check(f"changed by {symmetry.value}", _changed, symmetry)
    yield check("formulas agree with code", _formulas_agree_with_code)
    yield check("published value agrees with its formula", _published_value_agrees)


def _formulas_agree_with_code(objective: Objective) -> None:
    # Both halves, not only their sum: a normaliser that cancels in the sum hides there.
    for items, dimensions in sizes(objective):
        z, w = (objective.model.space.project(x) for x in example(items, dimensions))
        alignment, uniformity = objective.formulas()
        log_density = objective.model.log_density(w, given=z).mean()
        entropy = objective.entropies * objective.uniformity.entropy(w, given=z)
        for formula, code in (
            (alignment, -log_density),
            (uniformity, -entropy),
            (objective.formula(), -log_density - entropy),
        ):
            paper = nt.evaluate(formula, z.numpy(), w.numpy())
            _equal(objective, code.item(), paper, f"its formula {nt.latex(formula)}")


def _published_value_agrees(objective: Objective) -> None:
    for items, dimensions in sizes(objective)[:2]:
        z, w = (objective.model.space.project(x) for x in example(items, dimensions))
        formula = objective.paper.formula(*objective.formulas())
        ways = ((z, w), (w, z)) if objective.both_ways else ((z, w),)
        paper = sum(nt.evaluate(formula, a.numpy(), b.numpy()) for a, b in ways) / len(ways)
        _equal(objective, objective.published(z, w).item(), paper, "its published formula")


def _equal(objective: Objective, ours: float, theirs: float, what: str) -> None:
    assert abs(theirs - ours) <= ROUNDING * max(1, abs(theirs)), (
        f"`{objective.name}` computes {ours:.12g} where {what} gives {theirs:.12g}"
    )


def _halves_add_up(objective: Objective) -> None:
    space = objective.model.space
    z, w = (space.project(x) for x in drawn(objective))
    ways = ((z, w), (w, z)) if objective.both_ways else ((z, w),)
    mean = lambda terms: sum(term.item() for term in terms) / len(ways)  # noqa: E731
    alignment = mean(-objective.model.log_density(b, given=a).mean() for a, b in ways)
    entropy = mean(objective.uniformity.entropy(b, given=a) for a, b in ways)
    value = objective(z, w)
    _equal(objective, value.alignment.item(), alignment, "the mean of its log density")
    _equal(
        objective,
        value.uniformity.item(),
        -objective.entropies * entropy,
        f"{objective.entropies} times its entropy",
    )
    _equal(
        objective, value.total.item(), sum(half.item() for half in value), "the sum of its halves"
    )


def _two_items_suffice_or_say_why(objective: Objective) -> None:
    z, w = example(2, objective.nearest_size(2, 2)[1])
    try:
        total = objective(z, w).total
    except ValueError as error:
        complaint = str(error)
    else:
        assert total.isfinite(), f"`{objective.name}` is {total.item()} on two items"
        return
    assert "items" in complaint, f"`{objective.name}` refuses two items, saying: {complaint}"


def _huge_inputs_stay_finite(objective: Objective) -> None:
    z, w = drawn(objective)
    for scale in (1e-3, 1e3, 1e12):
        for half in objective(scale * z, scale * w):
            assert half.isfinite(), f"`{objective.name}` is {half.item()} on inputs of size {scale}"


def _inputs_are_left_alone(objective: Objective) -> None:
    views = drawn(objective)
    before = [x.clone() for x in views]
    objective(*views)
    unchanged = all(torch.equal(x, y) for x, y in zip(views, before, strict=True))
    assert unchanged, f"`{objective.name}` writes into its inputs"


def _half_precision_is_widened(objective: Objective) -> None:
    z, w = (x.bfloat16() for x in drawn(objective))
    half, single = (objective.level(*views) for views in ((z, w), (z.float(), w.float())))
    assert torch.equal(half.double(), single.double()), (
        f"`{objective.name}` computes {half.item():.9g} from bfloat16 views where the same "
        f"numbers in float32 give {single.item():.9g}"
    )


def _gradients_agree(objective: Objective) -> None:
    agrees_with_differences(objective, *drawn(objective, items=8))


def _gradient_is_the_stated_field(objective: Objective) -> None:
    is_the_stated_field(objective, *drawn(objective, items=8))


def _halves_cancel(objective: Objective) -> None:
    value = objective(*drawn(objective))
    _equal(objective, value.uniformity.item(), -value.alignment.item(), "minus its alignment")


def _entropy_is_held_fixed(objective: Objective) -> None:
    space = objective.model.space
    entropies = []
    for seed in range(5):
        z, w = (space.project((1 + seed) * x) for x in drawn(objective, seed))
        entropies.append(objective.uniformity.entropy(w, given=z))
    first = entropies[0]
    for entropy in entropies:
        assert (entropy - first).abs() <= CHANGE * first.abs().clamp_min(1), (
            f"the constraint of `{objective.name}` lets the entropy go from {first.item():.9g} "
            f"to {entropy.item():.9g}"
        )


def _views_are_exchangeable(objective: Objective) -> None:
    @EFFORT
    @given(pairs_for(objective))
    def check(pair):
        z, w = pair
        there, back = objective.level(z, w), objective.level(w, z)
        _close(objective, there, back, "exchanging the views")

    check()


def _views_are_not_exchangeable(objective: Objective) -> None:
    # By what moves them, for two reasons: a target that is held fixed may stand level with its
    # context, and a level that changes has a gradient that changes too.
    for seed in range(WITNESSES):
        z, w = drawn(objective, seed)
        there, back = field(objective, z, w), field(objective, w, z)
        if any((x - y).abs().max() > CHANGE for x, y in zip(there, back[::-1], strict=True)):
            return
    raise AssertionError(
        f"exchanging the views never changed `{objective.name}`; declare `both_ways=True`"
    )


def _unchanged(objective: Objective, symmetry: Symmetry) -> None:
    @EFFORT
    @given(pairs_for(objective), generators())
    def check(pair: tuple[Tensor, Tensor], generator: Generator) -> None:
        moved = symmetry.act(*pair, generator)
        _close(objective, objective.level(*pair), objective.level(*moved), symmetry.value)

    check()


def _close(objective: Objective, before: Tensor, after: Tensor, act: str) -> None:
    assert (after - before).abs() <= CHANGE * before.abs().clamp_min(1), (
        f"`{objective.name}` declares that {act} changes nothing, but it goes "
        f"from {before.item():.9g} to {after.item():.9g}"
    )


def _changed(objective: Objective, symmetry: Symmetry) -> None:
    for seed in range(WITNESSES):
        # Of several sizes: a penalty may look like another until an error exceeds its threshold.
        z, w = (2.0 ** (seed % 4) * x for x in drawn(objective, seed))
        moved = symmetry.act(z, w, Generator().manual_seed(seed))
        before, after = objective.level(z, w), objective.level(*moved)
        if (after - before).abs() > CHANGE * before.abs().clamp_min(1):
            return
    raise AssertionError(
        f"{symmetry.value} left `{objective.name}` at {before.item():.9g} in {WITNESSES} draws; "
        "declare it in `symmetries`"
    )
