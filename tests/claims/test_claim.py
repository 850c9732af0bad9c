"""A claim is its cases: the verdict follows from them, and running them keeps it honest."""

import pytest

from ssl_theory.claims import Claim, Trial, Verdict

TRUE, FALSE = Trial("one and one", 2.0, 2.0), Trial("two and two", 5.0, 4.0)
ABSTRACT = {"source": "oord2018cpc", "read": "abstract"}
WORDS = ABSTRACT | {"name": "sums", "statement": "They add up.", "finding": "As seen."}


@pytest.mark.parametrize(
    ("cases", "verdict"),
    [
        ({"example": lambda: TRUE}, Verdict.HOLDS),
        ({"counterexample": lambda: FALSE}, Verdict.FAILS),
        ({"example": lambda: TRUE, "counterexample": lambda: FALSE}, Verdict.HOLDS_WHEN),
    ],
)
def test_the_verdict_follows_from_the_cases(cases, verdict):
    evidence = Claim(**WORDS, **cases).run()
    assert evidence.verdict is verdict
    assert (evidence.example, evidence.counterexample) == (
        TRUE if "example" in cases else None,
        FALSE if "counterexample" in cases else None,
    )


@pytest.mark.parametrize(
    ("cases", "called"),
    [({"example": lambda: FALSE}, "an example"), ({"counterexample": lambda: TRUE}, "a counterex")],
)
def test_a_case_that_is_not_what_it_is_called_is_an_error(cases, called):
    with pytest.raises(RuntimeError, match=f"`sums` of oord2018cpc calls this {called}.*, and it"):
        Claim(**WORDS, **cases).run()


def test_a_statement_without_a_case_is_refused():
    with pytest.raises(ValueError, match="`sums` must have an example or a counterexample, got ne"):
        Claim(**WORDS)


def test_agreement_is_relative_to_what_is_implied_and_never_of_nothing_with_something():
    assert Trial("", 1e9, 1e9 + 1).agrees
    assert not Trial("", 1.0, 1.0 + 1e-5).agrees
    assert not Trial("", 0.0, 1e-5).agrees
    assert not Trial("", 0.0, float("nan")).agrees


def test_a_claim_reads_as_a_sentence():
    claim = Claim(**WORDS, example=lambda: TRUE)
    assert str(claim) == "sums (oord2018cpc, abstract): holds. As seen."
    assert str(FALSE) == "two and two: implied 5, found 4"
