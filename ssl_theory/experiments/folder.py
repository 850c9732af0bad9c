"""What a sweep has done so far, in files that are whole or not there."""

import contextlib
import dataclasses
import json
import os
import tempfile
import time
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.experiments.descent import Descent
from ssl_theory.experiments.fingerprint import fingerprint
from ssl_theory.experiments.result import Outcome

__all__ = ["Checkpoint", "Folder"]

FORMAT = "ssl_theory sweep 1"
EVERY = 30.0  # seconds between checkpoints


class Folder:
    """Outcomes by the fingerprint of what was asked for, and checkpoints of what is on its way."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        if self.path.exists() and not self.path.is_dir():
            raise ValueError(f"`folder` must be a folder, got the file {self.path}. Name another.")
        for name in ("runs", "unfinished"):
            (self.path / name).mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, outcome: Outcome, note: Mapping[str, Any]) -> None:
        """Write an outcome, with what a reader may want to know of it."""
        arrays = {"losses": outcome.losses}
        arrays |= {f"weights/{key}": array for key, array in outcome.weights.items()}
        arrays |= {f"objective/{key}": array for key, array in outcome.objective_weights.items()}
        said = {
            field.name: getattr(outcome, field.name)
            for field in dataclasses.fields(outcome)
            if field.name not in ("weights", "objective_weights", "losses")
        }
        _write(self._run(name), name, arrays, {"outcome": said, "note": dict(note)})

    def kept(self, name: str) -> Outcome | None:
        """The outcome of this name, if there is one."""
        path = self._run(name)
        if not path.exists():
            return None
        arrays, said = _read(path, name)
        parts: dict[str, dict[str, NDArray[Any]]] = {"weights": {}, "objective": {}}
        for key, array in arrays.items():
            part, _, rest = key.partition("/")
            if rest:
                parts[part][rest] = array
        return Outcome(parts["weights"], parts["objective"], arrays["losses"], **said["outcome"])

    def checkpoint(self, names: Sequence[str]) -> "Checkpoint":
        """Where runs of these names, side by side, are on their way."""
        name = fingerprint(tuple(names))
        return Checkpoint(self.path / "unfinished" / f"{name}.npz", name)

    def _run(self, name: str) -> Path:
        return self.path / "runs" / f"{name}.npz"


class Checkpoint:
    """The state of a descent, written now and then."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self._name, self._last = path, name, time.monotonic()

    def __call__(self, descent: Descent) -> None:
        """Put a descent that is at its start where it had come to; write one that is on its way."""
        if descent.step == 0:
            if self.path.exists():
                descent.restore(_read(self.path, self._name)[0])
        elif time.monotonic() - self._last >= EVERY or descent.step == descent.steps:
            _write(self.path, self._name, descent.state(), {})
            self._last = time.monotonic()

    def clear(self) -> None:
        """Forget it, when all of its outcomes are kept."""
        self.path.unlink(missing_ok=True)


def _write(path: Path, name: str, arrays: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    told = json.dumps({"format": FORMAT, "name": name, **said})
    handle, partial = tempfile.mkstemp(dir=path.parent, suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, told=np.array(told), **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(partial)
        raise


def _read(path: Path, name: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    try:
        # Opened here: what numpy opens stays open if it is torn.
        with open(path, "rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {key: file[key] for key in file.files}
        said = json.loads(str(arrays.pop("told")))
        found = said["format"], said["name"]
    except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"`folder` must hold what a sweep wrote, got a torn or foreign file {path} "
            f"({type(error).__name__}: {error}). Delete it, and its runs are trained again."
        ) from None
    if found != (FORMAT, name):
        raise ValueError(
            f"`folder` must hold what a sweep wrote, got {path}, which is of {found[1]!r} in "
            f"format {found[0]!r}. Delete it, and its runs are trained again."
        )
    return arrays, said
