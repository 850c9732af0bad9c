"""Reports as one HTML page: no script, no network, light and dark, wide and narrow, on paper."""

import html
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ssl_theory.report.drawing import draw_spectra
from ssl_theory.report.text import headline

if TYPE_CHECKING:
    from ssl_theory.report.value import Measurement, Report, Verdict

__all__ = ["fragment", "page"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(reports: "Sequence[Report]", *, title: str) -> str:
    """A whole document with one section per report."""
    name = html.escape(title)
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{name}</title>",
            f"<style>{_style()}</style>",
            "</head>",
            '<body class="ssl-theory-page">',
            '<main class="ssl-theory">',
            f"<h1>{name}</h1>",
            *map(_section, reports),
            "<footer>Made by ssl_theory. Every number follows the convention beside it.</footer>",
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def fragment(report: "Report") -> str:
    """One report as a notebook shows it."""
    return f'<div class="ssl-theory"><style>{_style()}</style>\n{_section(report)}\n</div>'


@cache
def _style() -> str:
    return files("ssl_theory.report").joinpath("page.css").read_text("utf-8")


def _section(report: "Report") -> str:
    several = len(report.spectra) > 1
    legend = "".join(
        f'<span class="key of{number}">{html.escape(curve.of)}</span> '
        for number, curve in enumerate(report.spectra)
        if several
    )
    what = headline(report).removeprefix(f"{report.source}: ")
    return "\n".join(
        [
            "<section>",
            f"<h2>{html.escape(report.source)}</h2>",
            f'<p class="what">{html.escape(what)}</p>',
            *(_verdict(verdict, several) for verdict in report.verdicts),
            f"<figure>{draw_spectra(report.spectra)}",
            f"<figcaption>{legend}Spectrum of the covariance. Variance under a dashed floor "
            "cannot be told from rounding; a floor that is not shown lies below all of it."
            "</figcaption></figure>",
            _table(report.measurements),
            "</section>",
        ]
    )


def _verdict(verdict: "Verdict", several: bool) -> str:
    name = verdict.kind.value.replace("-", " ") + (f" ({verdict.of})" if several else "")
    sentence = verdict.sentence[0].upper() + verdict.sentence[1:]
    return (
        f'<div class="verdict {verdict.kind.value}"><strong>{html.escape(name)}</strong>'
        f"<p>{html.escape(sentence)}</p><p>{html.escape(verdict.advice)}</p></div>"
    )


def _table(measurements: "Iterable[Measurement]") -> str:
    rows = [
        f'<tr><th scope="row">{html.escape(m.name)}</th>'
        f'<td class="value">{html.escape(m.shown)} <span class="unit">{html.escape(m.unit)}</span>'
        f"</td><td>{html.escape(m.convention)}.{_note(m)}</td><td>{html.escape(m.meaning)}</td></tr>"
        for m in measurements
    ]
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("measurement", "value", "convention", "meaning")
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _note(measurement: "Measurement") -> str:
    return f" <em>{html.escape(measurement.note)}.</em>" if measurement.note else ""
