"""What a diagnosis is: measurements, verdicts and spectra, as one frozen value."""

import enum
import json
import os
from dataclasses import asdict, dataclass, fields
from typing import Any

from ssl_theory.diagnostics.intervals import Interval
from ssl_theory.report.page import fragment, page
from ssl_theory.report.text import table
from ssl_theory.report.writing import write_whole

__all__ = ["SCHEMA", "Curve", "Expectation", "Kind", "Measurement", "Report", "Verdict"]

SCHEMA = "ssl_theory/report/2"


class Kind(enum.Enum):
    """What a verdict says; the value is its name on the command line and in JSON."""

    HEALTHY = "healthy"
    COLLAPSED_TO_A_POINT = "collapsed-to-a-point"
    RANK_DEFICIENT = "rank-deficient"
    CONCENTRATED = "concentrated"
    TOO_FEW_ITEMS = "too-few-items"


@dataclass(frozen=True)
class Expectation:
    """What a measurement would be if there were nothing to find."""

    of: str  # "isotropic Gaussian items", "unrelated views"
    value: float
    p_value: float | None = None  # how often such items show as much, where that is known


@dataclass(frozen=True)
class Measurement:
    """One number, with everything needed to say what it is."""

    name: str
    value: float | None  # None where it is undefined; `note` says why
    unit: str
    convention: str
    meaning: str
    note: str = ""
    interval: Interval | None = None  # for the population's value
    null: Expectation | None = None

    def __str__(self) -> str:
        return f"{self.name}: {self.shown} {self.unit}".rstrip()

    @property
    def shown(self) -> str:
        """The value, to four digits if it is not a count."""
        if self.value is None:
            return "undefined"
        return f"{self.value:,}" if isinstance(self.value, int) else f"{self.value:.4g}"


@dataclass(frozen=True)
class Verdict:
    """A judgement with the numbers it rests on, and what to do about it."""

    kind: Kind
    of: str  # the view: "z", "w"
    sentence: str
    advice: str
    sure: bool = True  # whether all of the interval, and not just the estimate, is beyond the limit

    def __str__(self) -> str:
        return f"{self.kind.name}: {self.sentence} {self.advice}"


@dataclass(frozen=True)
class Curve:
    """A spectrum as it is drawn: variances, largest first, and what to compare them with."""

    of: str
    eigenvalues: tuple[float, ...]
    floor: float  # set by rounding
    null_low: tuple[float, ...] = ()  # of isotropic items, of the same number and total variance
    null_high: tuple[float, ...] = ()
    masses: tuple[float, ...] = ()  # how many coordinates share each direction
    shared: tuple[float, ...] = ()  # correlation of the two views along each direction


@dataclass(frozen=True)
class Report:
    """What :func:`~ssl_theory.report.diagnosis.diagnose` found.

    It prints as a table, shows itself in notebooks, and is written whole by :meth:`to_html` and
    :meth:`to_json`.
    """

    source: str
    items: int
    dimensions: int
    format: str  # how finely the numbers are written
    verdicts: tuple[Verdict, ...]
    measurements: tuple[Measurement, ...]
    spectra: tuple[Curve, ...]

    def __getitem__(self, name: str) -> Measurement:
        """The measurement of that name."""
        for measurement in self.measurements:
            if measurement.name == name:
                return measurement
        names = ", ".join(m.name for m in self.measurements)
        raise KeyError(f"no measurement `{name}` in this report; it has {names}.")

    @property
    def kinds(self) -> frozenset[Kind]:
        """Every kind of verdict in it."""
        return frozenset(verdict.kind for verdict in self.verdicts)

    def __str__(self) -> str:
        return table(self)

    def _repr_html_(self) -> str:
        return fragment(self)

    def to_json(self, path: str | os.PathLike[str] | None = None) -> str:
        """The report as JSON, also written to ``path`` if one is given."""
        text = json.dumps({"schema": SCHEMA} | asdict(self), default=_plain, allow_nan=False)
        if path is not None:
            write_whole({path: text + "\n"})
        return text

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str:
        """The report as one page that needs nothing else, also written to ``path`` if given."""
        text = page([self], title=f"{self.source}, diagnosed")
        if path is not None:
            write_whole({path: text})
        return text

    @classmethod
    def from_json(cls, text: str) -> "Report":
        """The inverse of :meth:`to_json`."""
        try:
            found = json.loads(text)
            schema = found.pop("schema")
        except (ValueError, AttributeError, KeyError, TypeError):
            raise ValueError(
                f"`text` must be a report in JSON, got {text[:40]!r}. Write one with to_json."
            ) from None
        if schema != SCHEMA:
            raise ValueError(
                f"`text` must follow the schema {SCHEMA}, got {schema}. "
                "Read it with the version of ssl_theory that wrote it."
            )
        parts: dict[str, Any] = {
            "verdicts": lambda v: Verdict(**v | {"kind": Kind(v["kind"])}),
            "measurements": _measurement,
            "spectra": lambda c: Curve(**_tuples(c)),
        }
        values = {field.name: found[field.name] for field in fields(cls)}
        return cls(**values | {k: tuple(map(make, values[k])) for k, make in parts.items()})


def _measurement(found: dict[str, Any]) -> Measurement:
    interval, null = found["interval"], found["null"]
    return Measurement(
        **found
        | {
            "interval": interval and Interval(**_tuples(interval)),
            "null": null and Expectation(**null),
        }
    )


def _tuples(found: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in found.items()}


def _plain(thing: object) -> Any:
    if isinstance(thing, Kind):
        return thing.value
    raise TypeError(f"a report holds plain values, got {type(thing).__name__}.")
