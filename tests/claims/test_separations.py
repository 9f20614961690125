"""Every reason for which a job may end: its letter in the labour law, and what a claim makes of it."""

import pytest
from judging import BOTH, condition, denial, is_approved, judged, referral

from claims.reasons import Ground, Result
from claims.regimes import LAW
from claims.rules import Office, ProofKind, SeparationReason
from claims.separations import SEPARATIONS, Coverage, article_of

# Written from UU 13/2003 Pasal 154A(1) as in UU 6/2023 and from PP 37/2021 Pasal 20.
LETTERS = {
    "a": ["merger"],
    "b": ["efficiency"],
    "c": ["closure_after_losses"],
    "d": ["force_majeure"],
    "e": ["debt_moratorium"],
    "f": ["bankruptcy"],
    "g": ["worker_petition"],
    "h": ["petition_unfounded"],
    "i": ["resignation"],
    "j": ["absence"],
    "k": ["violation_after_warnings"],
    "l": ["detention"],
    "m": ["long_illness", "total_permanent_disability"],
    "n": ["retirement"],
    "o": ["death"],
}
EXCLUDED = {
    "resignation": "PP 37/2021 Pasal 20(1)a",
    "total_permanent_disability": "PP 37/2021 Pasal 20(1)b",
    "retirement": "PP 37/2021 Pasal 20(1)c",
    "death": "PP 37/2021 Pasal 20(1)d",
    "contract_expired": "PP 37/2021 Pasal 20(2)",
}


def test_every_letter_of_the_labour_law_has_its_reason() -> None:
    by_letter: dict[str, list[str]] = {}
    for reason, separation in SEPARATIONS.items():
        if separation.letter:
            by_letter.setdefault(separation.letter, []).append(reason.value)
            assert separation.article == f"UU 13/2003 Pasal 154A(1){separation.letter}"
    assert by_letter == LETTERS


def test_the_table_names_every_reason_that_a_report_can_give() -> None:
    assert set(SEPARATIONS) == set(SeparationReason)


def test_four_reasons_and_the_end_of_a_term_are_excluded_and_nothing_else() -> None:
    told = {reason.value: one.excluded_by for reason, one in SEPARATIONS.items() if one.excluded_by}
    assert told == EXCLUDED


@BOTH
@pytest.mark.parametrize("reason", list(SeparationReason))
def test_a_claim_is_decided_as_the_table_says(year: int, reason: SeparationReason) -> None:
    story = judged(year, {"reason": reason})
    assert is_approved(story) == (SEPARATIONS[reason].coverage is Coverage.COVERED)
    if reason is SeparationReason.CONTRACT_EXPIRED:
        assert denial(story) is Ground.CONTRACT_EXPIRED
    elif SEPARATIONS[reason].coverage is Coverage.EXCLUDED:
        assert denial(story) is Ground.EXCLUDED_SEPARATION


def test_the_closed_list_of_both_regimes_is_that_of_the_table() -> None:
    closed = {reason for reason, one in SEPARATIONS.items() if "Pasal 20(1)" in one.excluded_by}
    assert [set(rules.excluded_separations.value) for rules in LAW.regimes] == [closed, closed]


def test_gross_misconduct_stands_outside_the_letters_and_is_covered() -> None:
    assert article_of(SeparationReason.URGENT_MISCONDUCT) == "PP 35/2021 Pasal 52(2)"
    assert article_of(SeparationReason.EFFICIENCY) == "UU 13/2003 Pasal 154A(1)b"
    assert article_of(SeparationReason.AGREED_OTHER) == "UU 13/2003 Pasal 154A(2)"


@pytest.mark.parametrize("office", [Office.REGENCY, Office.PROVINCE, Office.MINISTRY])
def test_a_receipt_alone_is_a_question_until_2025_and_enough_since(office: Office) -> None:
    alone = {"proof": ProofKind.RECEIPT, "office": office}
    assert referral(judged(2023, alone)) is Ground.PROOF_NOT_ACCEPTED
    assert is_approved(judged(2025, alone))


@BOTH
def test_a_receipt_from_no_office_is_a_question(year: int) -> None:
    nowhere = {"proof": ProofKind.RECEIPT, "office": Office.NONE}
    assert referral(judged(year, nowhere)) is Ground.PROOF_NOT_ACCEPTED


@BOTH
def test_any_other_paper_goes_to_a_person_and_refuses_nobody(year: int) -> None:
    story = judged(year, {"proof": ProofKind.OTHER, "office": Office.REGENCY})
    assert referral(story) is Ground.PROOF_NOT_ACCEPTED
    assert condition(story, "proof_of_layoff")[0] is Result.FOR_A_PERSON
