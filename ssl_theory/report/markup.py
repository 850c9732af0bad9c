"""HTML that is escaped by construction: a text is only ever a text."""

import html
from collections.abc import Iterable

from ssl_theory.report.wording import visible

__all__ = ["Markup", "element", "joined"]

LINES = frozenset({"body", "figure", "h1", "h2", "h3", "head", "main", "p", "style", "svg", "tr"})
VOID = frozenset({"circle", "meta", "path", "rect"})


class Markup(str):
    """Text that is HTML already; any other ``str`` becomes HTML by being escaped."""

    __slots__ = ()


def element(tag: str, /, *children: str, **attributes: str | float | None) -> Markup:
    """One element. Attributes that are None are left out; ``class_`` is ``class``.

    >>> element("td", "1 < 2", element("b", "&"), class_="note")
    '<td class="note">1 &lt; 2<b>&amp;</b></td>'
    """
    opening = tag + "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(visible(str(value)))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in VOID:
        return Markup(f"<{opening}>" if tag == "meta" else f"<{opening}/>")
    line = "\n" if tag in LINES else ""
    return Markup(f"<{opening}>{joined(children)}</{tag}>{line}")


def joined(parts: Iterable[str]) -> Markup:
    """Texts and markup in a row, as markup."""
    return Markup("".join(p if isinstance(p, Markup) else html.escape(visible(p)) for p in parts))
