"""What decided a life, in one line and in the final table."""

from io import StringIO
from typing import Any

from rich.console import Console

from sandbox.play.lives.decided import decided_by, decision_reports
from sandbox.play.report import Life, Report, check
from sandbox.play.verdict import print_report

PP37 = "PP 37/2021"


def decision(kind: str, ground: str = "met", article: str = "", **more: Any) -> dict[str, Any]:
    said = {"type": kind, "month": 0, "actor": "bpjs", "ground": ground, "article": article, "why": ""}
    return {**said, "reasons": [], "explained": [], **more}


def unmet(ground: str, article: str) -> dict[str, Any]:
    said = {"condition": "arrears", "result": "manual_review", "ground": ground, "article": article}
    return {**said, "facts": {}, "source": "bpjs-tk"}


APPROVED = decision("claim_approved")
DENIED = decision("claim_denied", "too_few_contribution_months", f"{PP37} Pasal 19(3)")
LAPSED = decision("claim_lapsed", "too_few_contribution_months", f"{PP37} Pasal 40(a)")
LOST = decision("month_forfeited", "job_search_insufficient", "Permenaker 2/2025 Pasal 13(4)", month=3)


def line(*decisions: dict[str, Any]) -> str:
    return decided_by(decision_reports(decisions))


def test_a_refusal_that_became_final_is_named_by_its_own_ground() -> None:
    assert line(DENIED, LAPSED) == "denied: too_few_contribution_months, Pasal 19(3)"


def test_a_refusal_is_named_beside_the_approval_that_came_after_it() -> None:
    said = "denied: too_few_contribution_months, Pasal 19(3); approved: 0 conditions met"
    assert line(DENIED, APPROVED) == said


def test_a_lost_month_says_more_than_the_approval_before_it() -> None:
    assert line(APPROVED, LOST) == "month 3 lost: job_search_insufficient, Pasal 13(4)"


def test_grants_of_months_are_left_out() -> None:
    assert line(APPROVED, decision("benefit_authorized", month=1)) == "approved: 0 conditions met"


def test_an_officer_who_approves_is_named_with_the_doubt() -> None:
    reasons = [unmet("employer_pays_first", f"{PP37} Pasal 39(3)")]
    referred = decision("claim_referred", "employer_pays_first", f"{PP37} Pasal 39(3)", reasons=reasons)
    approved = decision("claim_approved", reasons=reasons)

    said = "approved by an officer: employer_pays_first, Pasal 39(3)"
    assert line(referred, decision("officer_decided", "counts"), approved) == said


def test_an_officer_who_decides_after_the_approval_has_decided_a_question() -> None:
    heard = decision("officer_decided", "counts", "Permenaker 2/2025 Pasal 9")

    said = "approved: 0 conditions met; a question decided by an officer, Pasal 9"
    assert line(APPROVED, heard) == said
    assert line(APPROVED, decision("officer_decided", "claimant_not_heard")) == "approved: 0 conditions met"


def test_the_final_table_has_a_refusal_in_one_line_of_120_columns() -> None:
    decided = line(DENIED)
    name = "a transfer refused for a closed account, paid to the corrected one"
    life = Life(name, "01", (check("denied", "denied", "denied"),), (), decided)
    told = StringIO()
    print_report(Report((life,), (), 359_220_000, 359_220_000, {}, 1.0), Console(file=told, width=120))

    lines = told.getvalue().splitlines()
    assert [row for row in lines if row.rstrip().endswith(decided)] == lines[1:2]
    assert max(map(len, lines)) <= 120
