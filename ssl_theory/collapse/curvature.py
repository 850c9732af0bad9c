r"""What an objective feels at exact collapse, where its gradient vanishes by symmetry.

Embeddings that coincide are pushed alike, so no gradient tells them apart, and the second
derivative decides. Let each view of a collapsed pair move by ``epsilon`` along a pattern of unit
mean square over the items: the views' patterns are those of a mode of canonical autocorrelation
``rho``, the same at 1, unrelated at 0 and opposite at -1. The level then changes by

.. math::
    \tfrac12 \lambda(\rho)\, \epsilon^2, \qquad \lambda(\rho) = \text{own} + \rho\,\text{shared},

and gradient flow carries the mode off as ``exp(-lambda t)``: below zero the collapsed point is a
saddle that is left at this rate, above zero it attracts. For a linear encoder that starts at the
origin ``lambda`` is minus twice the slope of the spectral filter's gain at zero strength, so
a mode grows if ``rho`` exceeds the filter's threshold.

Where no scalar is descended the same is said of the linearised field, with the predictor as it
stands: the lowest real part of its eigenvalues.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ssl_theory.collapse.directions import directions
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.linearised import linearised
from ssl_theory.collapse.paths import healthy, path, rank_left
from ssl_theory.latent_distribution_matching import Objective

__all__ = ["Curvature", "collapse_curvature"]

ITEMS = 24  # every direction takes a backward pass
ROUNDING = 1e-9

NOWHERE = {
    Kind.AUGMENTATION: "no symmetry makes the gradient vanish there",
    Kind.LOCAL: "no symmetry makes the gradient vanish there",
    Kind.MEAN_DRIFT: "the mean is at no finite distance",
}


@dataclass(frozen=True, eq=False)
class Curvature:
    """The second derivative at collapse, in every direction that leaves it; or why there is none.

    ``own`` and ``shared`` are ``(directions, directions)``. A direction is one pattern over items
    along one axis, of unit mean square in each view.
    """

    own: Tensor | None
    shared: Tensor | None
    reason: str = ""  # why there is none

    def along(self, rho: float) -> float | None:
        """The lowest eigenvalue for modes of autocorrelation ``rho``; rounding counts as zero."""
        if self.own is None or self.shared is None:
            return None
        lowest = torch.linalg.eigvals(self.own + rho * self.shared).real.min().item()
        size = max(1.0, self.own.abs().max().item(), self.shared.abs().max().item())
        return 0.0 if abs(lowest) <= ROUNDING * size else lowest

    @property
    def common(self) -> float | None:
        """Both views moved together."""
        return self.along(1.0)

    @property
    def opposite(self) -> float | None:
        """The views moved apart."""
        return self.along(-1.0)

    @property
    def threshold(self) -> float | None:
        """The autocorrelation above which a mode leaves; -1 if all do, ``None`` if none does."""
        leaves = lambda rho: (self.along(rho) or 0.0) < 0  # noqa: E731
        low, high = -1.0, 1.0
        if not leaves(high):
            return None
        if leaves(low):
            return low
        while high - low > ROUNDING:  # the lowest eigenvalue is concave in rho: one crossing
            middle = (low + high) / 2
            low, high = (low, middle) if leaves(middle) else (middle, high)
        return (low + high) / 2

    def __str__(self) -> str:
        rate = self.common
        if rate is None:
            return self.reason
        if rate < 0:
            return f"a saddle, left at rate {-rate:.3g}"
        return (
            f"it attracts, at rate {rate:.3g}" if rate > 0 else "marginal: neither pushes nor pulls"
        )


@torch.enable_grad()
def collapse_curvature(
    objective: Objective,
    *,
    kind: Kind = Kind.COMPLETE,
    rank: int | None = None,
    at: Tensor | None = None,
    dimension: int | None = None,
    items: int | None = None,
    noise: float = 0.1,
    seed: int = 0,
) -> Curvature:
    """Differentiate twice at the end of a path, by backward passes through the gradient.

    The directions are those in which items that coincide part, or, where axes have died, those in
    which one comes alive with a pattern that no living axis has. ``at`` is the point to which
    items collapse completely; if nothing is said it is ``(1, ..., 1)``, put on the objective's
    space. There are 24 items, or as near as the objective allows.

    >>> from ssl_theory.objectives import info_nce
    >>> bent = collapse_curvature(info_nce(temperature=0.5))
    >>> round(bent.common, 9), round(bent.opposite, 9), round(abs(bent.threshold), 6)
    (-4.0, 4.0, 0.0)
    """
    likely = objective.nearest_size(ITEMS, 4)
    items, dimension = items or likely[0], dimension or likely[1]
    rank = rank_left(kind, rank, dimension)
    common, own = healthy(items, dimension, noise, seed)
    views = torch.stack(path(kind, common, own, rank)(0.0)) if kind not in NOWHERE else common
    if kind in NOWHERE:
        return Curvature(None, None, NOWHERE[kind])
    if at is not None:
        views = at.to(views.dtype).expand_as(views)
    place = torch.stack([objective.model.space.project(view) for view in views])
    if not place.isfinite().all():
        put = type(objective.model.space).__name__.lower()
        return Curvature(None, None, f"what coincides cannot be {put}")
    moves = directions(objective, kind, common + own, place, rank)
    if not moves.shape[1]:
        return Curvature(None, None, "there are too few items for one to leave")
    bend = linearised(objective, place, moves)
    if isinstance(bend, str):
        return Curvature(None, None, bend)
    (zz, zw), (wz, ww) = bend.transpose(1, 2)
    return Curvature(zz + ww, zw + wz)
