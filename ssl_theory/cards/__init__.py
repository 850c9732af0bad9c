"""One page per objective, and one row: everything that can be derived from its parts."""

from ssl_theory.cards.card import Card as Card
from ssl_theory.cards.card import card as card
from ssl_theory.cards.table import table as table

__all__ = ["Card", "card", "table"]
