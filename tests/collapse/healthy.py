"""Encoders in good health, of several laws, with all that a detector can look at."""

import numpy as np

from ssl_theory.collapse.observation import Observation

LAWS = ("isotropic", "power law", "mixture", "heavy tails", "rectified")


def shaped(law, draws, groups, generator):
    """Standard normal draws, given the shape of a law."""
    d = draws.shape[1]
    if law == "power law":
        return draws * np.arange(1.0, d + 1) ** -0.5
    if law == "mixture":
        centres = generator.standard_normal((12, d))
        return centres[generator.integers(0, 12, groups.max() + 1)[groups]] + 0.7 * draws
    if law == "heavy tails":
        return draws / np.sqrt(generator.chisquare(6, (groups.max() + 1, 1)) / 6)[groups]
    if law == "rectified":
        mixed = generator.standard_normal((2, d, d)) / np.sqrt(d)
        return np.maximum(draws @ mixed[0], 0) @ mixed[1]
    return draws


def healthy(law, seed, *, items=512, dimensions=32, length=8):
    """Trajectories of ``length`` moments; half the variance is within them."""
    generator = np.random.default_rng([seed, LAWS.index(law)])
    normal = generator.standard_normal
    n, d = items, dimensions
    groups = np.arange(n) // length
    draws = (normal((groups.max() + 1, d))[groups] + normal((n, d))) / np.sqrt(2)
    core = shaped(law, draws, groups, generator)
    noise = 0.3 * core.std(0)
    turn, other = (np.linalg.qr(normal((d, d)))[0] for _ in range(2))
    z, w = (0.3 + (core + noise * normal((n, d))) @ turn for _ in range(2))
    wide = normal((d, 2 * d)) / np.sqrt(d)
    return Observation.of(
        z,
        views=w,
        trajectories=groups,
        tokens=normal((n, 1, 16)) + normal((n, 8, 16)),
        units=np.maximum(z @ wide, 0),
        backbone=np.tanh(z @ wide) + 0.1 * normal((n, 2 * d)),
        assignments=generator.integers(0, 32, n),
        codes=32,
        prototypes=normal((64, d)),
        predictions=z @ (0.6 * other + 0.4 * np.eye(d)),
    )
