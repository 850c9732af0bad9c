"""Laws whose entropy is known, to be drawn from."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from scipy.integrate import quad
from scipy.stats import norm, vonmises_fisher
from torch import Generator, Tensor

from ssl_theory.spaces import Sphere

__all__ = ["LAWS", "Law", "around_a_pole", "estimates", "normal", "uniform_sphere"]


class Law(NamedTuple):
    """A distribution on R^d or on a sphere, and its entropy in nats."""

    name: str
    draw: Callable[[int, Generator], Tensor]
    entropy: float


def normal(n: int, d: int, generator: Generator) -> Tensor:
    return torch.randn(n, d, generator=generator, dtype=torch.float64)


def gaussian(d: int) -> Law:
    """Neighbouring axes are correlated; the determinant of the mixing is 0.8 to the d."""
    mixing = 0.8 * torch.eye(d, dtype=torch.float64) + torch.diag(
        torch.full((d - 1,), 0.5, dtype=torch.float64), 1
    )
    entropy = d / 2 * math.log(2 * math.pi * math.e) + d * math.log(0.8)
    return Law(f"gaussian {d}", lambda n, g: normal(n, d, g) @ mixing, entropy)


def white(d: int) -> Law:
    """A standard Gaussian."""
    entropy = d / 2 * math.log(2 * math.pi * math.e)
    return Law(f"white {d}", lambda n, g: normal(n, d, g), entropy)


def laplace(d: int) -> Law:
    """Independent axes of scale one, each of entropy 1 + log 2."""

    def draw(n: int, g: Generator) -> Tensor:
        u = torch.rand(2, n, d, generator=g, dtype=torch.float64).clamp_min(1e-300).log()
        return u[0] - u[1]

    return Law(f"laplace {d}", draw, d * (1 + math.log(2)))


def cube(d: int) -> Law:
    """Uniform on a cube of side two."""
    return Law(
        f"cube {d}",
        lambda n, g: 2 * torch.rand(n, d, generator=g, dtype=torch.float64),
        d * math.log(2),
    )


def mixture(d: int) -> Law:
    """Two unit Gaussians four apart along the first axis; its entropy there by quadrature."""

    def draw(n: int, g: Generator) -> Tensor:
        w = normal(n, d, g)
        side = 4.0 * torch.randint(0, 2, (n,), generator=g) - 2
        return torch.cat([w[:, :1] + side[:, None], w[:, 1:]], dim=1)

    def surprise(x: float) -> float:
        density = (norm.pdf(x, 2) + norm.pdf(x, -2)) / 2
        return -density * np.log(density)

    first = quad(surprise, -14, 14, epsabs=1e-12, points=[-2, 2])[0]
    entropy = first + (d - 1) / 2 * math.log(2 * math.pi * math.e)
    return Law(f"mixture {d}", draw, entropy)


def uniform_sphere(d: int) -> Law:
    """Uniform on the unit sphere of R^d."""
    sphere = Sphere()
    return Law(f"sphere {d}", lambda n, g: sphere.project(normal(n, d, g)), sphere.log_area(d))


def around_a_pole(d: int) -> Law:
    """Von Mises-Fisher of concentration three around the first axis, by scipy."""
    law = vonmises_fisher(np.eye(d)[0], 3.0)

    def draw(n: int, g: Generator) -> Tensor:
        seed = torch.randint(2**31, (1,), generator=g).item()
        return torch.from_numpy(law.rvs(n, random_state=np.random.default_rng(seed)))

    return Law(f"pole {d}", draw, float(law.entropy()))


LAWS = {
    law.name: law
    for make in (white, gaussian, laplace, cube, mixture)
    for d in (2, 8)
    for law in [make(d)]
}


def estimates(part, law: Law, *, items: int, batches: int, seed: int = 0) -> Tensor:
    """The entropy ``part`` reads off independent batches; ``given`` is drawn from the law too."""
    generator = Generator().manual_seed(seed)
    return torch.stack(
        [
            part.entropy(law.draw(items, generator), given=law.draw(items, generator))
            for _ in range(batches)
        ]
    )
