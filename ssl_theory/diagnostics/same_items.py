"""Two representations of the same items, of any dimensions each."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings

__all__ = ["centred_representations"]


def centred_representations(
    z: Any, w: Any, minimum: int = 2
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both in double precision and with their means taken off, or what is wrong with them.

    >>> [x.ravel().tolist() for x in centred_representations([[1.0], [3.0]], [[5.0], [1.0]])]
    [[-1.0, 1.0], [2.0, -2.0]]
    """
    z, w = (
        np.asarray(check_embeddings(x, name, minimum), np.float64)
        for name, x in (("z", z), ("w", w))
    )
    if len(z) != len(w):
        raise ValueError(
            f"`z` and `w` must represent the same items, got {len(z)} and {len(w)} of them: row i "
            "of one is the item of row i of the other. Drop the items that one of them lacks."
        )
    z, w = z - z.mean(0), w - w.mean(0)
    for name, x in (("z", z), ("w", w)):
        if not x.any():
            raise ValueError(
                f"`{name}` must vary, got {len(x)} equal items: a constant is similar to nothing. "
                "Choose another layer."
            )
    return z, w
