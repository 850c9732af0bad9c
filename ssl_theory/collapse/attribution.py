"""Which kind of collapse it is, from how far each channel has fallen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ssl_theory.collapse.detectors import CHANNELS, DETECTORS
from ssl_theory.collapse.kinds import Kind

__all__ = ["Cause", "attribute"]

QUARTER = float(np.log(4 / 3))  # what losing a quarter of even directions takes off their number
STILL = 0.5  # of the tolerance: what fell by less has not moved

VARIANCE, DRIFT = "log variance", "log variance share"
RANK, RANK_THERE = "log participation ratio", "log participation ratio at the backbone"
GAP, CELLS, NEIGHBOURS = "sphericity gap", "log spread within cells", "log distance to neighbours"
LOCAL, MOTION, VIEWS = "log local dimension", "log motion", "log view noise"
LOST, PREDICTION = "share of items that are not finite", "log odds of prediction"
PERPLEXITY, DEAD_CODES = "log perplexity of codes", "share of dead codes"
EMBEDDINGS = (VARIANCE, DRIFT, RANK, GAP, CELLS, NEIGHBOURS, LOCAL, MOTION, VIEWS)


@dataclass(frozen=True)
class Cause:
    """A kind of collapse, the channel that shows it best, and why it is this kind."""

    kind: Kind
    channel: str
    loss: float  # in units of the tolerance
    reason: str

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.reason} ({self.channel}, {self.loss:.1f} tolerances)"


def attribute(losses: Mapping[str, float]) -> tuple[Cause, ...]:
    """The kinds of collapse that explain the losses, the likeliest first; none if all are small.

    Every kind of which a channel lost more than its tolerance is listed. First come those that
    show in a channel of their own, then those that show in many: what gathers in clusters has
    few directions as well, but what has few directions need not be clustered. A kind whose
    channel fell because another did comes after that one.

    Parameters
    ----------
    losses
        How much worse each channel became, in units of its tolerance; those that are not there,
        or are NaN, count as unmoved.

    Examples
    --------
    >>> [c.kind.value for c in attribute({"log variance": 5.0, "log variance share": 4.0})]
    ['complete', 'mean-drift']
    """
    x = _Losses({name: value for name, value in losses.items() if not np.isnan(value)})
    reasons: dict[Kind, str] = {}
    for kind, reason in _ordered(x):
        reasons.setdefault(kind, reason)
    found = []
    for kind, reason in reasons.items():
        name = max((c.name for c in _CHANNELS_OF[kind]), key=x.__getitem__)
        if kind is Kind.SPLIT:
            name = max((RANK, RANK_THERE), key=x.__getitem__)
        if x[name] > 1:
            found.append(Cause(kind, name, x[name], reason))
    return tuple(found)


@dataclass(frozen=True)
class _Losses:
    by_name: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self.by_name.get(name, 0.0)

    def nats(self, name: str) -> float:
        return self[name] * CHANNELS[name].tolerance


def _ordered(x: _Losses) -> Iterator[tuple[Kind, str]]:
    """Every kind that could be, the likeliest first; one that comes twice counts as the first."""
    if x[LOST] > 1:
        yield Kind.NUMERIC, "there are numbers that overflowed"
    yield Kind.DEAD_UNITS, "units of the layer stopped varying"
    yield Kind.PARTIAL_PROTOTYPE, "prototypes came to coincide"
    yield Kind.TOKEN, "tokens of an item became alike"
    # Codes and predictions are made of embeddings, so what befalls those shows in these as well.
    embeddings = max(x[name] for name in EMBEDDINGS)
    if max(x[PERPLEXITY], x[DEAD_CODES]) >= embeddings:
        yield Kind.CODEBOOK, "fewer codes are used, or less evenly"
    if x[PREDICTION] >= embeddings:
        yield Kind.PREDICTOR_IDENTITY, "predictions became multiples of their inputs"
    if x[MOTION] >= max(x[RANK], x[CELLS]):
        yield Kind.TEMPORAL, "variance left trajectories, more than it left directions or cells"
    if x[VARIANCE] <= 1 and x[VIEWS] >= x[LOCAL]:
        yield Kind.AUGMENTATION, "views of an item differ more, and the variance has not shrunk"
    if x[VARIANCE] <= 1:
        yield Kind.NUMERIC, "rounding became a part of the variance that has not shrunk"
    yield from _of_the_shape(x)
    yield Kind.AUGMENTATION, "views of an item differ more, beside items that differ less"
    yield Kind.NUMERIC, "rounding is what is left of the variance"
    yield Kind.TEMPORAL, "variance left trajectories, as it left directions or cells"
    yield Kind.CODEBOOK, "fewer codes are used, or less evenly, as embeddings lost more"
    yield Kind.PREDICTOR_IDENTITY, "predictions became multiples of inputs that lost more"


def _of_the_shape(x: _Losses) -> Iterator[tuple[Kind, str]]:
    if x[LOCAL] > max(x[CELLS], x[NEIGHBOURS], x[RANK]):
        yield Kind.LOCAL, "directions were lost around items, more than in all"
    # Moving to centroids takes variance away, too; of even items in many dimensions some four
    # times as much as the cells show, for hardly any of their variance is between cells.
    gathered = x.nats(CELLS) >= 0.25 * x.nats(VARIANCE)
    # Of items in groups, the strong directions are those between: with rank falls some spread.
    if gathered and (x[VARIANCE] > 1 or x.nats(CELLS) >= 0.6 * x.nats(RANK)):
        yield Kind.CLUSTER, "items gathered around points, more than their covariance tells"
    # A direction that is lost takes its variance along; more than that is lost by all alike.
    if x.nats(VARIANCE) > x.nats(RANK):
        yield Kind.COMPLETE, "the variance shrank, more than lost directions explain"
    flattened = x[RANK] > 1 and (x.nats(RANK) > QUARTER or x.nats(GAP) < 2 * x.nats(RANK))
    if flattened:
        if x[RANK_THERE] < STILL and RANK_THERE in x.by_name:
            yield Kind.SPLIT, "directions were lost by the projector and not by the backbone"
        yield Kind.DIMENSIONAL, "the variance gathered in fewer directions"
    elif x[RANK] < STILL and x[RANK_THERE] > 1 and RANK in x.by_name:
        yield Kind.SPLIT, "directions were lost by the backbone and not by the projector"
    yield Kind.TAIL, "weak directions became weaker"
    yield Kind.DIMENSIONAL, "the variance gathered in fewer directions, because weak ones vanished"
    yield Kind.COMPLETE, "the variance shrank, as directions were lost"
    yield Kind.CLUSTER, "items are nearer to each other, as directions were lost"
    yield Kind.LOCAL, "fewer directions are left around items, as elsewhere"
    still = "has shrunk" if x[VARIANCE] > STILL else "has not shrunk"
    yield Kind.MEAN_DRIFT, f"the mean outgrew the spread, which {still}"


_CHANNELS_OF = {detector.kind: detector.channels for detector in DETECTORS}
