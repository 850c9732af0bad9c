r"""What a step costs, and so how many runs are best trained side by side.

A step of one run is traced once: how many operations it has, how many multiplications are in its
matrix products, how many bytes its results take. Side by side, runs share the price of calling an
operation, which is higher than that of a run alone:

.. math::
    t(S) = c_S\,\text{operations} / S + a\,\text{multiplications} + b\,\text{bytes}

seconds a step and run, for ``S`` runs. What does not fit into a cache was seen to cost no more.
``python -m benchmarks.sweep --constants`` measures the constants, which are stated here and
nowhere else.
"""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from ssl_theory.experiments.program import Program
from ssl_theory.experiments.request import Request

__all__ = [
    "BYTE", "CALL", "MULTIPLICATION", "STACKED_CALL", "START", "Work", "best_together", "seconds",
    "traced",
]  # fmt: skip

CALL = 4.9e-6  # seconds an operation, of one run alone
STACKED_CALL = 8.6e-6  # of several: some are mapped, which is slower to call
MULTIPLICATION = {torch.float32: 1.8e-11, torch.float64: 3.6e-11}  # seconds, with its addition
BYTE = 1.3e-10  # seconds
START = 8.0  # seconds until another process has loaded torch

ROOM = 1e9  # bytes that the results of a program's step may take
WORTH = 0.05  # of the time: what must be saved before more runs share a program


@dataclass(frozen=True)
class Work:
    """Of one step of one run, there and back."""

    operations: int
    multiplications: int
    size: int  # bytes of all results
    dtype: torch.dtype


class _Tracer(TorchDispatchMode):
    """Counts what passes."""

    def __init__(self) -> None:
        super().__init__()
        self.operations = self.multiplications = self.size = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        results = made if isinstance(made, tuple | list) else (made,)
        # A view costs next to nothing and has no bytes of its own.
        if isinstance(made, Tensor) and made._is_view():
            return made
        self.operations += 1
        self.size += sum(t.numel() * t.itemsize for t in results if isinstance(t, Tensor))
        factors = [a for a in args if isinstance(a, Tensor)][-2:]
        if func.overloadpacket.__name__ in ("mm", "addmm", "bmm", "baddbmm"):
            self.multiplications += made.numel() * factors[0].shape[-1]
        return made


def traced(request: Request) -> Work:
    """What a step of a run asks for."""
    program = Program([request])
    rows = program.starting.clone().requires_grad_()
    program.stream(0)
    with _Tracer() as tracer:
        total, _ = program(rows, 0)
        if total.requires_grad:
            torch.autograd.grad(total.sum(), rows)
    size = tracer.size + 4 * rows.numel() * rows.itemsize  # Adam's, and the gradient
    return Work(tracer.operations, tracer.multiplications, size, rows.dtype)


def seconds(work: Work, together: int) -> float:
    """Of a step of one run, beside ``together - 1`` others."""
    call = CALL if together == 1 else STACKED_CALL / together
    product = MULTIPLICATION[work.dtype] * work.multiplications
    return call * work.operations + product + BYTE * work.size


def best_together(work: Work, runs: int) -> int:
    """How many of so many runs to train side by side; one is a loop over runs.

    The fewest that are nearly as fast as any number that fits into memory.

    >>> toy = Work(operations=150, multiplications=80_000, size=200_000, dtype=torch.float32)
    >>> wide = Work(operations=150, multiplications=600_000_000, size=40_000_000, dtype=toy.dtype)
    >>> best_together(toy, runs=64), best_together(wide, runs=64)
    (64, 1)
    """
    most = max(1, min(runs, math.floor(ROOM / work.size)))
    sizes = sorted({most, *(2**k for k in range(most.bit_length()))})
    fastest = min(seconds(work, size) for size in sizes)
    return next(size for size in sizes if seconds(work, size) <= (1 + WORTH) * fastest)
