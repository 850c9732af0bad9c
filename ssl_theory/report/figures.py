"""The figures of a report, each with a caption, and all of them as numbers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssl_theory.report.drawing import draw_masses, draw_shared, draw_spectra, shown_ranks
from ssl_theory.report.markup import Markup, element, joined
from ssl_theory.report.wording import between, digits

if TYPE_CHECKING:
    from ssl_theory.report.value import Curve, Report

__all__ = ["figure", "figures_of"]

LISTED = 12  # directions in the table of a figure's numbers
NONE = "No direction has any variance: there is no spectrum to draw."
SPECTRUM = (
    "Spectrum of the covariance. Variance under a dashed floor cannot be told from rounding; a "
    "floor that is not shown lies below all of it."
)
BAND = (
    "Shaded: where nine in ten samples of isotropic items, as many and of the same total variance, "
    "have theirs."
)
MASSES = (
    "How many coordinates share each direction: 1 if it is a coordinate itself. Dotted: random "
    "directions."
)
SHARED = (
    "Correlation of the two views along each direction. Shaded: 95 % of correlations of unrelated "
    "views."
)


def figures_of(report: "Report") -> Markup:
    """The spectrum and, where they are known, who shares each direction and what views share."""
    curves = report.spectra
    spectrum = draw_spectra(curves)
    if spectrum is None:
        return element("p", NONE, class_="none") if curves else Markup()
    band = [BAND] if any(curve.null_low for curve in curves) else []
    others = [
        figure(drawing, text, _legend(curves))
        for drawing, text in (
            (draw_masses(curves, report.dimensions), MASSES),
            (draw_shared(curves, report.items), SHARED),
        )
        if drawing
    ]
    return joined(
        [
            figure(spectrum, " ".join([SPECTRUM, *band]), _legend(curves)),
            element("div", *others, class_="figures") if others else Markup(),
            _numbers(curves),
        ]
    )


def figure(drawing: Markup, text: str, legend: str = "") -> Markup:
    """A drawing over its caption."""
    return element("figure", drawing, element("figcaption", legend, text))


def _legend(curves: "tuple[Curve, ...]") -> Markup:
    if len(curves) < 2:
        return Markup()
    return joined(
        element("span", curve.of, class_=f"key of{number}") for number, curve in enumerate(curves)
    )


def _numbers(curves: "tuple[Curve, ...]") -> Markup:
    """What the figures show, for those who would rather read it, of some of the directions."""
    tables = []
    for curve in curves:
        rows = list(_rows(curve))
        used = [i for i, _ in enumerate(HEADS) if any(row[i] for row in rows)]
        top = element("tr", *(element("th", HEADS[i], scope="col") for i in used))
        body = [
            element(
                "tr",
                element("th", row[0], scope="row"),
                *(element("td", row[i]) for i in used[1:]),
            )
            for row in rows
        ]
        name = element("caption", f"Some directions of {curve.of}")
        tables.append(element("table", name, element("thead", top), element("tbody", *body)))
    summary = element("summary", "The figures as numbers")
    inside = element("div", *tables, class_="numbers")
    return element("details", summary, inside)


HEADS = ("direction", "variance", "isotropic items", "coordinates", "correlation")


def _rows(curve: "Curve") -> Iterator[tuple[str, ...]]:
    null = list(zip(curve.null_low, curve.null_high, strict=True))
    for rank in shown_ranks(len(curve.eigenvalues), LISTED):
        yield (
            f"{rank:,}",
            digits(curve.eigenvalues[rank - 1]),
            between(*null[rank - 1]) if rank <= len(null) else "",
            digits(curve.masses[rank - 1]) if rank <= len(curve.masses) else "",
            digits(curve.shared[rank - 1]) if rank <= len(curve.shared) else "",
        )
