"""Rules that make a metric from a covariance, one per file."""

from ssl_theory.metrics.correlation_power import CorrelationPower as CorrelationPower
from ssl_theory.metrics.custom import Custom as Custom
from ssl_theory.metrics.diagonal import Diagonal as Diagonal
from ssl_theory.metrics.identity import Identity as Identity
from ssl_theory.metrics.power import Power as Power
from ssl_theory.metrics.ridge import Ridge as Ridge
from ssl_theory.metrics.within import Within as Within

__all__ = ["CorrelationPower", "Custom", "Diagonal", "Identity", "Power", "Ridge", "Within"]
