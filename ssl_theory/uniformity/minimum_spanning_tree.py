"""The length of the shortest tree that connects the embeddings, kept near the unit sphere."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry

__all__ = ["MinimumSpanningTree"]


@dataclass(frozen=True)
class MinimumSpanningTree(Uniformity):
    r"""T-REGS: the length per item of the minimum spanning tree, less a pull to the unit sphere.

    On ``d``-dimensional manifolds the logarithm of the length grows with the Renyi entropy of
    order ``1 - 1/d`` [hero2002applications]; this uses the length itself, which grows without
    bound as embeddings do. The sphere is what holds them. [mordacq2025tregs]
    """

    length_weight: float = 1.0
    sphere_weight: float = 1.0

    @property
    def space(self) -> None:
        return None

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING, Symmetry.AXES, Symmetry.ROTATION})

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        # The search needs no gradient: while no two trees tie, the edges stay as the items move.
        near = torch.cdist(w.detach(), w.detach(), compute_mode="donot_use_mm_for_euclid_dist")
        here, there = _prim(near.cpu().numpy())
        length = (w[here] - w[there]).norm(dim=1).sum() / len(w)
        off_sphere = (w.norm(dim=1) - 1).square().mean()
        return self.length_weight * length - self.sphere_weight * off_sphere

    def formula(self) -> sp.Expr:
        gamma, mu = (
            nt.parameter(name, getattr(self, name)) for name in ("length_weight", "sphere_weight")
        )
        radius = sp.sqrt(nt.inner((nt.w, nt.i), (nt.w, nt.i)))
        return gamma * _TreeLength(nt.w.label) / nt.n - mu * nt.mean((radius - 1) ** 2, nt.i)


def _prim(distances: NDArray[np.floating]) -> tuple[list[int], list[int]]:
    """The ends of the edges, grown one item at a time from the first. Ties at zero are edges."""
    here, there = [], []
    nearest, apart = np.zeros(len(distances), dtype=int), distances[0].copy()
    apart[0] = np.inf
    outside = np.arange(len(distances)) > 0
    for _ in range(len(distances) - 1):
        item = int(np.flatnonzero(outside)[apart[outside].argmin()])
        here.append(int(nearest[item]))
        there.append(item)
        outside[item] = False
        closer = outside & (distances[item] < apart)
        nearest[closer], apart[closer] = item, distances[item][closer]
    return here, there


class _TreeLength(nt.Closed):
    def letters(self, view: str) -> str:
        return rf"\ell_{{\mathrm{{MST}}}}\left({view}\right)"

    def open(self, views: nt.Views) -> sp.Expr:
        # Kruskal's way: the shortest edges that close no loop.
        view = views[str(self.args[0])]
        pairs = [(i, j) for i in range(len(view)) for j in range(i)]
        tree = list(range(len(view)))
        length = 0.0
        for i, j in sorted(pairs, key=lambda pair: np.linalg.norm(view[pair[0]] - view[pair[1]])):
            if tree[i] != tree[j]:
                length += float(np.linalg.norm(view[i] - view[j]))
                tree = [tree[i] if branch == tree[j] else branch for branch in tree]
        return sp.Float(length, nt.DIGITS)
