"""How sure it is that a channel fell, of the same items embedded twice."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import t as student

from ssl_theory.collapse.detector import Detector
from ssl_theory.collapse.detectors import CHANNELS, DETECTORS, measure
from ssl_theory.collapse.observation import Observation
from ssl_theory.diagnostics.intervals import change, exchangeable_blocks, interval

__all__ = ["Change", "changes"]

BLOCKS = 20


class Change(NamedTuple):
    """A channel before and after, and the chance of such a loss if it was within the tolerance."""

    channel: str
    before: float
    after: float
    p_value: float


def changes(
    before: Observation,
    after: Observation,
    detectors: Sequence[Detector] = DETECTORS,
    *,
    tolerance: float = 1.0,
    seed: int = 0,
) -> Iterator[Change]:
    """Of every channel that both have.

    The loss is a difference of two numbers of the same items, so what is particular to those
    happens to both alike and cancels. A block of items at a time is left out of both, and what
    that changes tells its error; the hypothesis is that the loss is at most the channel's
    tolerance, times ``tolerance``. Moments of a trajectory share a block.
    [busing1999delete]
    """
    rows = exchangeable_blocks(len(after.z), groups=after.trajectories, blocks=BLOCKS, seed=seed)
    counts = [len(block) for block in rows]
    whole = measure(before, detectors), measure(after, detectors)
    without = [
        (measure(before.part(rest), detectors), measure(after.part(rest), detectors))
        for rest in (np.setdiff1d(np.arange(len(after.z)), block) for block in rows)
    ]
    for name in whole[0]:
        if name not in whole[1]:
            continue
        values = [[found[which][name] for found in without] for which in (0, 1)]
        if not np.isfinite([whole[0][name], whole[1][name], *values[0], *values[1]]).all():
            continue
        one, two = (
            interval(whole[which][name], values[which], counts, logarithmic=False)
            for which in (0, 1)
        )
        channel = CHANNELS[name]
        found = change(one, two)
        loss = channel.loss(0.0, found.estimate) - tolerance * channel.tolerance
        reach = student.ppf((1 + found.level) / 2, found.blocks - 1)
        error = (found.high - found.low) / (2 * reach)
        # What every block leaves as it is has no error: it fell by more, or it did not.
        score = loss / error if error else np.inf * (1 if loss > 0 else -1)
        yield Change(name, whole[0][name], whole[1][name], float(student.sf(score, BLOCKS - 1)))
