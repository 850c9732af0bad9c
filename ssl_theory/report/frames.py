"""Values as tables of pandas, which is loaded when one is asked for."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

    from ssl_theory.diagnostics.intervals import Interval
    from ssl_theory.report.value import Report

__all__ = ["NUMBERS", "bounds", "frame", "of_measurements"]

NUMBERS = ("value", "low", "estimate", "high", "level", "null", "p_value")
"""Of a report's measurements."""

Rows = Iterable[dict[str, Any]]


def frame(rows: Rows, numbers: Sequence[str], index: str | None = None) -> "pandas.DataFrame":
    """A data frame whose ``numbers`` are floats, with NaN where nothing is known.

    Raises
    ------
    ModuleNotFoundError
        If pandas is not installed.
    """
    try:
        import pandas
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "`to_pandas` must find pandas, got no such module. Install it: "
            "pip install 'ssl-theory[report]'.",
            name="pandas",
        ) from None
    made = pandas.DataFrame.from_records(list(rows)).astype(dict.fromkeys(numbers, float))
    return made if index is None else made.set_index(index)


def bounds(interval: "Interval | None") -> dict[str, float | None]:
    """The columns of an interval."""
    return {
        name: getattr(interval, name) if interval else None
        for name in ("low", "estimate", "high", "level")
    }


def of_measurements(report: "Report") -> Iterable[dict[str, Any]]:
    """A row for each measurement of a report."""
    for m in report.measurements:
        yield {
            "measurement": m.name,
            "group": m.group,
            "value": m.value,
            "unit": m.unit,
            **bounds(m.interval),
            "null": m.null.value if m.null else None,
            "p_value": m.null.p_value if m.null else None,
            "null_of": m.null.of if m.null else "",
            "convention": m.convention,
            "meaning": m.meaning,
            "note": m.note,
        }
