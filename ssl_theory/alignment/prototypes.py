"""A latent model with clusters: a view is near its partner, and near its prototype."""

from dataclasses import dataclass, replace

import sympy as sp
import torch
from torch import Tensor
from torch.nn.functional import one_hot

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["Prototypes"]

SMOOTHING = 10.0  # the paper's alpha: small clusters are not taken to be dense


@dataclass(frozen=True, eq=False)
class Prototypes(LatentModel):
    r"""``log p(w_i | z_i) + log p(s_i | w_i)``, the density of a view and of its item's cluster.

    The cluster ``s_i`` is given, ``assignments[i]``, and its probability is the softmax of
    ``<w, c_k> / phi_k`` over the ``centroids`` and their ``temperatures``. The rows are the
    assigned items. Compared by identity, as its tensors are. [li2021pcl]
    """

    model: LatentModel
    centroids: Tensor
    temperatures: Tensor
    assignments: tuple[int, ...]

    def __post_init__(self) -> None:
        clusters = len(self.centroids)
        if len(self.temperatures) != clusters or not (self.temperatures > 0).all():
            raise ValueError(
                f"`temperatures` must be {clusters} positive numbers, one for each centroid, got "
                f"{self.temperatures.tolist()}. Use a small one for a dense cluster."
            )
        if not all(0 <= s < clusters for s in self.assignments):
            raise ValueError(
                f"`assignments` must name centroids 0 to {clusters - 1}, got "
                f"{min(self.assignments)} to {max(self.assignments)}. Number clusters from 0."
            )

    @property
    def space(self) -> Space:
        return self.model.space

    @property
    def items(self) -> tuple[int, ...]:
        """The one batch size that has a cluster for each item."""
        return (len(self.assignments),)

    @property
    def dimensions(self) -> tuple[int, ...]:
        """The one width of the centroids."""
        return (self.centroids.shape[1],)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset()

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        if len(w) != len(self.assignments):
            raise ValueError(
                f"`assignments` must name the cluster of each of {len(w)} items, got "
                f"{len(self.assignments)}. Replace them with those of this batch."
            )
        log_share = (w @ self._sharpened().to(w).T).log_softmax(1)
        own = log_share.gather(1, torch.tensor(self.assignments, device=w.device)[:, None])
        return self.model.log_density(w, given=given) + own.squeeze(1)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        sharpened = self._sharpened().detach().double().numpy()
        prototype = nt.Entries(r"\tilde c", lambda views: sharpened)
        own = nt.Entries(r"\tilde c^{s}", lambda views: sharpened[list(self.assignments)])
        mass = sp.Sum(sp.exp(nt.inner(w, (prototype, nt.j))), (nt.j, 1, len(sharpened)))
        return self.model.formula(w, given=given) + nt.inner(w, (own, w[1])) - sp.log(mass)

    def log_normaliser(self) -> sp.Expr:
        return self.model.log_normaliser()

    def updated(self, z: Tensor) -> "Prototypes":
        r"""One step of k-means on ``z``, and the temperatures that its clusters deserve.

        A cluster of ``m`` items at mean distance ``r`` from its centroid has a temperature
        proportional to ``r / log(m + 10)``; their mean stays what it was. A cluster of at most one
        item is as warm as the warmest, and an empty one keeps its centroid.
        """
        z = self.space.project(z.detach())
        old = self.centroids.to(z)
        nearest = (z @ old.T).argmax(1)
        member = one_hot(nearest, len(old)).to(z)
        count = member.sum(0)
        mean = torch.where(count[:, None] > 0, member.T @ z, old)
        centroids = self.space.project(mean)
        distance = member.T @ (z - centroids[nearest]).norm(dim=1) / count.clamp_min(1)
        warmth = distance / (count + SMOOTHING).log()
        if not warmth.any():
            raise ValueError(
                f"`z` must be spread within some cluster, got {len(z)} items on {len(old)} points: "
                "nothing says how dense the clusters are. Use more items or fewer centroids."
            )
        warmth = torch.where(count > 1, warmth, warmth.max())
        temperatures = warmth * self.temperatures.to(z).mean() / warmth.mean()
        assignments = tuple(nearest.tolist())
        return replace(
            self, centroids=centroids, temperatures=temperatures, assignments=assignments
        )

    def _sharpened(self) -> Tensor:
        return self.centroids / self.temperatures[:, None]
