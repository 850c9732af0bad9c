"""What a score must be held against: no encoder, a rotation of the truth, and noise."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ssl_theory.identifiability.chance import random_rotation
from ssl_theory.identifiability.columns import standardised
from ssl_theory.identifiability.measure import Measure, Sizes, check_items
from ssl_theory.identifiability.score import Score

__all__ = ["Baseline", "Baselines", "baselines"]


@dataclass(frozen=True)
class Baseline:
    """A representation that identifies nothing, or not the axes; what it scores."""

    name: str
    score: Score | None  # none where the measure refuses this representation
    expected: float | None = None  # of independent latents, where known
    refusal: str = ""

    def __str__(self) -> str:
        if self.score is None:
            return f"  {self.name:<9}   none  {self.refusal}"
        known = "" if self.expected is None else f"  ({self.expected:.3f} of independent latents)"
        return f"  {self.name:<9} {self.score.value:6.3f}{known}"


@dataclass(frozen=True)
class Baselines:
    """The baselines of one measure, on the latents that a score is about."""

    measure: Measure
    rows: tuple[Baseline, ...]

    def __getitem__(self, name: str) -> Baseline:
        return {row.name: row for row in self.rows}[name]

    def __str__(self) -> str:
        return "\n".join([f"baselines of {self.measure}", *map(str, self.rows)])

    def beside(self, score: Score) -> str:
        """The score, what it does not say, and the baselines below it."""
        return "\n".join([str(score), *map(str, self.rows)])


def baselines(measure: Measure, latents: Any, observations: Any, seed: int) -> Baselines:
    """What ``measure`` says of three representations that no training was needed for.

    ``identity`` is the observations as they are, flattened: what the mixing leaves for an encoder
    to do. ``rotation`` is one uniform rotation of the latents, standardised first unless the
    measure is of lengths: all information, no axes. ``noise`` is normal, independent, of as many
    dimensions as the latents. Beside them stands what independent latents score on average, where
    that is known.

    >>> from ssl_theory.identifiability.linear_r2 import LinearR2
    >>> z = np.random.default_rng(0).uniform(size=(1000, 2))
    >>> print(baselines(LinearR2(), z, z @ [[1.0, 1], [1, -1]], seed=0)["rotation"])
      rotation   1.000  (1.000 of independent latents)
    """
    observations = np.asarray(observations)
    z, x = check_items(latents, observations.reshape(len(observations), -1))
    generator = np.random.default_rng(seed)
    n, d = z.shape
    representations = {
        "identity": x,
        "rotation": (z if measure.of_lengths else standardised(z)) @ random_rotation(d, generator),
        "noise": generator.standard_normal((n, d)),
    }
    rows = []
    for name, h in representations.items():
        try:
            score = measure(z, h)
        except ValueError as refused:
            rows.append(Baseline(name, None, None, str(refused)))
            continue
        known = measure.expected.get(name)
        rows.append(Baseline(name, score, known and known(measure, Sizes(n, d, h.shape[1]))))
    return Baselines(measure, tuple(rows))
