"""Whether runs are converged, from what a continuation of each gained."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.experiments.training import Training

__all__ = ["Findings", "findings"]

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Findings:
    """Of one run."""

    converged: bool
    sentence: str


def findings(
    training: Training, losses: Vector, before: Vector, after: Vector, later: Vector, field: bool
) -> Findings:
    """What the losses on the same fresh batches say: initial, trained and continued weights'.

    >>> fresh = np.array([1.0, 1.2, 0.8, 1.0])
    >>> training = Training(steps=100)
    >>> found = findings(training, fresh, fresh + 4, fresh, fresh - 0.01, field=False)
    >>> print(found.sentence)
    Converged: 20 further steps would lower the loss by 0.01 +- 0, at most 0.01 of \
the 4 by which training lowered it.
    """
    unfinished = np.flatnonzero(~np.isfinite(losses))
    if len(unfinished) or not np.isfinite([after.mean(), later.mean()]).all():
        step = f"from step {unfinished[0]} on" if len(unfinished) else "on fresh data"
        return Findings(False, f"UNCONVERGED: the loss is not finite {step}. Lower the rate.")
    certificate = training.certificate
    if certificate is None:
        return Findings(False, "UNCONVERGED as far as is known: no certificate was asked for.")
    gained = abs((before - after).mean()) if field else (before - after).mean()
    gain = after - later
    mean, error = float(gain.mean()), float(gain.std(ddof=1) / math.sqrt(len(gain)))
    if field:
        mean = abs(mean)
    converged = bool(mean + 2 * error <= certificate.tolerance * max(gained, 0.0))
    change, changed = ("change", "changed") if field else ("lower", "lowered")
    said = (
        f"{training.continuation} further steps would {change} the loss by {mean:.2g} +- "
        f"{error:.2g}, {'at most' if converged else 'not surely at most'} "
        f"{certificate.tolerance:.3g} of the {gained:.3g} by which training {changed} it."
    )
    return Findings(converged, f"{'Converged' if converged else 'UNCONVERGED'}: {said}")
