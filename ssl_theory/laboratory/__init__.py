"""The headline experiments: nonlinear encoders trained where theory says what they must find.

One experiment a file. Each holds its question, its predictions with where they come from, and a
control for which they must not hold.
"""

from ssl_theory.laboratory.experiment import Experiment as Experiment
from ssl_theory.laboratory.experiment import Finding as Finding
from ssl_theory.laboratory.experiment import Measured as Measured
from ssl_theory.laboratory.experiment import Outcome as Outcome
from ssl_theory.laboratory.experiment import Prediction as Prediction
from ssl_theory.laboratory.hermite_trap import HERMITE_TRAP
from ssl_theory.laboratory.predictive_matching import PREDICTIVE_MATCHING

__all__ = ["EXPERIMENTS", "Experiment", "Finding", "Measured", "Outcome", "Prediction"]

EXPERIMENTS: tuple[Experiment, ...] = (PREDICTIVE_MATCHING, HERMITE_TRAP)
"""Every experiment, quickest first."""
