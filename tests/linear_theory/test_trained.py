"""Encoders trained on drawn pairs have every filter, as nearly as the draw lets them."""

import numpy as np
import pytest
import torch

from ssl_theory.linear_theory import filters, pencil
from ssl_theory.linear_theory.numerical import descend
from ssl_theory.processes import GaussianPairs
from tests.linear_theory.test_filters import LOSSES, NOISE
from tests.linear_theory.test_optimum import in_canonical_coordinates, standard_error

N, RHO, KEEP = 40_000, (0.8, 0.4, -0.3), 2
PROCESS = GaussianPairs((2.0, 1.0, 0.5), RHO, mixing_seed=3)
PAIR = pencil(PROCESS.covariance, PROCESS.cross_covariance)


def moments(z, w):
    """Of two views of embeddings, exchanged and averaged."""
    z, w = z - z.mean(0), w - w.mean(0)
    within, across = (z.T @ z + w.T @ w) / (2 * len(z)), z.T @ w / len(z)
    return within, (across + across.T) / 2


def trained(loss, extra=0):
    """The strengths of a linear encoder that saw nothing but pairs."""
    x, y = map(torch.from_numpy, PROCESS.draw(N, seed=0))

    def on_pairs(weight):
        encoder, rest = weight[:, :3], weight[:, 3:]
        return loss(*moments(x @ encoder.T, y @ encoder.T), rest)

    found = descend(on_pairs, (KEEP, 3 + extra), starts=4, scale=0.5, precision=1e-7)
    w = found.encoder[:, :3]
    return np.diag(in_canonical_coordinates(w.T @ w, PAIR))


def assert_within_the_error_of_the_draw(strengths, known):
    kept = [a for a in np.argsort(-known.worth(RHO))[:KEEP] if known(RHO)[a] > 0]
    error = standard_error(known, np.array(RHO)[kept], N)
    assert (error < 0.05 * known(RHO).max()).all()  # steepest next to a threshold
    assert (np.abs(strengths[kept] - known(RHO)[kept]) < 5 * error).all()
    lost = np.delete(strengths, kept)
    assert (np.abs(lost) < 25 * known(RHO).max() / N).all()  # squares of what it mixes in


@pytest.mark.parametrize("row", LOSSES)
def test_a_trained_encoder_has_the_filter_within_the_error_of_the_draw(row):
    known, loss = LOSSES[row]
    assert_within_the_error_of_the_draw(trained(lambda s, g, _: loss(s, g)), known)


def test_a_trained_encoder_with_a_trained_predictor_has_the_filter_of_both():
    def loss(s, g, predictor):
        error = s - predictor @ g - g @ predictor.T + predictor @ s @ predictor.T
        return torch.trace(error) / (2 * NOISE) - s.logdet() / 2

    strengths = trained(loss, extra=KEEP)
    assert_within_the_error_of_the_draw(strengths, filters.predictive(NOISE))
