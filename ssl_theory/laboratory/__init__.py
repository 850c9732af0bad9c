"""The headline experiments: nonlinear encoders trained where theory says what they must find.

One experiment a file. Each holds its question, its predictions with where they come from, and a
control for which they must not hold.
"""

from ssl_theory.laboratory.box_norms import BOX_NORMS
from ssl_theory.laboratory.content_style import CONTENT_STYLE
from ssl_theory.laboratory.experiment import Experiment as Experiment
from ssl_theory.laboratory.experiment import Finding as Finding
from ssl_theory.laboratory.experiment import Measured as Measured
from ssl_theory.laboratory.experiment import Outcome as Outcome
from ssl_theory.laboratory.experiment import Prediction as Prediction
from ssl_theory.laboratory.gaussian_worlds import GAUSSIAN_WORLDS
from ssl_theory.laboratory.hermite_trap import HERMITE_TRAP
from ssl_theory.laboratory.kalman_matching import KALMAN_CIRCLE, KALMAN_SQUARE
from ssl_theory.laboratory.predictive_matching import PREDICTIVE_MATCHING
from ssl_theory.laboratory.sphere_inversion import SPHERE_INVERSION

__all__ = ["EXPERIMENTS", "Experiment", "Finding", "Measured", "Outcome", "Prediction"]

EXPERIMENTS: tuple[Experiment, ...] = (
    SPHERE_INVERSION, BOX_NORMS, CONTENT_STYLE, PREDICTIVE_MATCHING, HERMITE_TRAP,
    GAUSSIAN_WORLDS, KALMAN_CIRCLE, KALMAN_SQUARE,
)  # fmt: skip
"""Every experiment, as the README tells of them."""
