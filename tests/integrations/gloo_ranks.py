"""Processes that reduce and gather what each holds: ``python gloo_ranks.py FOLDER SIZE ...``.

For each number of processes SIZE every process leaves a file SIZE-RANK.npz in FOLDER.
"""

import json
import multiprocessing
import sys
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

from ssl_theory.collapse.monitor import Monitor
from ssl_theory.collapse.observation import Observation
from ssl_theory.integrations.torch_distributed import agreed, gathered, share, summed
from ssl_theory.integrations.torch_hooks import Watch
from ssl_theory.moments import Moments

DIMENSION = 5
BORDERS = {1: [0, 97], 2: [0, 97, 97], 4: [0, 3, 40, 40, 97]}  # uneven, and two that hold nothing


def items() -> np.ndarray:
    """Far from zero, and of unequal spread."""
    spread = 10.0 ** -np.arange(DIMENSION)
    return 1000 + np.random.default_rng(0).standard_normal((97, DIMENSION)) * spread


def probe() -> np.ndarray:
    return np.random.default_rng(1).standard_normal((50, 3))


def moments_of(rows: np.ndarray) -> Moments:
    return Moments.of(rows) if len(rows) else Moments.empty(rows.shape[1])


def refusal() -> str:
    """What is said where processes have moments of different dimensions."""
    try:
        summed(Moments.empty(3 + dist.get_rank()))
    except ValueError as error:
        return str(error)
    return ""


def state_after_training() -> str:
    """Of a monitor to which every process shows the whole of a probe that they have embedded."""
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(1)
    model = DistributedDataParallel(torch.nn.Linear(6, 4, dtype=torch.float64))
    optimiser = torch.optim.SGD(model.parameters(), lr=0.003)
    items = torch.randn(60, 6, generator=generator, dtype=torch.float64)
    monitor = Monitor(burn_in=18)
    watch = Watch(model, items[share(60)], {"z": ""}, monitor, every=1, gather=gathered)
    for _ in range(20):
        batch = torch.randn(64, 6, generator=generator, dtype=torch.float64)[share(64)]
        loss = (model(batch).square().sum(1) - 4).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        watch.step()
    return json.dumps(watch.state_dict())


def work(rank: int, size: int, folder: Path) -> None:
    meeting = f"file://{folder}/meeting-{size}"
    dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=size)
    first, last = BORDERS[size][rank : rank + 2]
    total = summed(moments_of(items()[first:last]))
    nothing = summed(Moments.empty(DIMENSION))
    # Halves of a matrix of two rows: fewer items than dimensions, kept as rows by each process.
    few = summed(moments_of(items()[:2][rank : rank + 1]))
    coarse = summed(Moments.of(torch.ones(2, 2, dtype=(torch.float64, torch.float16)[rank % 2])))
    own = share(50)
    whole = gathered(
        Observation.of(probe()[own], backbone=2 * probe()[own], codes=rank + 7, prototypes=[[rank]])
    )
    common = agreed(Observation.of(probe() + rank, codes=rank + 7))
    np.savez(
        folder / f"{size}-{rank}.npz",
        count=total.count,
        mean=total.mean,
        covariance=total.covariance(),
        eigenvalues=total.eigenvalues(),
        empty=nothing.count,
        few=few.covariance(ddof=0),
        coarse=coarse.roundoff,
        z=whole.z,
        backbone=whole.backbone,
        codes=whole.codes,
        prototypes=whole.prototypes,
        agreed=[common.z.mean(), common.codes],
        state=state_after_training(),
        refusal=refusal(),
    )
    dist.barrier()
    dist.destroy_process_group()


def main(folder: str, *sizes: str) -> int:
    # Forked, so that torch is imported once.
    context = multiprocessing.get_context("fork")
    torch.set_num_threads(1)
    processes = [
        context.Process(target=work, args=(rank, int(size), Path(folder)))
        for size in sizes
        for rank in range(int(size))
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return max(abs(process.exitcode or 0) for process in processes)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
