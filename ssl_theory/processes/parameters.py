"""What processes ask of their parameters, and how they say so."""

from collections.abc import Sequence as Several

__all__ = ["at_least", "between", "positive"]


def positive(name: str, *values: float) -> None:
    """Refuse parameters that are not all above zero, or that are none."""
    if not values or not min(values) > 0:
        got = values[0] if len(values) == 1 else values
        raise ValueError(f"`{name}` must be positive, got {got}. Use more than zero.")


def at_least(name: str, least: float, value: float) -> None:
    """Refuse a parameter below ``least``."""
    if not value >= least:
        raise ValueError(f"`{name}` must be at least {least}, got {value}. Use {least} or more.")


def between(name: str, low: float, high: float, values: float | Several[float]) -> None:
    """Refuse parameters outside of the closed interval."""
    for value in values if isinstance(values, Several) else [values]:
        if not low <= value <= high:
            raise ValueError(
                f"`{name}` must lie between {low} and {high}, got {value}. Use a value inside."
            )
