"""What many objectives feel on the way to every kind of collapse, side by side."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.paths import PATHS
from ssl_theory.collapse.profile import Profile, collapse_profile
from ssl_theory.latent_distribution_matching import Objective

__all__ = ["Row", "profile_table"]


class Row(NamedTuple):
    """One objective on one path."""

    objective: str
    kind: str
    verdict: str
    rise: float  # nats, once collapsed
    rate: float  # nats per e-fold at the end
    common: float | None  # curvature at collapse, both views moved together
    opposite: float | None  # and apart
    threshold: float | None  # the autocorrelation above which a mode leaves
    reason: str  # why there is no curvature

    @classmethod
    def of(cls, name: str, profile: Profile) -> "Row":
        """What a profile says."""
        bent = profile.curvature
        return cls(
            name,
            profile.kind.value,
            profile.verdict.value,
            profile.rise,
            profile.rate,
            bent.common,
            bent.opposite,
            bent.threshold,
            bent.reason,
        )


def profile_table(
    objectives: Iterable[Objective],
    *,
    kinds: Sequence[Kind] = PATHS,
    items: int = 64,
    steps: int = 7,
) -> Iterator[Row]:
    """One row for each objective and kind, as they are found.

    >>> from ssl_theory.objectives import gaussian_infomax, koleo
    >>> for row in profile_table([gaussian_infomax(), koleo()], kinds=[Kind.CLUSTER]):
    ...     print(row.objective, row.verdict)
    gaussian_infomax resists
    koleo forbids
    """
    for objective in objectives:
        near, _ = objective.nearest_size(items, 4)
        for kind in kinds:
            profile = collapse_profile(objective, kind=kind, items=near, steps=steps)
            yield Row.of(objective.name, profile)
