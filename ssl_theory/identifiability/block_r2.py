"""Whether a representation holds one block of latents, all of it and nothing else."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.columns import held_out, standardised
from ssl_theory.identifiability.kernel_ridge import tuned_kernel_ridge
from ssl_theory.identifiability.least_squares import r_squared
from ssl_theory.identifiability.linear_r2 import mean_r_squared
from ssl_theory.identifiability.measure import Measure

__all__ = ["BlockR2"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class BlockR2(Measure):
    r"""The lesser of the shares that content and representation explain of each other, nonlinearly.

    A block of latents, the *content* ``c``, is identified if the representation is an invertible
    function of it: both :math:`R^2(h\to c)` and :math:`R^2(c\to h)` are then 1. The first alone
    does not notice a leak: a representation of all latents has it too. What the representation
    tells of the other latents, the *style* ``s``, need not be 0; it is what content tells of
    style, ``style_from_content``, and any ``leak`` is beyond that. [vonkugelgen2021self]

    The regressions are of Gaussian kernels, on standardised columns; tuned on the items they are
    fitted to and scored on others. They are smooth: of rough functions they find less than 1.

    Parts: ``content_from_representation``, ``representation_from_content``; if there is style,
    ``style_from_representation``, ``style_from_content`` (or its known value) and ``leak``, the
    difference of the two.

    Parameters
    ----------
    content
        Which columns of the latents are the block.
    known_style
        The share of style that content explains at best, if it is known from the process; else
        it is estimated by the same regression.
    most
        Items that are fitted to, at most: the cost is cubic in them.

    Examples
    --------
    >>> z = np.random.default_rng(0).uniform(size=(400, 2))
    >>> content, everything = (BlockR2(content=(0,))(z, h) for h in (np.exp(z[:, :1]), z))
    >>> content.value > 0.99, everything.value < 0.6, everything.parts["leak"] > 0.9
    (True, True, True)
    """

    content: tuple[int, ...]
    known_style: float | None = None
    most: int = 1000
    test_share: float = 0.25
    seed: int = 0

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return having.all_directions(self.content), having.items_per_dimension(50)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        block = self._block(z.shape[1])
        train, test = held_out(len(z), self.test_share, self.seed)
        if len(train) > self.most:
            train = np.random.default_rng(self.seed).choice(train, self.most, replace=False)
        z, h = standardised(z), standardised(h)
        content, style = z[:, block], z[:, ~block]

        def explained(x: Matrix, y: Matrix) -> NDArray[np.float64]:
            return r_squared(y[test], tuned_kernel_ridge(x[train], y[train])(x[test]))

        of_latents = explained(h, np.hstack([content, style]))
        onto = mean_r_squared(of_latents[: block.sum()])
        back = mean_r_squared(explained(content, h))
        parts = {"content_from_representation": onto, "representation_from_content": back}
        if style.shape[1]:
            found, known = mean_r_squared(of_latents[block.sum() :]), self.known_style
            known = mean_r_squared(explained(content, style)) if known is None else known
            parts |= {"style_from_representation": found, "style_from_content": known}
            parts["leak"] = found - known
        return min(onto, back), parts

    def _block(self, d: int) -> NDArray[np.bool_]:
        if not self.content or not all(0 <= column < d for column in self.content):
            raise ValueError(
                f"`content` must name columns of the {d} latents, from 0 to {d - 1}, got "
                f"{self.content}. Say which latents the representation should hold."
            )
        return np.isin(np.arange(d), self.content)
