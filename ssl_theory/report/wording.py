"""How numbers and foreign words are written, wherever they are shown."""

import math

__all__ = ["between", "digits", "probability", "visible"]

SMALLEST_SHOWN = 0.001  # probability


def digits(value: float | None) -> str:
    """A count in full, any other number to four digits.

    >>> digits(65536), digits(3.14159), digits(None)
    ('65,536', '3.142', 'undefined')
    """
    if value is None:
        return "undefined"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def between(low: float, high: float, *, apart_from: float = 0) -> str:
    """Both bounds, to two digits of the width, or more: neither is written as what it is not.

    That is, ``apart_from``: on which side of it a bound lies can be seen.

    >>> between(13.1023, 13.8412), between(0.2, 31.4), between(1234.5, 1234.9)
    ('[13.10, 13.84]', '[0.2, 31]', '[1234.50, 1234.90]')
    >>> between(1.52e-09, 3.1e-09), between(2.0, 2.0)
    ('[1.5e-09, 3.1e-09]', '[2, 2]')
    >>> between(1.0004, 1.16), between(1.0004, 1.16, apart_from=1)
    ('[1.00, 1.16]', '[1.0004, 1.16]')
    """
    width, size = high - low, max(abs(low), abs(high))
    if not width > 0:
        return f"[{low:.4g}, {high:.4g}]"
    plain = 1e-4 <= size < 1e6
    places = 1 - math.floor(math.log10(width))
    leading = math.floor(math.log10(size)) + places + 1
    style = f".{max(places, 0)}f" if plain else f".{leading}g"
    shown = [
        format(bound, style)
        if (float(format(bound, style)) == apart_from) == (bound == apart_from)
        else _apart(bound, apart_from)
        for bound in (low, high)
    ]
    return f"[{', '.join(shown)}]"


def _apart(bound: float, other: float) -> str:
    """``bound`` with as few digits as tell it from ``other``."""
    return next(s for d in range(1, 18) if float(s := f"{bound:.{d}g}") != other)


def probability(p: float) -> str:
    """A p-value, or the bound below which its size says no more.

    >>> probability(0.04321), probability(1e-9), probability(1.0)
    ('p = 0.043', 'p < 0.001', 'p = 1')
    """
    return f"p < {SMALLEST_SHOWN}" if p < SMALLEST_SHOWN else f"p = {p:.2g}"


def visible(text: str) -> str:
    r"""``text`` without power over the terminal or the page: what does not print is spelled out.

    >>> visible("a name\x1b[2J"), visible("caf\u00e9")
    ('a name\\x1b[2J', 'café')
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
