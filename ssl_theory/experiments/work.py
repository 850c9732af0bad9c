"""Where groups are trained: here, in other processes, or on other machines."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any

import torch

from ssl_theory.experiments.descent import Descent, trained
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.result import Outcome

__all__ = ["Told", "executor_of", "from_executor", "own_processes", "train_group", "workers_of"]

Told = Callable[[Descent], object]


def train_group(requests: Sequence[Request], told: Sequence[Told] = ()) -> list[Outcome]:
    """The outcomes of one group, on one thread: the unit of work that is sent elsewhere."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return trained(requests, lambda descent: [tell(descent) for tell in told])
    finally:
        torch.set_num_threads(threads)


def executor_of(given: Any) -> Executor:
    """An executor as the standard library has them, from one or from a Dask client."""
    if callable(getattr(given, "get_executor", None)):
        given = given.get_executor(pure=False)
    if not callable(getattr(given, "submit", None)):
        raise TypeError(
            "`executor` must be a concurrent.futures.Executor or a Dask client, got "
            f"{type(given).__name__}. Use ProcessPoolExecutor() or dask.distributed.Client()."
        )
    return given


def workers_of(given: Any) -> int:
    """How many groups an executor or client can train at once, as far as it says."""
    if callable(getattr(given, "nthreads", None)):
        return max(1, len(given.nthreads()))  # one thread to each worker of Dask
    return getattr(given, "_max_workers", None) or os.cpu_count() or 1


@contextlib.contextmanager
def own_processes(count: int) -> Iterator[Executor]:
    """Other processes of this machine, of which nothing is left afterwards."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as executor:
        yield executor


def from_executor(
    executor: Executor,
    groups: Sequence[Sequence[Request]],
    tell: Sequence[Sequence[Told]],
    came: Callable[[int, list[Outcome]], object],
) -> None:
    """Send all groups away and hand over what comes back, as it comes.

    A group that fails costs no other one: its fault is raised when all others are in.
    """
    futures: dict[Future[list[Outcome]], int] = {}
    faults: list[Exception] = []
    try:
        for number, requests in enumerate(groups):
            try:
                future = executor.submit(train_group, list(requests), list(tell[number]))
            except Exception as fault:  # a pool may break while it is being filled
                faults.append(fault)
            else:
                futures[future] = number
        for future in as_completed(futures):
            try:
                outcomes = future.result()
            except Exception as fault:
                faults.append(fault)
            else:
                came(futures[future], outcomes)
    finally:
        for future in futures:  # of which some are left only if the wait was broken off
            future.cancel()
    if faults:
        raise RuntimeError(
            f"`executor` must bring back all {len(groups)} groups of runs, got {len(faults)} "
            f"faults, the first a {type(faults[0]).__name__}: {faults[0]}. Runs that came back are "
            "in `folder`, if one was given: the same call trains only the others."
        ) from faults[0]
