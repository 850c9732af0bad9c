"""What a linear encoder learns from a Gaussian pair of views, objective by objective."""

from ssl_theory.linear_theory.hermite import Mode as Mode
from ssl_theory.linear_theory.hermite import all_latents_kept as all_latents_kept
from ssl_theory.linear_theory.hermite import hermite_modes as hermite_modes
from ssl_theory.linear_theory.hermite import hermite_values as hermite_values
from ssl_theory.linear_theory.hermite import nonlinear_optimum as nonlinear_optimum
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
    "ImpliedMetric", "Mode", "Optimum", "Pencil", "Route", "SpectralFilter", "all_latents_kept",
    "critical_times", "growth_rates", "hermite_modes", "hermite_values", "implied_metric",
    "learning_curves", "nonlinear_optimum", "optimum", "optimum_on_pairs", "pencil", "prediction",
    "spectral_filter",
]  # fmt: skip
