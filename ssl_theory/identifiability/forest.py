"""Importance of dimensions in random forests. Needs scikit-learn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor

from ssl_theory.identifiability import condition as having

__all__ = ["Forest"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Forest:
    """The share of the reduction of variance that splits on each dimension bring, by latent.

    Everything that changes the value is pinned here. Of dimensions that tell the same, each gets
    a share. The importances of each latent sum to 1 however little is predicted.

    >>> z = np.random.default_rng(0).uniform(size=(200, 2))
    >>> importances, _ = Forest(trees=5).fit(z, z)
    >>> importances.round().tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """

    trees: int = 50
    depth: int = 8
    seed: int = 0

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        """What the latents must be for these importances: nothing more."""
        return ()

    def fit(self, h: Matrix, z: Matrix) -> tuple[Matrix, Callable[[Matrix], Matrix]]:
        """Importances ``(D, d)``, and the prediction of latents."""
        forests = [
            RandomForestRegressor(
                self.trees, max_depth=self.depth, random_state=self.seed + latent, n_jobs=1
            ).fit(h, column)
            for latent, column in enumerate(z.T)
        ]

        def predict(fresh: Matrix) -> Matrix:
            return np.column_stack([forest.predict(fresh) for forest in forests])

        return np.column_stack([forest.feature_importances_ for forest in forests]), predict
