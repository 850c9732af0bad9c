"""A card as one page of HTML that needs no network."""

from html import escape
from typing import TYPE_CHECKING

from ssl_theory.typesetting import mathml

if TYPE_CHECKING:
    from ssl_theory.cards.card import Card
    from ssl_theory.collapse.profile import Profile

__all__ = ["page"]

WIDTH, HEIGHT, LEFT, BELOW = 420, 180, 48, 34

STYLE = """
.card { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: var(--ink); background: var(--paper) }
.card, .card-page { --ink: #1b1b1b; --faint: #555; --line: #0b63a5; --paper: #fff }
.card-page { background: var(--paper); color-scheme: light dark; margin: 0 }
@media (prefers-color-scheme: dark) {
  .card, .card-page { --ink: #e4e8ec; --faint: #a2acb6; --line: #6cbdf0; --paper: #14171a }
}
.card h1 { font-size: 1.5rem; margin: 0 } .card h2 { font-size: 1rem; margin: 1.6rem 0 .3rem }
.card p { margin: .2rem 0 } .card .formula { overflow-x: auto; padding: .4rem 0 }
.card math { font-size: 1.05rem } .card table { border-collapse: collapse }
.card th { text-align: left; font-weight: 600; padding: .2rem 1rem .2rem 0; vertical-align: top }
.card td { padding: .2rem 0; overflow-wrap: anywhere } .card svg { display: block }
.card .note { color: var(--faint) }
"""


def page(card: "Card") -> str:
    """The whole page: formulas, facts, and the way to collapse."""
    o = card.objective
    formulas = (
        ("Alignment", f"A = {card.alignment}"),
        ("Uniformity", f"U = {card.uniformity}"),
        ("The published number", r"\mathrm{paper} = " + card.reading),
    )
    shown = "".join(
        f'<h2>{title}</h2><div class="formula">{mathml(latex)}</div>' for title, latex in formulas
    )
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(said)}</td></tr>"
        for name, said in card.facts.items()
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(o.name)}</title><style>{STYLE}</style></head>"
        f'<body class="card-page"><div class="card"><h1>{escape(o.name)}</h1>'
        f'<p class="note">{escape(card.source)}. Both halves are to be minimised, in nats; '
        f"the total is their sum.</p>{shown}<h2>Facts</h2><table>{rows}</table>"
        f"<h2>On the way to a point</h2>{_drawing(card.collapse)}"
        '<p class="note">Level of the objective as both views shrink to a common point, from the '
        "left (spread 1) to the right (spread 10<sup>-6</sup>).</p></div></body></html>"
    )


def _drawing(profile: "Profile") -> str:
    levels = [round(level, 6) + 0 for level in profile.totals.tolist()]
    low, high = min(levels), max(levels)
    span = high - low or 1.0
    step = (WIDTH - LEFT - 10) / (len(levels) - 1)
    points = " ".join(
        f"{LEFT + step * index:.1f},{10 + (high - level) / span * (HEIGHT - BELOW - 20):.1f}"
        for index, level in enumerate(levels)
    )
    floor = HEIGHT - BELOW
    label = 'font-size="12" fill="var(--faint)"'
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="collapse profile">'
        f'<path d="M{LEFT},5V{floor}H{WIDTH - 5}" fill="none" stroke="var(--faint)"/>'
        f'<polyline points="{points}" fill="none" stroke="var(--line)" stroke-width="2"/>'
        f'<text x="{LEFT - 6}" y="16" text-anchor="end" {label}>{high:.3g}</text>'
        f'<text x="{LEFT - 6}" y="{floor - 4}" text-anchor="end" {label}>{low:.3g}</text>'
        f'<text x="{LEFT}" y="{HEIGHT - 14}" {label}>spread 1</text>'
        f'<text x="{WIDTH - 5}" y="{HEIGHT - 14}" text-anchor="end" {label}>1e-6</text></svg>'
    )
