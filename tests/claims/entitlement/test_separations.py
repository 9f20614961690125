"""Every reason for which a job may end: its letter in the labour law, and what a claim makes of it."""

from pathlib import Path

import pytest
from support.builders import a_fixed_term
from support.determined import BOTH, condition, denial, is_approved, referral, ruled

from law.grounds import Ground, Result
from law.rules import Office, ProofKind, SeparationReason
from lawcases.files.reading import read_paths

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
OUTSIDE_THE_LETTERS = {
    "agreed_other": "UU 13/2003 Pasal 154A(2)",
    "contract_expired": "PP 37/2021 Pasal 20(2)",
    "urgent_misconduct": "PP 37/2021 Pasal 20(1)",
}
EXCLUDED = {"resignation", "total_permanent_disability", "retirement", "death"}
CASES = {found.case.id: found.case for found in read_paths([Path(__file__).parents[2] / "claims" / "law"])}


def test_every_reason_that_a_report_can_give_stands_in_the_labour_law_or_beside_it() -> None:
    lettered = [reason for reasons in LETTERS.values() for reason in reasons]
    assert {*lettered, *OUTSIDE_THE_LETTERS} == {reason.value for reason in SeparationReason}
    assert "".join(LETTERS) == "abcdefghijklmno"


@pytest.mark.parametrize("regime", ["a", "b"])
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_of_the_labour_law_has_its_case(letter: str, regime: str) -> None:
    for reason in LETTERS[letter]:
        case = CASES[f"reason-{regime}-{reason.replace('_', '-')}"]
        assert f"UU 13/2003 Pasal 154A(1){letter}" in case.article.split("; ")


@pytest.mark.parametrize("regime", ["a", "b"])
@pytest.mark.parametrize("reason", OUTSIDE_THE_LETTERS)
def test_so_has_what_stands_beside_the_letters(reason: str, regime: str) -> None:
    article = CASES[f"reason-{regime}-{reason.replace('_', '-')}"].article
    pasal = OUTSIDE_THE_LETTERS[reason].partition(" Pasal ")[2]
    assert article.endswith(f" Pasal {pasal}")


@BOTH
@pytest.mark.parametrize("reason", list(SeparationReason))
def test_four_reasons_and_the_end_of_a_term_are_excluded_and_nothing_else(
    year: int, reason: SeparationReason
) -> None:
    story = ruled(year, {"reason": reason})
    if reason is SeparationReason.CONTRACT_EXPIRED:
        assert referral(story) is Ground.REPORT_CONTRADICTS_ITSELF
        its_end = a_fixed_term(f"{year - 1}-03-04", f"{year}-03-03")
        assert denial(ruled(year, {"reason": reason, "contract": its_end})) is Ground.CONTRACT_EXPIRED
    elif reason.value in EXCLUDED:
        assert denial(story) is Ground.EXCLUDED_SEPARATION
    else:
        assert is_approved(story)


@pytest.mark.parametrize("office", [Office.REGENCY, Office.PROVINCE, Office.MINISTRY])
def test_a_receipt_alone_is_a_question_until_2025_and_enough_since(office: Office) -> None:
    alone = {"proof": ProofKind.RECEIPT, "office": office}
    assert referral(ruled(2023, alone)) is Ground.PROOF_NOT_ACCEPTED
    assert is_approved(ruled(2025, alone))


@BOTH
def test_a_receipt_from_no_office_is_a_question(year: int) -> None:
    nowhere = {"proof": ProofKind.RECEIPT, "office": Office.NONE}
    assert referral(ruled(year, nowhere)) is Ground.PROOF_NOT_ACCEPTED


@BOTH
def test_any_other_paper_goes_to_a_person_and_refuses_nobody(year: int) -> None:
    story = ruled(year, {"proof": ProofKind.OTHER, "office": Office.REGENCY})
    assert referral(story) is Ground.PROOF_NOT_ACCEPTED
    assert condition(story, "proof_of_layoff")[0] is Result.MANUAL_REVIEW
