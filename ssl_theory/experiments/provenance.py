"""Where numbers come from: what was asked for, and by which versions it was answered."""

import platform
from importlib.metadata import version
from typing import Any

import numpy as np
import torch

from ssl_theory.experiments.fingerprint import fingerprint
from ssl_theory.experiments.request import Request

__all__ = ["configuration", "named", "noted", "versions"]


def configuration(request: Request) -> str:
    """The fingerprint of all that was asked for but the seed."""
    return fingerprint((request.objective, request.process, request.encoder, request.training))


def named(request: Request) -> str:
    """The fingerprint of a run, by which it is found again."""
    return fingerprint((configuration(request), request.seed))


def versions() -> dict[str, str]:
    """Of what the numbers depend on."""
    return {
        "ssl_theory": version("ssl-theory"),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


def noted(request: Request) -> dict[str, Any]:
    """What a row of a table says of a run before it says what came of it."""
    training = request.training
    return {
        **dict(zip(("objective", "process", "encoder", "training"), request.names, strict=True)),
        "seed": request.seed,
        "steps": training.steps,
        "batch": training.batch,
        "rate": training.rate,
        "schedule": training.schedule,
        "weight_decay": training.weight_decay,
        "dtype": str(training.dtype).removeprefix("torch."),
        "configuration": configuration(request),
        **versions(),
    }
