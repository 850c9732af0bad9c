"""``diagnose``: from embeddings to measurements, verdicts and a report."""

from ssl_theory.report.diagnosis import diagnose
from ssl_theory.report.page import page
from ssl_theory.report.text import rendered
from ssl_theory.report.value import Curve, Expectation, Kind, Measurement, Report, Verdict
from ssl_theory.report.writing import write_whole

__all__ = [
    "Curve",
    "Expectation",
    "Kind",
    "Measurement",
    "Report",
    "Verdict",
    "diagnose",
    "page",
    "rendered",
    "write_whole",
]
