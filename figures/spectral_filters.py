"""What objectives make of a signal in white noise: whitening is flat, infomax is PCA."""

import numpy as np

from ssl_theory.linear_theory import pencil
from ssl_theory.objectives import (
    barlow_twins,
    gaussian_infomax,
    spectral_contrastive,
    vicreg_code,
    w_mse,
)
from ssl_theory.plots import comparison, draw_comparison

MAKERS = (gaussian_infomax, spectral_contrastive, w_mse, barlow_twins, vicreg_code)


def data():
    signal = np.geomspace(8, 1 / 8, 12)  # both views hold it, each with its own unit noise
    pair = pencil(np.diag(signal + 1), np.diag(signal))
    columns = comparison([make() for make in MAKERS], pair)
    # Two of them are found by descent, to about five digits.
    return {name: column.round(4) for name, column in columns.items()}


def draw(columns):
    return draw_comparison(columns)
