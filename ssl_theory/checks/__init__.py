"""The public conformance suite: what every objective owes its readers."""

from ssl_theory.checks.conformance import Check as Check
from ssl_theory.checks.conformance import conformance as conformance

__all__ = ["Check", "conformance"]
