r"""LaTeX, set as MathML for a page that needs no network and as one line of text for a terminal.

Only the LaTeX that formulas here are written in; an unknown command is an error, not a blank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

__all__ = ["mathml", "text"]

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu":
    "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon":
    "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ",
    "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
}  # fmt: skip
OPERATORS = {
    "cdot": "·", "times": "×", "leq": "≤", "geq": "≥", "neq": "≠", "ne": "≠", "in": "∈",
    "infty": "∞", "mid": "∣", "sim": "∼", "equiv": "≡", "to": "→", "partial": "∂", "lVert": "‖",
    "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "ldots": "…", "dots": "…", "vdash": "⊢", "circlearrowleft": "↺",
    "top": "⊤", "wedge": "∧", "vee": "∨", "odot": "⊙", "otimes": "⊗", "circ": "∘", "ast": "*",
    "prime": "′", "{": "{", "}": "}", "|": "‖", "pm": "±", "setminus": "∖", "perp": "⊥",
    "parallel": "∥",
}  # fmt: skip
LARGE = {"sum": "∑", "prod": "∏", "int": "∫"}
NAMED = {"log", "exp", "det", "max", "min", "sin", "cos", "tan", "tanh", "sinh", "cosh", "arg"}
ACCENTS = {"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304",
           "tilde": "\u0303", "dot": "\u0307"}  # fmt: skip
WORDS = ("operatorname", "mathrm", "text", "mathbf", "mathcal", "mathbb", "mathit", "textrm")
SPACES = {",", ";", ":", "!", " ", "quad", "qquad", "displaystyle", "limits"}

TOKEN = re.compile(r"\\([a-zA-Z]+|.)|(\d+(?:\.\d+)?)|([^\s])|\s+", re.DOTALL)


@dataclass(frozen=True)
class Node:
    """A construction and what it is made of."""

    kind: str  # row, word, operator, number, frac, root, sub, sup, subsup, fence, accent, lines
    parts: tuple = ()
    sign: str = ""


def mathml(latex: str) -> str:
    """The formula as a ``<math>`` element.

    >>> mathml(r"\\frac{\\kappa}{2}")
    '<math display="block"><mfrac><mi>κ</mi><mn>2</mn></mfrac></math>'
    """
    return f'<math display="block">{_element(_parse(latex))}</math>'


def text(latex: str) -> str:
    """The formula in one line of Unicode.

    >>> text(r"\\frac{\\sum_{i=1}^{n} {z}_{i,a}^{2}}{n}")
    '(Σ_{i=1..n} z_{i,a}²)/n'
    """
    return re.sub(r" +", " ", _line(_parse(latex))).strip()


def _parse(latex: str) -> Node:
    tokens = [
        ("\\" + command) if command else number or character
        for command, number, character in TOKEN.findall(latex)
        if command or number or character
    ]
    tree, rest = _row(tokens, 0)
    if rest != len(tokens):
        raise ValueError(f"`latex` must be balanced, got a stray {tokens[rest]!r} in {latex!r}.")
    return tree


def _row(tokens: list[str], at: int, until: tuple[str, ...] = ()) -> tuple[Node, int]:
    parts: list[Node] = []
    while at < len(tokens) and tokens[at] not in ("}", *until):
        if tokens[at] in "^_":
            below = parts.pop() if parts else Node("row")
            script, after = _seen(tokens, at + 1)
            parts.append(_scripted(below, script, tokens[at]))
            at = after
        else:
            atom, at = _atom(tokens, at)
            if atom is not None:
                parts.append(atom)
    return (parts[0] if len(parts) == 1 else Node("row", tuple(parts))), at


def _scripted(below: Node, script: Node, mark: str) -> Node:
    if below.kind == "sub" and mark == "^":
        return Node("subsup", (*below.parts, script))
    if below.kind == "sup" and mark == "_":
        return Node("subsup", (below.parts[0], script, below.parts[1]))
    return Node("sub" if mark == "_" else "sup", (below, script))


def _atom(tokens: list[str], at: int) -> tuple[Node | None, int]:
    if at >= len(tokens):
        raise ValueError("`latex` must be balanced, got an argument that is missing.")
    token = tokens[at]
    if token == "{":
        row, at = _row(tokens, at + 1)
        if at == len(tokens):
            raise ValueError("`latex` must be balanced, got an argument that is missing its end.")
        return row, at + 1
    if not token.startswith("\\"):
        kind = "number" if token[0].isdigit() else "word" if token.isalpha() else "operator"
        return Node(kind, sign={"-": "−", "'": "′", "*": "·"}.get(token, token)), at + 1
    name = token[1:]
    if name in SPACES:
        return None, at + 1
    if name in GREEK or name in NAMED:
        return Node("word", sign=GREEK.get(name, name)), at + 1
    if name in OPERATORS:
        return Node("operator", sign=OPERATORS[name]), at + 1
    if name in LARGE:
        return Node("large", sign=LARGE[name]), at + 1
    if name in WORDS:
        end = tokens.index("}", at)
        return Node("word", sign="".join(tokens[at + 2 : end])), end + 1
    if name in ("frac", "tfrac", "dfrac", "binom"):
        above, at = _seen(tokens, at + 1)
        below, at = _seen(tokens, at)
        return Node("frac", (above, below)), at
    if name == "sqrt":
        inside, at = _seen(tokens, at + 1)
        return Node("root", (inside,)), at
    if name in ACCENTS:
        inside, at = _seen(tokens, at + 1)
        return Node("accent", (inside,), ACCENTS[name]), at
    if name in ("left", "right", "big", "bigl", "bigr", "Bigl", "Bigr"):
        return _fence(tokens, at) if name == "left" else (None, at + 1)
    if name == "substack":
        return _lines(tokens, at + 2, ("}",))
    if name == "begin":
        length = tokens.index("}", at) - at - 2
        lines, after = _lines(tokens, at + 3 + length, ("\\end",))
        return lines, after + 2 + length
    raise ValueError(f"no way to set \\{name}; add it to ssl_theory/typesetting.py.")


def _seen(tokens: list[str], at: int) -> tuple[Node, int]:
    """An atom that is more than a space."""
    atom, at = _atom(tokens, at)
    return atom or Node("row"), at


def _fence(tokens: list[str], at: int) -> tuple[Node, int]:
    opening, _ = _seen(tokens, at + 1)
    inside, at = _row(tokens, at + 2, ("\\right",))
    closing, _ = _seen(tokens, at + 1)
    signs = ["" if mark.sign == "." else mark.sign for mark in (opening, closing)]
    return Node("fence", (inside,), "\0".join(signs)), at + 2


def _lines(tokens: list[str], at: int, until: tuple[str, ...]) -> tuple[Node, int]:
    lines = []
    while True:
        line, at = _row(tokens, at, ("\\\\", "&", *until))
        lines.append(line)
        if tokens[at] in until:
            return Node("lines", tuple(lines)), at + 1
        at += 1


def _element(tree: Node) -> str:
    inside = [_element(part) for part in tree.parts]
    sign = escape(tree.sign)
    match tree.kind:
        case "word":
            return f"<mi>{sign}</mi>"
        case "number":
            return f"<mn>{sign}</mn>"
        case "operator":
            return f'<mo stretchy="false">{sign}</mo>'
        case "large":
            return f"<mo>{sign}</mo>"
        case "frac":
            return f"<mfrac>{''.join(inside)}</mfrac>"
        case "root":
            return f"<msqrt>{inside[0]}</msqrt>"
        case "accent":
            return f'<mover accent="true">{inside[0]}<mo>{_MARKS[tree.sign]}</mo></mover>'
        case "fence":
            opening, closing = sign.split("\0")
            return f"<mrow><mo>{opening}</mo>{inside[0]}<mo>{closing}</mo></mrow>"
        case "lines":
            rows = "".join(f"<mtr><mtd>{line}</mtd></mtr>" for line in inside)
            return f"<mtable>{rows}</mtable>"
        case "sub" | "sup" | "subsup":
            large = tree.parts[0].kind == "large"
            names = {"sub": "munder", "sup": "mover", "subsup": "munderover"}
            tag = names[tree.kind] if large else f"m{tree.kind}"
            return f"<{tag}>{''.join(inside)}</{tag}>"
    return f"<mrow>{''.join(inside)}</mrow>"


_MARKS = {"\u0302": "^", "\u0304": "¯", "\u0303": "~", "\u0307": "˙"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _line(tree: Node) -> str:
    inside = [_line(part) for part in tree.parts]
    match tree.kind:
        case "word":
            return tree.sign if len(tree.sign) == 1 else f" {tree.sign} "
        case "number":
            return tree.sign
        case "operator":
            return f" {tree.sign} " if tree.sign in "+−=<>≤≥≠∈∼≡→" else tree.sign
        case "large":
            return {"∑": " Σ"}.get(tree.sign, f" {tree.sign}")
        case "frac":
            return f"{_grouped(tree.parts[0])}/{_grouped(tree.parts[1])}"
        case "root":
            return f"√{_grouped(tree.parts[0])}"
        case "accent":
            return inside[0] + tree.sign
        case "fence":
            opening, closing = tree.sign.split("\0")
            return f"{opening}{inside[0].strip()}{closing}"
        case "lines":
            return "; ".join(line.strip() for line in inside)
        case "sub" | "sup" | "subsup":
            return _scripts(tree, inside)
    return "".join(_spaced(tree.parts, inside))


def _scripts(tree: Node, inside: list[str]) -> str:
    below, *scripts = (part.strip() for part in inside)
    if tree.parts[0].kind == "large":
        low = scripts[0].replace(" = ", "=") if tree.kind != "sup" else ""
        high = f"..{scripts[-1]}" if tree.kind == "subsup" else ""
        return f" {below}_{{{low}{high}}} "
    marks = {"sub": "_", "sup": "^", "subsup": "_^"}[tree.kind]
    below = _grouped(tree.parts[0]) if tree.parts[0].kind in ("row", "frac") else below
    for mark, script in zip(marks, scripts, strict=True):
        if mark == "^" and script.isdigit():
            below += script.translate(_RAISED)
        else:
            below += f"{mark}{script}" if len(script) == 1 else f"{mark}{{{script}}}"
    return below


def _grouped(tree: Node) -> str:
    line = _line(tree).strip()
    return f"({line})" if tree.kind in ("row", "frac") and len(line) > 1 else line


def _spaced(parts: tuple, inside: list[str]) -> Iterator[str]:
    # Factors side by side need a space on a line, where a page can do without.
    for index, (part, line) in enumerate(zip(parts, inside, strict=True)):
        quiet = ("operator", "fence")
        between = index and part.kind not in quiet and parts[index - 1].kind not in ("operator",)
        yield (" " if between else "") + line
