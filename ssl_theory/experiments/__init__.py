"""Many trainings at once, on data drawn on the fly."""

from ssl_theory.experiments.request import Request as Request
from ssl_theory.experiments.result import Result as Result
from ssl_theory.experiments.results import Results as Results
from ssl_theory.experiments.run import run as run
from ssl_theory.experiments.sweep import sweep as sweep
from ssl_theory.experiments.training import Certificate as Certificate
from ssl_theory.experiments.training import Training as Training

__all__ = ["Certificate", "Request", "Result", "Results", "Training", "run", "sweep"]
