"""The catalogue as a table."""

from collections.abc import Iterable

from ssl_theory.cards.card import Card

__all__ = ["table"]

HEAD = (
    "objective",
    "model + uniformity",
    "tends to",
    "matches",
    "unchanged by",
    "collapse (nats per e-fold)",
    "source",
)


def table(cards: Iterable[Card]) -> str:
    """Cards as a Markdown table, one row each."""
    rows = [HEAD, ("---",) * len(HEAD), *map(row, cards)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def row(card: Card) -> tuple[str, ...]:
    """An objective in the columns of :data:`HEAD`."""
    o = card.objective
    return (
        f"`{o.name}`",
        f"`{type(o.model).__name__}` + `{type(o.uniformity).__name__}`",
        f"${o.uniformity.relation.value} {'2' if o.entropies == 2 else ''}H$",
        card.matching,
        ", ".join(card.kept) or "nothing else",
        card.way_to_collapse(digits=0),
        card.source,
    )
