"""What came of a sweep."""

from collections.abc import Iterator, Sequence
from typing import overload

from ssl_theory.experiments.request import Request
from ssl_theory.experiments.result import Result

__all__ = ["Results"]


class Results(Sequence[Result]):
    """The results in the order in which they were asked for: seeds vary fastest."""

    def __init__(self, results: Sequence[Result], requests: Sequence[Request]) -> None:
        self._results, self._requests = list(results), list(requests)

    def __len__(self) -> int:
        return len(self._results)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        return self._results[index]

    def __iter__(self) -> Iterator[Result]:
        return iter(self._results)
