"""How much variance independent representations share by chance."""

from scipy.stats import beta

__all__ = ["shared_variance_p_value"]


def shared_variance_p_value(mean_square: float, degrees: int, first: int, second: int) -> float:
    r"""The chance that independent views have canonical correlations of this mean square.

    Their squares sum to the trace of the product of two projections, Pillai's statistic. Of
    subspaces of ``first`` and ``second`` dimensions in ``N = degrees``, one of them in uniform
    position, it has mean :math:`pq/N` and variance
    :math:`2 p q (N - p)(N - q) / (N^2 (N - 1)(N + 2))`. Divided by the lesser dimension it lies
    between 0 and 1, and the beta law of that mean and variance is exact where that is 1.
    [pillai1955criteria]

    The square of a coordinate of a point that is uniform on a sphere in space is below ``x`` with
    chance :math:`\sqrt x`:

    >>> round(shared_variance_p_value(0.36, 3, 1, 1), 12)
    0.4
    """
    n, (low, high) = degrees, sorted((first, second))
    if not 0 < high < n:
        raise ValueError(
            f"`degrees` must exceed the dimensions of both views, got {n} for {first} and "
            f"{second}: such views share everything by chance. Give more items."
        )
    mean = high / n
    variance = 2 * high * (n - low) * (n - high) / (low * n**2 * (n - 1) * (n + 2))
    size = mean * (1 - mean) / variance - 1
    return float(beta(mean * size, (1 - mean) * size).sf(mean_square))
