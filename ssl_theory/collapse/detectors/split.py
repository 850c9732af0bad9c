"""Split: projector and backbone part ways."""

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.detectors.complete import complete
from ssl_theory.collapse.detectors.dimensional import dimensional
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["split"]

WATCHED = (complete, dimensional)
PLACE = " at the backbone"


def _measure(seen: Observation) -> dict[str, float]:
    there = seen.tap("backbone")
    return {
        name + PLACE: value
        for detector in WATCHED
        for name, value in detector.measure(there).items()
    }


split = Detector(
    Kind.SPLIT,
    tuple(
        Channel(channel.name + PLACE, channel.worse, channel.tolerance)
        for detector in WATCHED
        for channel in detector.channels
    ),
    _measure,
    sees="variance and participation ratio of what the projector is given, beside those of what "
    "it makes of it",
    blind_to="a collapse of both alike, which the other detectors see",
    needs=frozenset({"backbone"}),
)
