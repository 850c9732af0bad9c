"""One detector for each kind of collapse, and all that they measure."""

from collections.abc import Iterable

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.detectors.augmentation import augmentation as augmentation
from ssl_theory.collapse.detectors.cluster import cluster as cluster
from ssl_theory.collapse.detectors.codebook import codebook as codebook
from ssl_theory.collapse.detectors.complete import complete as complete
from ssl_theory.collapse.detectors.dead_units import dead_units as dead_units
from ssl_theory.collapse.detectors.dimensional import dimensional as dimensional
from ssl_theory.collapse.detectors.local import local as local
from ssl_theory.collapse.detectors.mean_drift import mean_drift as mean_drift
from ssl_theory.collapse.detectors.numeric import numeric as numeric
from ssl_theory.collapse.detectors.partial_prototype import (
    partial_prototype as partial_prototype,
)
from ssl_theory.collapse.detectors.predictor_identity import (
    predictor_identity as predictor_identity,
)
from ssl_theory.collapse.detectors.split import split as split
from ssl_theory.collapse.detectors.tail import tail as tail
from ssl_theory.collapse.detectors.temporal import temporal as temporal
from ssl_theory.collapse.detectors.token import token as token
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import NEIGHBOURS, Observation

__all__ = ["CHANNELS", "DETECTORS", "KIND_OF", "measure"]

DETECTORS: tuple[Detector, ...] = (
    numeric,
    complete,
    dimensional,
    tail,
    cluster,
    local,
    mean_drift,
    dead_units,
    codebook,
    partial_prototype,
    predictor_identity,
    temporal,
    token,
    augmentation,
    split,
)
CHANNELS: dict[str, Channel] = {c.name: c for detector in DETECTORS for c in detector.channels}
KIND_OF: dict[str, Kind] = {c.name: d.kind for d in DETECTORS for c in d.channels}

FEWEST = NEIGHBOURS + 6  # items of which anything is measured


def measure(seen: Observation, detectors: Iterable[Detector] = DETECTORS) -> dict[str, float]:
    """Every channel that an observation has all for, in the order of the detectors.

    Items that are not finite are counted, and then left out of everything else. Of fewer than 16
    that are left nothing else is measured: those channels are NaN, so that channels stay the same
    from one moment to the next.

    >>> four_directions = 4 * [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]
    >>> list(measure(Observation.of(four_directions), [complete, dimensional]))
    ['log variance', 'log participation ratio']
    """
    found: dict[str, float] = {}
    for detector in detectors:
        if not detector.applies(seen):
            continue
        if detector.kind is Kind.NUMERIC:
            found |= detector.measure(seen)
        elif len(seen.sound.z) >= FEWEST:
            found |= detector.measure(seen.sound)
        else:
            found |= dict.fromkeys((c.name for c in detector.channels), float("nan"))
    return found
