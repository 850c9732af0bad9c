"""Items spread evenly over closed flat manifolds, turned into more dimensions than they have."""

import numpy as np

__all__ = ["torus"]


def torus(dimension: int, items: int, seed: int, ambient: int = 12):
    """A product of circles: without border and without curvature of its own."""
    generator = np.random.default_rng(seed)
    angles = generator.uniform(0, 2 * np.pi, (items, dimension))
    flat = np.concatenate([np.cos(angles), np.sin(angles)], 1)
    axes = np.linalg.qr(generator.standard_normal((ambient, 2 * dimension)))[0]
    return flat @ axes.T + generator.standard_normal(ambient)
