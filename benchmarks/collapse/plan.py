"""Which trainings there are: what is trained on what, and what befalls it."""

import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from random import Random

from benchmarks.collapse.damages import DAMAGES
from benchmarks.collapse.data import DATA
from benchmarks.collapse.encoders import ENCODERS
from benchmarks.collapse.programs import PROGRAMS
from ssl_theory.collapse.kinds import Kind

__all__ = ["CONTROLS", "KEY", "SEVERITIES", "WEAKENED", "Run", "everything", "quick"]

SEVERITIES = (10, 30, 60, 90)  # percent
KEY = (Kind.COMPLETE, Kind.DIMENSIONAL, Kind.CLUSTER, Kind.TEMPORAL)
HEALTHY = 420
STRIDE = 37  # from cell to cell: prime to the number of cells of every kind
OF_KEY = {10: 32, 30: 96, 60: 96, 90: 48}
OF_OTHERS = dict.fromkeys(SEVERITIES, 8)
DRAW = 2  # of all seeds: the rules were made looking at the first
WEAKENED = "weakened"  # the terms against collapse are switched off

CONTROLS = (
    "nothing",
    "rate / 10",
    "warm restart",
    "augmentation + 50 %",
    "batch / 2",
    "batch x 2",
    "bfloat16",
    "float64",
    "width x 3/2",
    "early",  # probed while it still learns fast, and rank may fall
)
"""What happens to healthy runs, at the moment at which a collapse begins in others."""


@dataclass(frozen=True)
class Run:
    """One training. ``what`` is a kind of collapse, ``WEAKENED``, or one of the controls."""

    program: str
    data: str
    encoder: str
    what: str
    severity: int = 0  # percent; 0 where there is none
    repeat: int = 0

    @property
    def name(self) -> str:
        """It alone has it, and its seed is drawn from it and from ``DRAW``."""
        return ".".join(str(part) for part in asdict(self).values()).replace(" ", "")

    @property
    def file(self) -> str:
        """Where it is kept."""
        return self.name.replace("/", "per").replace("%", "percent") + ".npz"

    @property
    def seed(self) -> int:
        return zlib.crc32(f"{DRAW} {self.name}".encode())

    @property
    def healthy(self) -> bool:
        return self.what in CONTROLS


def everything() -> list[Run]:
    """The whole benchmark, in an order in which any beginning is a fair sample."""
    runs = [*_healthy(HEALTHY), *_weakened()]
    for kind in DAMAGES:
        for severity in SEVERITIES:
            runs += _planted(kind, severity, (OF_KEY if kind in KEY else OF_OTHERS)[severity])
    return sorted(runs, key=lambda run: run.seed)


def quick() -> list[Run]:
    """Every program, world, encoder and kind at least once, in a minute or two."""
    cells = [
        (program, list(DATA)[i % len(DATA)], ENCODERS[i % len(ENCODERS)])
        for i, program in enumerate(PROGRAMS)
    ]
    runs = [Run(*cell, CONTROLS[i]) for i, cell in enumerate(cells)]
    runs += [Run(*cell, KEY[i % len(KEY)].value, 60) for i, cell in enumerate(cells)]
    for kind in DAMAGES:
        if kind not in KEY:
            runs += [Run(*cell, kind.value, 90) for cell in cells if _applies(kind, cell)][:1]
    return runs


def _cells() -> Iterator[tuple[str, str, str]]:
    yield from product(PROGRAMS, DATA, ENCODERS)


def _healthy(wanted: int) -> Iterator[Run]:
    """Every cell, and every control, as often as any other or once more."""
    cells = list(_cells())
    controls = [CONTROLS[i % len(CONTROLS)] for i in range(wanted)]
    Random(0).shuffle(controls)
    for i, control in enumerate(controls):
        yield Run(*cells[STRIDE * i % len(cells)], control, repeat=i // len(cells))


def _weakened() -> Iterator[Run]:
    for i, cell in enumerate(_cells()):
        if i % 3 == i // 12 % 3:
            yield Run(*cell, WEAKENED)


def _planted(kind: Kind, severity: int, wanted: int) -> Iterator[Run]:
    """Of the cells that it applies to each as often as any other, or once more."""
    cells = [cell for cell in _cells() if _applies(kind, cell)]
    start = zlib.crc32(f"{kind.value} {severity}".encode())
    for i in range(wanted):
        cell = cells[(start + STRIDE * i) % len(cells)]
        yield Run(*cell, kind.value, severity, repeat=i // len(cells))


def _applies(kind: Kind, cell: tuple[str, str, str]) -> bool:
    program, _, encoder = cell
    needed = {
        Kind.TOKEN: encoder == "conv",
        Kind.PARTIAL_PROTOTYPE: program == "prototypes",
        Kind.CODEBOOK: program == "codebook",
        Kind.PREDICTOR_IDENTITY: program in ("byol", "jepa"),
    }
    return needed.get(kind, True)
