"""``ssl-theory collapse``."""

import argparse
import sys
from typing import Any

from ssl_theory.commands.failing import verdicts
from ssl_theory.commands.saying import say

__all__ = ["EXAMPLE", "SUMMARY", "ask", "run"]

SUMMARY = "Look for every kind of collapse in the embeddings in a file, or since another file."
EXAMPLE = "ssl-theory collapse now.npy --previous before.npy --fail-on dimensional,cluster"

ARRAYS = {
    "views": "the second view of each item",
    "previous": "the same items, embedded by an earlier checkpoint",
    "units": "activations of a hidden layer, items by units",
    "backbone": "what the projector was given, items by features",
    "prototypes": "prototypes by dimensions",
    "predictions": "what the predictor made of the embeddings",
}
NAMES = {
    "labels": "the class of each item: clusters that classes explain are no collapse",
    "trajectories": "which trajectory each item is a moment of",
    "assignments": "the code of each item",
}


def ask(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("file", metavar="PATH", help="items by dimensions, in any format")
    for name, what in (ARRAYS | NAMES).items():
        parser.add_argument(f"--{name}", metavar="PATH", help=what)
    parser.add_argument(
        "--sample",
        metavar="N",
        type=int,
        default=4096,
        help="of more items, look at N drawn without replacement, seed 0; default: 4096",
    )
    parser.add_argument("--codes", metavar="K", type=int, help="how many codes there are")
    parser.add_argument(
        "--isotropy",
        action="store_true",
        help="hold it against noise, as is right of encoders that were trained to look like it",
    )
    parser.add_argument(
        "--level", metavar="P", type=float, default=0.05, help="chance of any false verdict"
    )
    parser.add_argument(
        "--fail-on", metavar="KIND,...", help="exit with 1 if one of these kinds is shown"
    )


def run(asked: argparse.Namespace) -> int:
    from ssl_theory.collapse import Kind, detect
    from ssl_theory.embeddings import drawn_rows, open_embeddings, open_labels, showing_progress

    failing = verdicts(asked.fail_on, {kind.value: kind for kind in Kind})
    with showing_progress(sys.stderr):
        given: dict[str, Any] = {"z": open_embeddings(asked.file)}
        given |= {name: open_embeddings(path) for name in ARRAYS if (path := getattr(asked, name))}
        given |= {name: open_labels(path) for name in NAMES if (path := getattr(asked, name))}
        items = len(given["z"])
        for name, rows in given.items():
            if name == "prototypes":
                continue
            if len(rows) != items:
                raise ValueError(
                    f"`{name}` must hold one row for each of {items} items, got {len(rows)}. "
                    "Give them in the order of the embeddings."
                )
            given[name] = drawn_rows(rows, min(asked.sample, items), seed=0)
        found = detect(
            **given,
            codes=asked.codes,
            against="isotropy" if asked.isotropy else None,
            level=asked.level,
        )
    if asked.sample < items:
        say(f"{asked.sample:,} of {items:,} items, drawn with seed 0\n")
    say(str(found))
    return int(any(kind in failing for kind in found.kinds))
