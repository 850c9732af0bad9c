"""``diagnose``: from embeddings to measurements, verdicts and a report."""

from ssl_theory.report.comparison import Change, Comparison
from ssl_theory.report.diagnosis import diagnose
from ssl_theory.report.page import page
from ssl_theory.report.text import rendered
from ssl_theory.report.trajectory import Trajectory, trajectory
from ssl_theory.report.value import Curve, Expectation, Kind, Measurement, Report, Verdict
from ssl_theory.report.writing import write_whole

__all__ = [
    "Change",
    "Comparison",
    "Curve",
    "Expectation",
    "Kind",
    "Measurement",
    "Report",
    "Trajectory",
    "Verdict",
    "diagnose",
    "page",
    "rendered",
    "trajectory",
    "write_whole",
]
