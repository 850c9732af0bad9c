"""Work may be done elsewhere: the same comes back, and nothing that came back is lost."""

import io
import os
import signal
import threading
import time
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
import torch

from ssl_theory.embeddings.progress import showing_progress
from ssl_theory.experiments import Certificate, Training, progress, sweep, work
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.objectives import info_nce, vicreg
from ssl_theory.processes import GaussianPairs

SHORT = Training(30, 16, 0.01, dtype=torch.float64, certificate=Certificate(batches=2))


def asked(objective=vicreg(), training=SHORT, seeds=range(4), **more):  # noqa: B008
    return sweep(
        objective, GaussianPairs(), Perceptron(2, (4,)), training, seeds=seeds, together=2, **more
    )


def same(results, expected):
    assert len(results) == len(expected)
    for one, other in zip(results, expected, strict=True):
        assert one.seed == other.seed and one.certificate == other.certificate
        np.testing.assert_allclose(one.losses, other.losses, rtol=1e-12)
        for name, weight in one.weights.items():
            torch.testing.assert_close(weight, other.weights[name], rtol=1e-9, atol=1e-12)


def test_an_executor_brings_back_the_same(tmp_path):
    with ThreadPoolExecutor(2) as executor:
        results = asked(executor=executor, folder=tmp_path)
    same(results, asked())
    assert len(list((tmp_path / "runs").iterdir())) == 4


class Counting(ThreadPoolExecutor):
    """Remembers how many runs were in each group."""

    def submit(self, function, requests, tell):
        self.__dict__.setdefault("groups", []).append(len(requests))
        return super().submit(function, requests, tell)


def test_every_worker_has_a_group():
    with Counting(3) as executor:
        sweep(
            vicreg(), GaussianPairs(), Perceptron(2, (4,)), SHORT, seeds=range(8), executor=executor
        )
    assert sorted(executor.groups) == [2, 3, 3]


class Dask:
    """Says of each of its workers how many threads it has."""

    def nthreads(self):
        return {"one": 1, "other": 4}


def test_workers_are_counted_where_they_can_be():
    assert work.workers_of(Dask()) == 2
    assert work.workers_of(ThreadPoolExecutor(5)) == 5
    assert work.workers_of(object()) == os.cpu_count()


class Breaking(ThreadPoolExecutor):
    """Takes one group, and is broken after that."""

    def submit(self, function, *args):
        if self.__dict__.setdefault("taken", []):
            raise BrokenExecutor("out of memory")
        self.taken.append(args)
        return super().submit(function, *args)


def test_what_a_pool_took_before_it_broke_is_kept(tmp_path):
    wanted = "bring back all 2 groups of runs, got 1 faults, the first a BrokenExecutor: out of mem"
    with Breaking(1) as executor, pytest.raises(RuntimeError, match=wanted):
        asked(executor=executor, folder=tmp_path)
    assert len(list((tmp_path / "runs").iterdir())) == 2


class Client:
    """Has an executor, as clients of Dask do."""

    def __init__(self, executor):
        self.executor = executor

    def get_executor(self, pure):
        assert not pure
        return self.executor


def test_a_client_is_asked_for_its_executor():
    with ThreadPoolExecutor(1) as executor:
        same(asked(executor=Client(executor)), asked())


def test_work_elsewhere_has_one_thread_and_here_it_is_left_alone():
    seen = []

    def watched(z, w):
        seen.append(torch.get_num_threads())
        return (z - w).square().mean()

    class Here:
        def submit(self, function, *args):
            future = Future()
            future.set_result(function(*args))
            return future

    torch.set_num_threads(2)
    try:
        asked(watched, executor=Here())
        assert set(seen[10:]) == {1} and torch.get_num_threads() == 2
        del seen[:]
        asked(watched)
        assert set(seen) == {2}
    finally:
        torch.set_num_threads(1)


def test_a_group_that_fails_costs_no_other_one(tmp_path):
    encoders = {"whole": Perceptron(2, (4,)), "broken": BrokenLate(2, (4,))}
    with ThreadPoolExecutor(1) as executor:
        wanted = "`executor` must bring back all 2 groups of runs, got 1 faults, the first a Ari"
        with pytest.raises(RuntimeError, match=wanted):
            sweep(
                vicreg(), GaussianPairs(), encoders, SHORT,
                seeds=range(2), folder=tmp_path, executor=executor,
            )  # fmt: skip
    assert len(list((tmp_path / "runs").iterdir())) == 2


class BrokenLate(Perceptron):
    """Is well when it is looked at, and breaks when it is trained with others."""

    def apply(self, weights, x):
        if weights["weight0"].ndim == 3:
            raise ArithmeticError("lost")
        return super().apply(weights, x)


def test_what_waits_is_called_back_when_the_wait_is_broken_off(monkeypatch):
    left = [Future() for _ in range(2)]

    class Slow:
        def submit(self, function, *args):
            return left[len(sent) - 1] if sent.append(args) is None else None

    def broken(futures):
        raise KeyboardInterrupt

    sent = []
    monkeypatch.setattr(work, "as_completed", broken)
    with pytest.raises(KeyboardInterrupt):
        asked(executor=Slow())
    assert all(future.cancelled() for future in left)


def test_says_what_an_executor_is():
    wanted = "`executor` must be a concurrent.futures.Executor or a Dask client, got str. Use"
    with pytest.raises(TypeError, match=wanted):
        asked(executor="dask")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_whoever_waits_is_told_how_long(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    terminal = Terminal()
    with showing_progress(terminal):
        asked(training=Training(120, 16, certificate=None))
    lines = terminal.getvalue().split("\r")
    assert any("0 of 4 runs, 0:" in line for line in lines)
    assert any("2 of 4 runs, 0:" in line for line in lines)
    assert lines[-1] == "" and not lines[-2].strip()  # it is gone when all is done
    assert "#" * 24 in terminal.getvalue()


def test_nobody_is_told_where_nobody_waits(capsys):
    asked()
    assert capsys.readouterr() == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["own", "given"])
def test_other_processes_bring_back_the_same(tmp_path, how):
    if how == "own":
        results = asked(processes=2, folder=tmp_path)
    else:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
            results = asked(executor=executor, folder=tmp_path)
    same(results, asked())
    assert not list((tmp_path / "unfinished").iterdir())


@pytest.mark.slow
def test_a_killed_worker_of_dask_loses_no_result(tmp_path):
    # The nanny starts another worker, and the scheduler sends the group of the dead one again.
    from dask.distributed import Client, LocalCluster

    training = Training(1500, 16, 0.01, dtype=torch.float64, certificate=None)
    seeds = range(12)
    killed = []
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
            local_directory=str(tmp_path / "dask"),
        ) as cluster,
        Client(cluster) as client,
    ):  # fmt: skip

        def kill():
            # As soon as a first result is in, the worker that is busy then is shot.
            runs = tmp_path / "sweep" / "runs"
            while not list(runs.glob("*.npz")):
                time.sleep(0.05)
            busy = [worker for worker, tasks in client.processing().items() if tasks]
            pids = client.run(os.getpid, workers=busy[:1])
            for pid in pids.values():
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

        killer = threading.Thread(target=kill)
        killer.start()
        results = asked(info_nce(), training, seeds, executor=client, folder=tmp_path / "sweep")
        killer.join()
        alive = set(client.run(os.getpid).values())
    assert killed and not alive & set(killed)
    assert len(list((tmp_path / "sweep" / "runs").iterdir())) == len(seeds)
    same(results, asked(info_nce(), training, seeds))
