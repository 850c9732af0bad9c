"""The command ``ssl-theory``, which is ``python -m ssl_theory``."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import ssl_theory

if TYPE_CHECKING:
    from ssl_theory.latent_distribution_matching import Objective

__all__ = ["main"]

Command = Callable[[argparse.Namespace], int]

EXIT_CODES = """exit status:
  0    done
  1    a verdict that --fail-on names was given
  2    unusable input or usage
  130  interrupted; nothing was written"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    >>> main(["objectives", "no_such_objective"])
    2
    """
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except KeyboardInterrupt:
        return 130
    except (ModuleNotFoundError, OSError, TypeError, ValueError) as error:
        print(f"ssl-theory: {' '.join(str(error).split())}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ssl-theory",
        description="A theory-first analysis toolkit for self-supervised learning.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {ssl_theory.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Command, summary: str, example: str) -> argparse.ArgumentParser:
        words = f"example:\n  {example}\n\n{EXIT_CODES}"
        form = argparse.RawDescriptionHelpFormatter
        made = commands.add_parser(
            name, help=summary, description=summary, epilog=words, formatter_class=form
        )
        made.set_defaults(run=run)
        return made

    diagnose = command(
        "diagnose",
        _diagnose,
        "Measure the embeddings in a file, and say whether they have collapsed.",
        "ssl-theory diagnose embeddings.npy --html report.html --fail-on rank-deficient",
    )
    diagnose.add_argument(
        "file",
        metavar="PATH",
        help="items by dimensions: .npy, .npz, .pt, .safetensors, .parquet, .arrow, .h5, .zarr, "
        ".csv, or the folder of a Hugging Face data set",
    )
    diagnose.add_argument("--views", metavar="PATH", help="second views, of the same shape")
    diagnose.add_argument(
        "--column", metavar="NAME", help="the array or column of PATH, where it holds several"
    )
    diagnose.add_argument(
        "--sample", metavar="N", type=int, help="diagnose N items drawn without replacement, seed 0"
    )
    diagnose.add_argument("--html", metavar="FILE", help="write the report as a page")
    diagnose.add_argument("--json", metavar="FILE", help="write the report as JSON; - prints it")
    diagnose.add_argument(
        "--fail-on", metavar="KIND,...", help="exit with 1 on these verdicts, as named in the JSON"
    )

    demo = command(
        "demo",
        _demo,
        "Diagnose embedded data whose condition is known, and write a report.",
        "ssl-theory demo --out build/demo",
    )
    demo.add_argument("--out", metavar="FOLDER", default="build/demo", help="default: %(default)s")

    objectives = command(
        "objectives",
        _objectives,
        "List the catalogue of objectives, or print the card of one.",
        "ssl-theory objectives vicreg --html vicreg.html",
    )
    objectives.add_argument("name", metavar="NAME", nargs="?", help="an objective")
    shape = objectives.add_mutually_exclusive_group()
    shape.add_argument("--markdown", action="store_true", help="the catalogue as a table")
    shape.add_argument("--html", metavar="FILE", help="write the card of NAME as a page")

    theory = command(
        "theory",
        _theory,
        "Predict what a linear encoder learns from a Gaussian pair of views.",
        "ssl-theory theory vicreg --spectrum 0.95,0.7,0.4,0.05,-0.3",
    )
    theory.add_argument("name", metavar="NAME", help="an objective")
    theory.add_argument(
        "--spectrum",
        metavar="RHO,...",
        required=True,
        help="canonical autocorrelations of the views; write --spectrum=-0.1,... if the first is "
        "negative",
    )
    theory.add_argument("--keep", metavar="K", type=int, help="dimensions; default: all")
    theory.add_argument("--svg", metavar="FILE", help="draw the filter and the spectrum")
    return parser


def _diagnose(asked: argparse.Namespace) -> int:
    from ssl_theory.arrays import check_partners
    from ssl_theory.embeddings import drawn_rows, open_embeddings, showing_progress
    from ssl_theory.report import Kind, diagnose, rendered, write_whole

    failing = _kinds(asked.fail_on, {kind.value: kind for kind in Kind})
    outputs = [path for path in (asked.html, asked.json) if path and path != "-"]
    _keep_apart([asked.file, *filter(None, [asked.views]), *outputs])
    with showing_progress(sys.stderr):
        views = [open_embeddings(path, asked.column) for path in (asked.file, asked.views) if path]
    source = Path(asked.file).name
    if asked.sample is not None and views[0].ndim == views[-1].ndim == 2:
        check_partners(views[0].shape, views[-1].shape)
        drawn = [drawn_rows(view, asked.sample, seed=0) for view in views]
        if len(drawn[0]) < len(views[0]):
            source += f" ({len(drawn[0]):,} of {len(views[0]):,} items, drawn with seed 0)"
        views = drawn
    report = diagnose(*views, source=source)
    texts = {}
    if asked.html:
        texts[asked.html] = report.to_html()
    if asked.json and asked.json != "-":
        texts[asked.json] = report.to_json() + "\n"
    write_whole(texts)
    _say(report.to_json() if asked.json == "-" else rendered(report, sys.stdout))
    return int(bool(report.kinds & failing))


def _kinds(asked: str | None, named: dict) -> set:
    words = asked.split(",") if asked else []
    if unknown := [word for word in words if word not in named]:
        raise ValueError(
            f"`--fail-on` must hold verdicts out of {', '.join(named)}, got {unknown[0]!r}. "
            "Separate them with commas."
        )
    return {named[word] for word in words}


def _keep_apart(paths: list[str]) -> None:
    places = [os.path.realpath(path) for path in paths]
    for index, place in enumerate(places):
        if place in places[:index]:
            raise ValueError(
                f"`{paths[index]}` must be one file in one role, got it twice: what is in it "
                "would be lost. Name another file."
            )


def _demo(asked: argparse.Namespace) -> int:
    from ssl_theory.demonstration import demonstrate

    found, path = demonstrate(Path(asked.out))
    for data, report in found:
        _say(f"{data.name}: {data.truth}")
        for verdict in report.verdicts:
            _say(f"  {verdict.kind.name}: {verdict.sentence}")
        _say("")
    _say(f"Every number of one of them: ssl-theory diagnose {path.parent / found[1][0].name}.npy")
    _say(f"The report is in {path}")
    return 0


def _objectives(asked: argparse.Namespace) -> int:
    from ssl_theory.cards import card, table
    from ssl_theory.objectives import CATALOGUE
    from ssl_theory.report import write_whole

    if asked.name is None:
        if asked.html:
            raise ValueError("`--html` must go with NAME, got none. Name an objective.")
        made = [make() for make in CATALOGUE]
        _say(table(map(card, made)) if asked.markdown else _listed(made))
        return 0
    found = card(_named(asked.name))
    if asked.html:
        write_whole({asked.html: found.to_html()})
    _say(table([found]) if asked.markdown else str(found))
    return 0


def _named(name: str) -> "Objective":
    from ssl_theory.objectives import CATALOGUE

    if name not in [make.__name__ for make in CATALOGUE]:
        raise ValueError(
            f"`NAME` must be an objective of the catalogue, got {name!r}. "
            "`ssl-theory objectives` lists them."
        )
    (objective,) = (make() for make in CATALOGUE if make.__name__ == name)
    return objective


def _theory(asked: argparse.Namespace) -> int:
    from ssl_theory.linear_theory import prediction
    from ssl_theory.report import write_whole

    try:
        rho = [float(number) for number in asked.spectrum.split(",")]
    except ValueError:
        raise ValueError(
            f"`--spectrum` must hold numbers, got {asked.spectrum!r}. Separate autocorrelations "
            "by commas: 0.9,0.5,0."
        ) from None
    found = prediction(_named(asked.name), rho, keep=asked.keep)
    if asked.svg:
        from ssl_theory.plots import draw_prediction, svg

        write_whole({asked.svg: svg(draw_prediction(found))})
    _say(str(found))
    return 0


def _listed(objectives: "list[Objective]") -> str:
    from ssl_theory.references import cite

    rows = [
        (o.name, f"{type(o.model).__name__} + {type(o.uniformity).__name__}", cite(o.source))
        for o in objectives
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    lines = [f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c}" for a, b, c in rows]
    return "\n".join([*lines, "", "Print a card: ssl-theory objectives NAME"])


def _say(text: str) -> None:
    """Print ``text``, whatever the terminal can show of it and however soon the reader leaves."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "replace").decode(encoding), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
