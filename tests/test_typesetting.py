"""A formula reads the same in LaTeX, in MathML and on one line."""

from xml.etree import ElementTree

import pytest

from ssl_theory import notation as nt
from ssl_theory.objectives import CATALOGUE
from ssl_theory.typesetting import mathml, text

LINES = [
    (r"\frac{a}{b}", "a/b"),
    (r"\frac{a + b}{2}", "(a + b)/2"),
    (r"x^{2}", "x²"),
    (r"x^{n+1}", "x^{n + 1}"),
    (r"{z}_{i,a}^{2}", "z_{i,a}²"),
    (r"\left(a - b\right)^{2}", "(a − b)²"),
    (r"\sum_{i=1}^{n} x_{i}", "Σ_{i=1..n} x_i"),
    (r"\sum_{\substack{1 \leq i \leq n\\1 \leq j \leq n}} x", "Σ_{1 ≤ i ≤ n; 1 ≤ j ≤ n} x"),
    (r"\sqrt{\epsilon}", "√ε"),
    (r"\log{\left(\hat\Sigma \right)}", "log (Σ\u0302)"),
    (r"\operatorname{tr} A", "tr A"),
    (r"\left\lVert x \right\rVert", "‖x‖"),
    (r"I_{\frac{d}{2} - 1}\left(\kappa\right)", "I_{d/2 − 1}(κ)"),
    (r"\begin{cases} 1 & \text{if} x \\ 0 \end{cases}", "1; if x; 0"),
]


@pytest.mark.parametrize(("latex", "line"), LINES)
def test_a_formula_fits_on_a_line(latex, line):
    assert text(latex) == line


@pytest.mark.parametrize(
    ("latex", "tag"),
    [
        (r"\frac{a}{b}", "mfrac"),
        (r"\sqrt{a}", "msqrt"),
        (r"a_{1}^{2}", "msubsup"),
        (r"\sum_{i}^{n}", "munderover"),
        (r"\hat\Sigma", "mover"),
        (r"\begin{cases} 1 \\ 2 \end{cases}", "mtable"),
    ],
)
def test_a_construction_becomes_its_element(latex, tag):
    assert ElementTree.fromstring(mathml(latex)).find(f".//{tag}") is not None


@pytest.mark.parametrize("make", CATALOGUE, ids=lambda make: make.__name__)
def test_every_formula_of_the_catalogue_can_be_set(make):
    for formula in make().formulas():
        latex = nt.latex(formula)
        leaves = "".join(ElementTree.fromstring(mathml(latex)).itertext())
        assert "\\" not in text(latex) and "\\" not in leaves
        # Every sum is there, and no bracket is lost on the way.
        assert leaves.count("∑") == latex.count(r"\sum")
        assert text(latex).count("(") == text(latex).count(")")


@pytest.mark.parametrize(
    ("latex", "complaint"),
    [
        (r"\planted", r"no way to set \\planted"),
        ("a}", "got a stray '}'"),
        (r"\frac{a}", "an argument that is missing"),
        (r"\frac{a}{b", "an argument that is missing"),
    ],
)
def test_latex_that_cannot_be_set_is_an_error(latex, complaint):
    with pytest.raises(ValueError, match=complaint):
        mathml(latex)


def test_signs_of_the_markup_are_escaped():
    assert "&lt;" in mathml("a < b")
