"""All the runs of a sweep: what has come of them, and what is left to do."""

import os
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from ssl_theory.experiments.closed_form import solved
from ssl_theory.experiments.descent import Descent, trained
from ssl_theory.experiments.folder import Folder
from ssl_theory.experiments.groups import Group, planned
from ssl_theory.experiments.progress import Progress
from ssl_theory.experiments.provenance import named, noted
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.result import Outcome, Result
from ssl_theory.experiments.results import Results
from ssl_theory.experiments.work import Told, executor_of, from_executor, own_processes, workers_of

__all__ = ["Undertaking"]


class Undertaking:
    """Numbers of runs are those of their requests."""

    def __init__(self, requests: Sequence[Request], folder: str | os.PathLike[str] | None) -> None:
        self.requests = requests
        self._folder = None if folder is None else Folder(folder)
        self._names = [] if folder is None else [named(request) for request in requests]
        self._done: dict[int, Outcome] = {}

    def results(self) -> Results:
        """Of all runs, when all are done."""
        done = [Result.of(request, self._done[n]) for n, request in enumerate(self.requests)]
        return Results(done, self.requests)

    def solve(self, must: bool) -> None:
        """Do without training what theory knows; all of it ``must`` be, if that is said."""
        for number, request in enumerate(self.requests):
            outcome = solved(request)
            if outcome is not None:
                self._done[number] = outcome
            elif must:
                raise ValueError(
                    "`solver` must be auto or gradient where theory has no optimum, got closed "
                    f"form for {', '.join(request.names)}. It solves Linear encoders of Gaussian "
                    "pairs, without weight decay."
                )

    def train(self, given: Any, processes: int | None, together: int | None) -> None:
        """Train what is left, by an executor if one is given, or in so many processes."""
        numbers = [n for n in range(len(self.requests)) if n not in self._done]
        if not numbers:
            return
        executor = None if given is None else executor_of(given)
        workers = processes if executor is None else workers_of(given)
        plan = planned([self.requests[n] for n in numbers], together, workers)
        whole = [Group(tuple(numbers[n] for n in g.numbers), g.seconds) for g in plan.groups]
        groups = [group for group in map(self._left, whole) if group.numbers]
        expected = sum(group.seconds for group in groups)
        with Progress(expected, sum(len(group.numbers) for group in groups)).shown() as progress:
            if executor is None and plan.processes == 1:
                for group in groups:
                    told = [*self._checkpoint(group), _telling(progress, group.seconds)]
                    self._keep(group, trained(self._asked(group), _all(told)))
                    progress.tell(0.0, len(group.numbers))
                return
            pool = nullcontext(executor) if executor else own_processes(plan.processes)
            with pool as there:
                # Other machines may not see the folder: only processes of this one write to it.
                tell = [() if executor else self._checkpoint(group) for group in groups]

                def came(number: int, outcomes: list[Outcome]) -> None:
                    self._keep(groups[number], outcomes)
                    progress.tell(groups[number].seconds, len(outcomes))

                from_executor(there, [self._asked(group) for group in groups], tell, came)

    def _asked(self, group: Group) -> list[Request]:
        return [self.requests[number] for number in group.numbers]

    def _left(self, group: Group) -> Group:
        """What of a group is not finished; all of it, if it was half done as a whole."""
        if self._folder is None or any(told.path.exists() for told in self._checkpoint(group)):
            return group
        for number in group.numbers:
            outcome = self._folder.kept(self._names[number])
            if outcome is not None:
                self._done[number] = outcome
        left = tuple(number for number in group.numbers if number not in self._done)
        return Group(left, group.seconds * len(left) / len(group.numbers))

    def _checkpoint(self, group: Group) -> tuple[Any, ...]:
        if self._folder is None:
            return ()
        return (self._folder.checkpoint([self._names[number] for number in group.numbers]),)

    def _keep(self, group: Group, outcomes: Sequence[Outcome]) -> None:
        for number, outcome in zip(group.numbers, outcomes, strict=True):
            self._done[number] = outcome
            if self._folder is not None:
                self._folder.keep(self._names[number], outcome, noted(self.requests[number]))
        for checkpoint in self._checkpoint(group):
            checkpoint.clear()


def _all(told: Sequence[Told]) -> Told:
    def tell(descent: Descent) -> None:
        for each in told:
            each(descent)

    return tell


def _telling(progress: Progress, seconds: float) -> Told:
    before = 0.0

    def tell(descent: Descent) -> None:
        nonlocal before
        behind = seconds * descent.step / descent.steps
        progress.tell(behind - before)
        before = behind

    return tell
