"""Sheets as one HTML page: no script, no network, light and dark, wide and narrow, on paper."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ssl_theory.report.figures import figures_of
from ssl_theory.report.markup import Markup, element
from ssl_theory.report.sheet import Cell, Row, Sheet, Statement

if TYPE_CHECKING:
    from ssl_theory.report.value import Report

__all__ = ["document", "fragment", "fragment_of", "page", "section"]

NOTHING = Markup()
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
FOOTER = "Made by ssl_theory. Every number follows the convention beside it."


def page(reports: "Sequence[Report]", *, title: str) -> str:
    """A whole document with one section per report."""
    alone = len(reports) == 1
    return document(title, [section(r.sheet, figures_of(r), alone=alone) for r in reports])


def fragment(report: "Report") -> str:
    """One report as a notebook shows it."""
    return fragment_of(section(report.sheet, figures_of(report)))


def document(title: str, sections: Sequence[Markup]) -> str:
    """A page that needs nothing else."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        _style(),
    )
    main = element("main", element("h1", title), *sections)
    footer = element("footer", FOOTER)
    body = element("body", main, footer, class_="ssl-theory ssl-theory-page")
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def fragment_of(part: Markup) -> str:
    """A section with its style, as a notebook shows it."""
    return element("div", _style(), part, class_="ssl-theory")


def section(
    sheet: Sheet,
    figures: Markup = NOTHING,
    *,
    alone: bool = False,
    drawn: Sequence[Markup] = (),
    drawn_as: str = "",
) -> Markup:
    """Verdicts, figures and the table, under a heading unless it is ``alone`` on its page.

    ``drawn`` has a picture for each row, for a column of its own.
    """
    level = 2 if alone else 3
    return element(
        "section",
        *([] if alone else [element("h2", sheet.title)]),
        element("p", sheet.what, class_="what"),
        *map(_statement, sheet.statements),
        figures,
        element(f"h{level}", "Measurements") if figures else "",
        *(element("p", note, class_="note") for note in sheet.notes),
        _table(sheet, drawn, drawn_as),
    )


@cache
def _style() -> Markup:
    text = files("ssl_theory.report").joinpath("page.css").read_text("utf-8")
    return element("style", Markup(f"\n{text}"))


def _statement(statement: Statement) -> Markup:
    return element(
        "div",
        element("strong", statement.name.replace("_", " ")),
        *(element("p", _begun(text)) for text in statement.said),
        class_=f"verdict {statement.kind}",
    )


def _table(sheet: Sheet, drawn: Sequence[Markup], drawn_as: str) -> Markup:
    heads = ["measurement", *sheet.columns, *([drawn_as] if drawn else []), "convention"]
    pictures = dict(zip(sheet.rows, drawn, strict=True)) if drawn else {}
    # Roles are written out because a narrow page lays the rows out as blocks, and a browser then
    # no longer says that they are rows.
    body = []
    for group, rows in sheet.groups:
        lines = [_row(row, sheet.columns, pictures.get(row), drawn_as) for row in rows]
        if group:
            across = element(
                "th", group, colspan=len(heads), scope="rowgroup", role="rowheader"
            )  # fmt: skip
            lines.insert(0, element("tr", across, role="row", class_="group"))
        body.append(element("tbody", *lines, role="rowgroup"))
    titles = [element("th", head, scope="col", role="columnheader") for head in heads]
    top = element("thead", element("tr", *titles, role="row"), role="rowgroup")
    return element("table", top, *body, role="table")


def _row(row: Row, columns: Sequence[str], picture: Markup | None, drawn_as: str) -> Markup:
    return element(
        "tr",
        element("th", row.name, scope="row", role="rowheader"),
        *map(_cell, columns, row.cells),
        *([] if picture is None else [_drawn(picture, drawn_as)]),
        element("td", *_said(row), role="cell", class_="said"),
        role="row",
    )


def _drawn(picture: Markup, drawn_as: str) -> Markup:
    kind = "drawn" if picture else "drawn empty"
    return element("td", picture, role="cell", class_=kind, data_label=drawn_as)


def _cell(column: str, cell: Cell) -> Markup:
    aside = [" ", element("span", cell.aside, class_="unit")] if cell.aside else []
    kind = "number" if cell.text else "number empty"
    return element("td", cell.text, *aside, role="cell", class_=kind, data_label=column)


def _said(row: Row) -> Iterator[str]:
    yield _begun(row.convention)
    if row.meaning:
        yield element("span", _begun(row.meaning), class_="meaning")
    if row.note:
        yield element("em", row.note)


def _begun(text: str) -> str:
    """With a capital letter, unless the first word is a symbol."""
    return text[:1].upper() + text[1:] if text[1:2].isalpha() else text
