"""The command ``ssl-theory``, which is ``python -m ssl_theory``."""

import argparse
import sys
from collections.abc import Sequence

import ssl_theory
from ssl_theory.commands import collapse, demo, diagnose, experiment, objectives, theory

__all__ = ["main"]

EXIT_CODES = """exit status:
  0    done
  1    a verdict that --fail-on names was given, and is certain; or an experiment disagrees
       with theory
  2    unusable input or usage
  3    an experiment did not converge, which decides nothing
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

    for name, room in (
        ("diagnose", diagnose),
        ("collapse", collapse),
        ("demo", demo),
        ("objectives", objectives),
        ("theory", theory),
        ("experiment", experiment),
    ):
        made = commands.add_parser(
            name,
            help=room.SUMMARY,
            description=room.SUMMARY,
            epilog=f"example:\n  {room.EXAMPLE}\n\n{EXIT_CODES}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        room.ask(made)
        made.set_defaults(run=room.run)
    return parser
