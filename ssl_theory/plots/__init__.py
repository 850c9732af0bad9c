"""Numbers in, ink out: each function draws on the axes it is given, in one style."""

from ssl_theory.plots.blocks import draw_blocks as draw_blocks
from ssl_theory.plots.compare import compare as compare
from ssl_theory.plots.compare import comparison as comparison
from ssl_theory.plots.compare import draw_comparison as draw_comparison
from ssl_theory.plots.correlations import draw_correlations as draw_correlations
from ssl_theory.plots.filters import draw_filters as draw_filters
from ssl_theory.plots.filters import draw_powers as draw_powers
from ssl_theory.plots.inversion import draw_inversion as draw_inversion
from ssl_theory.plots.prediction import draw_prediction as draw_prediction
from ssl_theory.plots.style import svg as svg

__all__ = [
    "compare", "comparison", "draw_blocks", "draw_comparison", "draw_correlations", "draw_filters",
    "draw_inversion", "draw_powers", "draw_prediction", "svg",
]  # fmt: skip
