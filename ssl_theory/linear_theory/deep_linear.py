r"""Deep linear encoders that predict the other view: in its embedding, or as it is.

One direction, with covariance ``lambda = E x y`` across the views and ``rho = lambda / E x^2``;
``depth`` layers and a predictor (or decoder) that all start at the same ``u``. Then they stay
equal, the encoder is ``u^depth``, and

.. math::
    \dot u = \lambda u^{2L} (1 - u / \rho) \ \text{(in the embedding, target held fixed)},
    \qquad \dot u = \lambda u^{L} (1 - u^{L+1} / \rho) \ \text{(as it is)}.

Predicting embeddings prefers what is predictable, the more so the deeper; predicting the view
itself prefers what varies. [littwin2024jepa]
"""

import math

__all__ = ["embedding_optimum", "embedding_time", "two_layer_time", "view_optimum", "view_time"]


def embedding_optimum(rho: float, depth: int) -> float:
    """The encoder ``rho^L`` at which prediction in the embedding comes to rest.

    >>> embedding_optimum(0.5, depth=2)
    0.25
    """
    return rho**depth


def view_optimum(rho: float, depth: int) -> float:
    """The encoder ``rho^(L / (L + 1))`` at which prediction of the view comes to rest."""
    return rho ** (depth / (depth + 1))


def embedding_time(
    rho: float, covariance: float, depth: int, *, start: float, share: float = 0.5
) -> float:
    r"""When ``u`` reaches a ``share`` of its final ``rho``.

    By partial fractions of ``1 / (u^{2L} (1 - u / rho))``: a sum of powers ``start^{-m}``,
    whose largest is ``1 / ((2L - 1) lambda start^{2L - 1})`` and knows nothing of ``rho``.
    """
    _check(start, share * rho)
    return (_primitive(share * rho, rho, depth) - _primitive(start, rho, depth)) / covariance


def _primitive(u: float, rho: float, depth: int) -> float:
    order = 2 * depth
    powers = sum(
        -(u ** (1 - k)) / ((k - 1) * rho ** (order - k)) for k in range(2, order + 1)
    )  # fmt: skip
    return powers + (math.log(u) - math.log1p(-u / rho)) / rho ** (order - 1)


def view_time(
    rho: float, covariance: float, depth: int, *, start: float, share: float = 0.5
) -> float:
    r"""When ``u`` reaches a ``share`` of its final ``rho^{1 / (L + 1)}``.

    The integral of ``1 / (u^L (1 - u^{L+1} / rho))`` as its geometric series in
    ``u^{L+1} / rho``, which is below ``share^{L+1}``. For one layer the first term is a logarithm.
    """
    end = share * rho ** (1 / (depth + 1))
    _check(start, end)
    total, step, term = 0.0, 0, math.inf
    while abs(term) > 1e-16 * abs(total):
        power = step * (depth + 1) + 1 - depth
        grown = (end**power - start**power) / power if power else math.log(end / start)
        term = grown / rho**step
        total, step = total + term, step + 1
    return total / covariance


def two_layer_time(rate: float, *, start: float) -> float:
    """When two layers that start at ``start`` outgrow the linear regime of a contrastive loss.

    A single layer grows as ``exp(rate t)``. The product ``u`` of two aligned and equal ones has
    ``du/dt = 2 rate u^2``, so ``u = start^2 / (1 - 2 rate start^2 t)``: what is weak at first
    stays so for longer, and the embedding is of low rank meanwhile. [jing2022collapse]
    """
    _check(start, math.inf)
    return 1 / (2 * rate * start**2)


def _check(start: float, end: float) -> None:
    if not 0 < start < end:
        raise ValueError(
            f"`start` must be positive and below {end:.4g}, got {start}: time is counted from a "
            "small encoder to a share of its final size. Start smaller."
        )
