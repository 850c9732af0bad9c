"""What a linear encoder learns from a Gaussian pair of views, objective by objective."""

from ssl_theory.linear_theory.learning_curve import critical_times as critical_times
from ssl_theory.linear_theory.learning_curve import growth_rates as growth_rates
from ssl_theory.linear_theory.learning_curve import learning_curves as learning_curves
from ssl_theory.linear_theory.optimum import Optimum as Optimum
from ssl_theory.linear_theory.optimum import Route as Route
from ssl_theory.linear_theory.optimum import optimum as optimum
from ssl_theory.linear_theory.optimum import optimum_on_pairs as optimum_on_pairs
from ssl_theory.linear_theory.pencil import Pencil as Pencil
from ssl_theory.linear_theory.pencil import pencil as pencil
from ssl_theory.linear_theory.prediction import prediction as prediction
from ssl_theory.linear_theory.rules import ImpliedMetric as ImpliedMetric
from ssl_theory.linear_theory.rules import implied_metric as implied_metric
from ssl_theory.linear_theory.rules import spectral_filter as spectral_filter
from ssl_theory.linear_theory.spectral_filter import SpectralFilter as SpectralFilter

__all__ = [
    "ImpliedMetric", "Optimum", "Pencil", "Route", "SpectralFilter", "critical_times",
    "growth_rates", "implied_metric", "learning_curves", "optimum", "optimum_on_pairs", "pencil",
    "prediction", "spectral_filter",
]  # fmt: skip
