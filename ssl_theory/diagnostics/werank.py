"""How far the weights of each layer are from losing no direction."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings

__all__ = ["gaussian_werank", "werank"]


def werank(
    layers: Sequence[Any], *, of: Literal["inputs", "outputs", "fewer"] = "inputs"
) -> NDArray[np.float64]:
    r""":math:`\| W^\top W - I \|_F` of the weight matrix of every layer: 0 for an isometry.

    A regulariser as published, where the layers' numbers are added up with coefficients; a
    diagnostic one layer at a time, of weights and not of items: there is no sampling error.

    ========  =======================================  ===================================
    of        of ``W`` with shape (outputs, inputs),   an isometry of
              as torch stores it
    ========  =======================================  ===================================
    inputs    ``W^T W``                                all inputs, as published; a layer of
                                                       fewer outputs than inputs is never
                                                       below ``sqrt(inputs - outputs)``
    outputs   ``W W^T``                                all outputs
    fewer     the smaller of the two                   whichever there are fewer of: the only
                                                       one that every shape can bring to 0
    ========  =======================================  ===================================

    Unchanged by rotations of inputs and outputs, changed by units. Weights drawn at random have
    :func:`gaussian_werank`. Costs a product of matrices per layer. [pasand2024werank]

    >>> werank([np.eye(3), 2 * np.eye(2), [[1.0, 0.0]]]).round(6).tolist()
    [0.0, 4.242641, 1.0]
    """
    if of not in ("inputs", "outputs", "fewer"):
        raise ValueError(f'`of` must be "inputs", "outputs" or "fewer", got {of!r}. Use "fewer".')
    return np.array([_distance(layer, of) for layer in layers])


def gaussian_werank(outputs: int, inputs: int) -> float:
    r"""The root of the mean square of :func:`werank` over weights :math:`N(0, 1/\mathrm{outputs})`.

    :math:`\sqrt{k (k + 1) / m}` for ``m`` outputs and ``k`` inputs, exactly.

    >>> gaussian_werank(72, 8)
    1.0
    """
    return (inputs * (inputs + 1) / outputs) ** 0.5


def _distance(layer: Any, of: str) -> float:
    if len(np.shape(layer)) != 2:
        raise ValueError(
            f"`layers` must hold matrices (outputs, inputs), got shape {np.shape(layer)}. Flatten "
            "a convolution to (channels, the rest)."
        )
    weights = np.asarray(check_embeddings(layer, "layers", minimum=1), np.float64)
    outputs, inputs = weights.shape
    inner = of == "inputs" or (of == "fewer" and inputs <= outputs)
    gram = weights.T @ weights if inner else weights @ weights.T
    return float(np.linalg.norm(gram - np.eye(len(gram))))
