"""How two entropies judge the way from a second latent to a function of the first."""

import numpy as np
from matplotlib.figure import Figure

from ssl_theory.laboratory.hermite_trap import TRAP, the_way, world
from ssl_theory.plots.hermite_trap import draw_way


def data():
    """No training: both losses of 2000 pairs, embedded as functions on the way."""
    found = the_way(world(TRAP).draw(2000, seed=0))
    return {name.replace(" ", "_"): values.tolist() for name, values in found.items()}


def draw(columns):
    figure = Figure(figsize=(4.6, 3.4), layout="constrained")
    curves = {name.replace("_", " "): np.array(values) for name, values in columns.items()}
    draw_way(figure.subplots(), curves)
    return figure
