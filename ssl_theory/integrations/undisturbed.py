"""A model looked at without a trace."""

import contextlib
import random
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

__all__ = ["undisturbed"]


@contextlib.contextmanager
def undisturbed(model: nn.Module) -> Iterator[None]:
    """Eval mode, no gradients, and the same random numbers every time; afterwards all as it was.

    >>> dropout = nn.Dropout()
    >>> with undisturbed(dropout):
    ...     dropout.training
    False
    >>> dropout.training
    True
    """
    training = [(module, module.training) for module in model.modules()]
    # Other accelerators than CUDA's keep no random numbers that could be put back one by one.
    devices = sorted({p.device.index for p in model.parameters() if p.device.type == "cuda"})
    python, legacy = random.getstate(), np.random.get_state()  # noqa: NPY002
    with torch.random.fork_rng(devices), torch.no_grad():
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002
        torch.default_generator.manual_seed(0)
        for device in devices:
            with torch.cuda.device(device):
                torch.cuda.manual_seed(0)
        model.eval()
        try:
            yield
        finally:
            for module, was in training:
                module.training = was
            random.setstate(python)
            np.random.set_state(legacy)  # noqa: NPY002
