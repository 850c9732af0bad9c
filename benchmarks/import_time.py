"""The cost of `import ssl_theory` beyond `import torch`, which it cannot do without.

Run `python -m benchmarks.import_time` in the project's folder. Each round starts two fresh
interpreters, one per statement, so that both meet the same load; medians over rounds are compared.
The verdict uses CPU seconds, which other programs on the machine disturb least. It exits with 1
when the difference exceeds the budget or when a library that should wait was loaded.
"""

import argparse
import configparser
import json
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BUDGET", "Cost", "excess", "libraries_that_wait", "measure"]

BUDGET = 1.0
"""CPU seconds that `import ssl_theory` may take beyond `import torch`."""

ROOT = Path(__file__).parents[1]
IMPORTED_AS = {"scikit-learn": "sklearn", "pytest-xdist": "xdist", "myst-nb": "myst_nb"}
"""Distributions whose module has another name than theirs."""

CHILD = """
import json, sys, time
cpu, wall = time.process_time(), time.perf_counter()
import {module}
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
print(json.dumps([cpu, wall, sorted({{name.partition(".")[0] for name in sys.modules}})]))
"""


@dataclass(frozen=True)
class Cost:
    """Seconds that one import took, and the top-level modules that were loaded after it."""

    cpu: float
    wall: float
    modules: frozenset[str]


def libraries_that_wait() -> frozenset[str]:
    """Modules that only some users need: three of the base install, and every extra."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = "\n".join(setup["options.extras_require"].values()).split("\n")
    names = [re.match(r"[\w-]+", line)[0] for line in lines if line]
    optional = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in names}
    return frozenset({"hypothesis", "matplotlib", "sympy"} | optional - {"ssl_theory"})


def measure(module: str) -> Cost:
    """Import `module` in a fresh interpreter."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD.format(module=module)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    cpu, wall, modules = json.loads(child.stdout)
    return Cost(cpu, wall, frozenset(modules))


def median(costs: list[Cost]) -> Cost:
    cpu = statistics.median(cost.cpu for cost in costs)
    wall = statistics.median(cost.wall for cost in costs)
    return Cost(cpu, wall, costs[-1].modules)


def excess(rounds: int, module: str = "ssl_theory") -> tuple[Cost, Cost, frozenset[str]]:
    """Median costs of torch and of `module`, and what the latter loaded too early."""
    measure(module)  # so that the files are compiled and in memory for both
    pairs = [(measure("torch"), measure(module)) for _ in range(rounds)]
    torch, ours = (median(list(costs)) for costs in zip(*pairs, strict=True))
    return torch, ours, (ours.modules - torch.modules) & libraries_that_wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.import_time", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="fresh interpreters per statement")
    rounds = parser.parse_args().rounds
    torch, ours, early = excess(rounds)
    print(f"medians of {rounds} interleaved rounds, in seconds    CPU     wall")
    print(f"  import torch                               {torch.cpu:8.2f} {torch.wall:8.2f}")
    print(f"  import ssl_theory                          {ours.cpu:8.2f} {ours.wall:8.2f}")
    print(
        f"  beyond torch                               {ours.cpu - torch.cpu:8.2f} "
        f"{ours.wall - torch.wall:8.2f}"
    )
    print(
        f"  ratio                                      {ours.cpu / torch.cpu:8.2f} "
        f"{ours.wall / torch.wall:8.2f}"
    )
    print("loaded too early: " + (", ".join(sorted(early)) or "nothing"))
    within = ours.cpu - torch.cpu <= BUDGET
    print(f"budget of {BUDGET} CPU s beyond torch: {'kept' if within else 'exceeded'}")
    return 0 if within and not early else 1


if __name__ == "__main__":
    sys.exit(main())
