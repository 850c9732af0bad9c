"""What came of a sweep."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from ssl_theory.experiments.provenance import noted
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.result import Result

if TYPE_CHECKING:
    import pandas

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

    def __str__(self) -> str:
        lost = sum(not result.converged for result in self)
        return f"{len(self)} runs, " + (f"{lost} UNCONVERGED" if lost else "all converged")

    def table(self) -> "pandas.DataFrame":
        """A row for each run: what was asked for, what came of it, and by which versions.

        ``configuration`` is the same for all seeds of a combination and in every process. Write
        it with ``table.to_parquet(path)``.

        Raises
        ------
        ModuleNotFoundError
            If pandas is not installed.
        """
        try:
            import pandas
        except ModuleNotFoundError:
            raise ModuleNotFoundError(
                "`table` must find pandas, got no such module. Install it: "
                "pip install 'ssl-theory[report]'.",
                name="pandas",
            ) from None
        rows = []
        for request, result in zip(self._requests, self._results, strict=True):
            note = noted(request)
            found = {
                "solver": result.solver,
                "start": result.start,
                "end": result.end,
                "converged": result.converged,
                "certificate": result.certificate,
            }
            asked = list(note).index("configuration")
            items = list(note.items())
            rows.append(dict([*items[:asked], *found.items(), *items[asked:]]))
        return pandas.DataFrame.from_records(rows)
