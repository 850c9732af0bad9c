"""``ssl-theory diagnose``."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ssl_theory.commands.failing import verdicts
from ssl_theory.commands.saying import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Opened = tuple[list[NDArray], dict[str, NDArray], str]

__all__ = ["EXAMPLE", "SUMMARY", "ask", "run"]

SUMMARY = "Measure the embeddings in a file, and say whether they have collapsed."
EXAMPLE = "ssl-theory diagnose embeddings.npy --html report.html --fail-on rank-deficient"


def ask(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "file",
        metavar="PATH",
        nargs="?",
        help="items by dimensions: .npy, .npz, .pt, .safetensors, .parquet, .arrow, .h5, .zarr, "
        ".csv, or the folder of a Hugging Face data set",
    )
    what.add_argument(
        "--demo", action="store_true", help="diagnose drawn embeddings that have collapsed, no PATH"
    )
    parser.add_argument("--views", metavar="PATH", help="second views, of the same shape")
    parser.add_argument("--reference", metavar="PATH", help="the same items under another encoder")
    parser.add_argument("--labels", metavar="PATH", help="the class of each item")
    parser.add_argument(
        "--groups", metavar="PATH", help="which items belong together, such as crops of one image"
    )
    parser.add_argument(
        "--column", metavar="NAME", help="the array or column of PATH, where it holds several"
    )
    parser.add_argument("--label-column", metavar="NAME", help="the same of the labels")
    parser.add_argument("--group-column", metavar="NAME", help="the same of the groups")
    parser.add_argument(
        "--sample", metavar="N", type=int, help="diagnose N items drawn without replacement, seed 0"
    )
    parser.add_argument("--html", metavar="FILE", help="write the report as a page")
    parser.add_argument("--json", metavar="FILE", help="write the report as JSON; - prints it")
    parser.add_argument(
        "--fail-on",
        metavar="KIND,...",
        help="exit with 1 on these verdicts, as named in the JSON, where they are certain",
    )


def run(asked: argparse.Namespace) -> int:
    from ssl_theory.embeddings import showing_progress
    from ssl_theory.report import Kind, diagnose, rendered, write_whole

    failing = verdicts(asked.fail_on, {kind.value: kind for kind in Kind})
    outputs = [path for path in (asked.html, asked.json) if path and path != "-"]
    told = [asked.views, asked.labels, asked.groups, asked.reference]
    if asked.demo and any(told):
        raise ValueError(
            "`--demo` must stand alone, got files that go with others. Leave them out."
        )
    _keep_apart(outputs, [asked.file, *told])
    _keep_apart([asked.file] if asked.file else [], [asked.views])
    with showing_progress(sys.stderr):
        views, known, source = _demonstration() if asked.demo else _opened(asked)
        report = diagnose(
            *views,
            labels=known.get("labels"),
            groups=known.get("groups"),
            reference=known.get("reference"),
            source=source,
        )
    texts = {}
    if asked.html:
        texts[asked.html] = report.to_html()
    if asked.json and asked.json != "-":
        texts[asked.json] = report.to_json() + "\n"
    write_whole(texts)
    say(report.to_json() if asked.json == "-" else rendered(report, sys.stdout))
    return int(any(v.kind in failing and v.sure for v in report.verdicts))


def _demonstration() -> "Opened":
    from ssl_theory.demonstration import embedded_data

    data = embedded_data()[1]
    return [data.embeddings], {}, f"{data.name}, {data.truth}"


def _opened(asked: argparse.Namespace) -> "Opened":
    """The views, what is known of the items, and what to call them."""
    from ssl_theory.arrays import check_partners
    from ssl_theory.embeddings import drawn_rows, open_embeddings, open_labels

    views = [open_embeddings(path, asked.column) for path in (asked.file, asked.views) if path]
    known = {}
    if asked.labels:
        known["labels"] = open_labels(asked.labels, asked.label_column)
    if asked.groups:
        known["groups"] = open_labels(asked.groups, asked.group_column)
    if asked.reference:
        known["reference"] = open_embeddings(asked.reference)
    source = Path(asked.file).name
    if asked.sample is not None and views[0].ndim == views[-1].ndim == 2:
        check_partners(views[0].shape, views[-1].shape)
        if asked.sample < len(views[0]):
            source += f" ({asked.sample:,} of {len(views[0]):,} items, drawn with seed 0)"
        for name, values in known.items():
            if len(values) != len(views[0]):
                raise ValueError(
                    f"`{name}` must hold one for each of {len(views[0])} items, got {len(values)}. "
                    "Give them in the order of the embeddings."
                )
            known[name] = drawn_rows(values, asked.sample, seed=0)
        views = [drawn_rows(view, asked.sample, seed=0) for view in views]
    return views, known, source


def _keep_apart(paths: list[str], others: list[str | None]) -> None:
    """Refuse ``paths`` that are each other, or any of the ``others``."""
    taken = [os.path.realpath(path) for path in others if path]
    for path in paths:
        place = os.path.realpath(path)
        if place in taken:
            raise ValueError(
                f"`{path}` must be one file in one role, got it twice: what is in it "
                "would be lost. Name another file."
            )
        taken.append(place)
