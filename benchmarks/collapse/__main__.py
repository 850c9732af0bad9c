"""Run the benchmark of collapse detectors, and say how often each is right.

Run `python -m benchmarks.collapse` in the project's folder. Small encoders are trained in eight
ways on four worlds. Some stay healthy, though their rate of learning, their views, their batches or
their precision change; some are damaged from within, at a moment that is written down. Every rule
sees the same probes. Tolerances of the monitor come from runs of other programs, or of other
worlds, than the one it is judged on. Records are kept in a folder, so that a benchmark that was
stopped goes on where it was. It exits with 1 when a goal is missed.
"""

import argparse
import json
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.collapse.judging import judged
from benchmarks.collapse.measuring import summary
from benchmarks.collapse.plan import DRAW, everything, quick
from benchmarks.collapse.runner import run_all
from benchmarks.collapse.table import RESULTS, SUMMARY, goals, tables

LIBRARIES = ("numpy", "scipy", "torch", "scikit-learn")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.collapse", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few runs of everything: a minute")
    parser.add_argument("--out", type=Path, default=Path("build/collapse"), help="where records go")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=int, help="only so many runs, a fair sample of all")
    parser.add_argument(
        "--publish", action="store_true", help="write the results beside the code, for the README"
    )
    asked = parser.parse_args(arguments)
    runs = (quick() if asked.quick else everything())[: asked.limit]
    start = time.monotonic()
    try:
        run_all(runs, asked.out, asked.workers)
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    trained = time.monotonic() - start
    results, chosen = judged(runs, asked.out, asked.workers)
    told = {
        "command": " ".join(
            ["python -m benchmarks.collapse"]
            + (["--quick"] if asked.quick else [])
            + ([f"--limit {asked.limit}"] if asked.limit else [])
        ),
        "runs": len(runs),
        "healthy runs": sum(run.healthy for run in runs),
        "seeds": f"of each run, the CRC-32 of its name after '{DRAW} '",
        "versions": {"python": platform.python_version()} | {n: version(n) for n in LIBRARIES},
        "tolerances": chosen,
        "rules": summary(results),
    }
    told = json.loads(json.dumps(told))  # as it will be read
    here = (RESULTS, SUMMARY) if asked.publish else (asked.out / p.name for p in (RESULTS, SUMMARY))
    parquet, text = here
    results.to_parquet(parquet, compression="zstd", index=False)
    text.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(f"{len(runs):,} runs, {trained:.0f} s of training, judged in ", end="")
    print(f"{time.monotonic() - start - trained:.0f} s\n\n{tables(told)}\n")
    if asked.quick:  # so few healthy runs neither teach tolerances nor prove a rate
        return 0
    missed = 0
    for goal, found, met in goals(told["rules"]):
        missed += not met
        print(f"{'met   ' if met else 'MISSED'}  {goal}: {found}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
