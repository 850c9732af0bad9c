"""What the two commands cost on a machine that has nothing: seconds, and megabytes of downloads.

Run `python -m benchmarks.set_up` in the project's folder. It clones the project to a new folder and
runs `make demo` there, which sets everything up, `make demo` again, and `make test`. Then every
package that came is downloaded once more, into a folder that is weighed.
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).parents[1]
NOTHING_AROUND = {
    name: value
    for name, value in os.environ.items()
    if name not in {"VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH"}
}


def seconds(command: str, folder: Path) -> float:
    """How long `command` takes in `folder`, with no cache of packages to help."""
    started = time.perf_counter()
    environment = NOTHING_AROUND | {"PIP_NO_CACHE_DIR": "1"}
    subprocess.run(
        shlex.split(command), cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def megabytes(folder: Path) -> dict[str, float]:
    """Size of each package that `make` installed in `folder`, as it is downloaded."""
    python = str(folder / ".venv/bin/python")
    freeze = [python, "-m", "pip", "freeze", "--exclude-editable", "--all"]
    names = subprocess.run(freeze, check=True, capture_output=True, text=True).stdout.split()
    wheels = folder / "wheels"
    download = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(wheels)]
    asked = [name for name in names if not name.startswith("pip==")]
    subprocess.run([*download, *asked], check=True, cwd=folder)
    return {path.name.split("-")[0]: path.stat().st_size / 1e6 for path in wheels.iterdir()}


def main() -> int:
    """Measure, and print one line for each figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.set_up", description=__doc__)
    parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        clone = Path(place, "clone")
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        for what in ("make demo", "make demo", "make test"):
            print(f"{what:<24} {seconds(what, clone):6.0f} s", flush=True)
        sizes = megabytes(clone)
    largest = sorted(sizes, key=sizes.__getitem__)[-1]
    print(f"{'downloads':<24} {sum(sizes.values()):6.0f} MB in {len(sizes)} packages")
    print(f"{'of which ' + largest:<24} {sizes[largest]:6.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
