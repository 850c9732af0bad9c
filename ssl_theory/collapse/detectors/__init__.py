"""One detector for each kind of collapse."""

from ssl_theory.collapse.detector import Detector
from ssl_theory.collapse.detectors.complete import complete as complete

DETECTORS: tuple[Detector, ...] = (complete,)

__all__ = ["DETECTORS", "complete"]
