"""How a run is trained, and what it must show to be called converged."""

import math
from dataclasses import dataclass, field

import torch

__all__ = ["Certificate", "Training"]

SCHEDULES = ("constant", "cosine")


@dataclass(frozen=True)
class Certificate:
    """When a run may be called converged: when training it further would gain next to nothing.

    The run is continued for a further ``share`` of its steps, by its own rate and schedule from
    the start. Initial, final and continued weights are then held against the same ``batches``
    fresh batches. The run is converged if what the continuation gained, and two standard errors
    more, is at most ``tolerance`` of what the training gained. Where the objective follows a
    field and has no loss to gain by, it is the size of the change that must be as small.

    A plateau that lasts longer than the continuation looks converged; nothing cheaper tells.
    """

    share: float = 0.2
    tolerance: float = 0.01
    batches: int = 32

    def __post_init__(self) -> None:
        for name in ("share", "tolerance"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(
                    f"`{name}` must be above 0 and at most 1, got {getattr(self, name)}. "
                    f"Use {getattr(Certificate, name)}."
                )
        if self.batches < 2:
            raise ValueError(
                f"`batches` must be at least 2, got {self.batches}: one has no standard error. "
                f"Use {Certificate.batches}."
            )


@dataclass(frozen=True)
class Training:
    r"""Adam on fresh data, ``batch`` items or trajectories a step. [kingma2015adam]

    ``rate`` stays or falls to zero by half a cosine. ``weight_decay`` pulls weights towards zero
    apart from the gradient, by ``rate * weight_decay`` of themselves a step. Without a
    ``certificate`` nothing is asked after training, and the run counts as unconverged.

    >>> Training(steps=100).rate_at(50) == Training(rate=0.5e-3, schedule="constant").rate_at(0)
    True
    """

    steps: int = 1500
    batch: int = 512
    rate: float = 1e-3
    schedule: str = "cosine"
    weight_decay: float = 0.0
    dtype: torch.dtype = torch.float32
    certificate: Certificate | None = field(default=Certificate())

    def __post_init__(self) -> None:
        if self.steps < 1:
            raise ValueError(f"`steps` must be at least 1, got {self.steps}. Train a little.")
        if self.batch < 2:
            raise ValueError(
                f"`batch` must be at least 2, got {self.batch}: an entropy needs a spread. "
                "Use 64 or more."
            )
        if not 0 < self.rate < math.inf:
            raise ValueError(f"`rate` must be positive and finite, got {self.rate}. Use 1e-3.")
        if not 0 <= self.weight_decay < math.inf:
            raise ValueError(
                f"`weight_decay` must be at least 0 and finite, got {self.weight_decay}. "
                "Use 0.0 for none."
            )
        if self.schedule not in SCHEDULES:
            raise ValueError(
                f"`schedule` must be one of {', '.join(SCHEDULES)}, got {self.schedule!r}."
            )
        if self.dtype not in (torch.float32, torch.float64):
            raise ValueError(
                f"`dtype` must be torch.float32 or torch.float64, got {self.dtype}: Adam loses "
                "small steps in fewer digits."
            )

    @property
    def continuation(self) -> int:
        """The steps that the certificate adds."""
        return math.ceil(self.certificate.share * self.steps) if self.certificate else 0

    def rate_at(self, step: int) -> float:
        """The rate of a step; after the last it starts anew, over the continuation."""
        if self.schedule == "constant":
            return self.rate
        over = self.steps if step < self.steps else self.continuation
        return self.rate * (1 + math.cos(math.pi * (step % self.steps) / over)) / 2
