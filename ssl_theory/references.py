"""The papers behind the code. One bibliography; everything else cites its keys."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

__all__ = ["bibliography", "cite"]


ACCENTS = {'"': "\N{COMBINING DIAERESIS}", "'": "\N{COMBINING ACUTE ACCENT}"}


@cache
def bibliography() -> dict[str, dict[str, str]]:
    """Every entry of ``references.bib``, by key.

    >>> bibliography()["oord2018cpc"]["year"]
    '2018'
    """
    text = files("ssl_theory").joinpath("references.bib").read_text("utf-8")
    # One field a line, the closing brace alone on its own: our own file, so no parser is needed.
    entries = re.findall(r"@\w+\{([^,]+),(.*?)\n\}", text, re.DOTALL)
    field = re.compile(r"(\w+)\s*=\s*\{(.*)\},?$", re.MULTILINE)
    keys = [key for key, _ in entries]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"ssl_theory/references.bib must have each key once, got {twice} twice.")
    return {key: dict(field.findall(body)) for key, body in entries}


def cite(key: str) -> str:
    """``First author et al. (year)`` for a key of the bibliography.

    >>> cite("oord2018cpc")
    'van den Oord et al. (2018)'
    """
    try:
        entry = bibliography()[key]
    except KeyError:
        raise KeyError(
            f"no entry `{key}` in ssl_theory/references.bib; add one before citing it."
        ) from None
    names = [_read(name.split(",")[0]).strip("{}") for name in entry["author"].split(" and ")]
    lead = " and ".join(names) if len(names) <= 2 else f"{names[0]} et al."
    return f"{lead} ({entry['year']})"


def _read(name: str) -> str:
    r"""A name as it is printed.

    >>> _read(r'von K{\"u}gelgen')
    'von Kügelgen'
    """

    def letter(found: re.Match[str]) -> str:
        return unicodedata.normalize("NFC", found[2] + ACCENTS[found[1]])

    return re.sub(r"""\{\\(["'])(\w)\}""", letter, name)
