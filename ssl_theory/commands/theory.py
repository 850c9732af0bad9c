"""``ssl-theory theory``."""

import argparse

from ssl_theory.commands.objectives import named
from ssl_theory.commands.saying import say

__all__ = ["EXAMPLE", "SUMMARY", "ask", "run"]

SUMMARY = "Predict what a linear encoder learns from a Gaussian pair of views."
EXAMPLE = "ssl-theory theory vicreg --spectrum 0.95,0.7,0.4,0.05,-0.3"


def ask(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("name", metavar="NAME", help="an objective")
    parser.add_argument(
        "--spectrum",
        metavar="RHO,...",
        required=True,
        help="canonical autocorrelations of the views; write --spectrum=-0.1,... if the first is "
        "negative",
    )
    parser.add_argument("--keep", metavar="K", type=int, help="dimensions; default: all")
    parser.add_argument("--svg", metavar="FILE", help="draw the filter and the spectrum")


def run(asked: argparse.Namespace) -> int:
    from ssl_theory.linear_theory import prediction
    from ssl_theory.report import write_whole

    try:
        rho = [float(number) for number in asked.spectrum.split(",")]
    except ValueError:
        raise ValueError(
            f"`--spectrum` must hold numbers, got {asked.spectrum!r}. Separate autocorrelations "
            "by commas: 0.9,0.5,0."
        ) from None
    found = prediction(named(asked.name), rho, keep=asked.keep)
    if asked.svg:
        from ssl_theory.plots import draw_prediction, svg

        write_whole({asked.svg: svg(draw_prediction(found))})
    say(str(found))
    return 0
