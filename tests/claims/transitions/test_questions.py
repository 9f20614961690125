"""Nobody loses by silence: what could cost the claimant is asked first, and a person decides."""

from datetime import date

import pytest
from support.builders import (
    Story,
    a_layoff,
    a_record,
    amounts,
    applications,
    approved,
    certification,
    decided,
    lived,
    lived_through,
    paid,
    searched,
    sessions,
    wib,
)

from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from claims.events import (
    BenefitAuthorized,
    BenefitCeased,
    ClaimApproved,
    ClaimDenied,
    DocumentsNotAsked,
    MonthForfeited,
    MonthReinstated,
    OfficerDecided,
    QuestionAsked,
    QuestionDecided,
    ReceivableFound,
)
from claims.events.basis import Heard, Statutory
from law.grounds import Ground
from law.rules import Office


def officer(approves: bool, question: int = 0) -> cmd.DecideByOfficer:
    return cmd.DecideByOfficer(approves=approves, reason="looked at the papers", question=question)


def answers(question: int = 0) -> cmd.AnswerQuestion:
    return cmd.AnswerQuestion(question=question, statement="disagrees", reference="portal-77")


def without_proof() -> Story:
    """Referred on Monday 10 March for its proof; the claimant may answer to the end of the 19th."""
    return decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")


def taken_back() -> Story:
    """Month 2 paid; on Thursday 24 April the employer says that there was no layoff."""
    return lived_through(approved(2025), 2).when(cmd.WithdrawLayoff(reported_by="employer"), "2025-04-24")


def test_a_referred_claim_is_not_refused_while_the_claimant_may_answer() -> None:
    early = without_proof().when(officer(approves=False), "2025-03-19 23:59:59")
    assert early.told.verdict.ground is Ground.CLAIMANT_NOT_HEARD
    assert not early.all(ClaimDenied)
    late = early.when(officer(approves=False), "2025-03-20 00:00:00")
    assert late.new(ClaimDenied)[0].basis == Heard(
        question=0, answer_until=wib("2025-03-20 00:00:00"), answered=False
    )


def test_a_referred_claim_may_be_refused_as_soon_as_the_claimant_has_answered() -> None:
    story = without_proof().when(answers(), "2025-03-11").when(officer(approves=False), "2025-03-12")
    basis = story.new(ClaimDenied)[0].basis
    assert isinstance(basis, Heard)
    assert basis.answered


def test_a_referred_claim_may_be_approved_at_once() -> None:
    assert without_proof().when(officer(approves=True), "2025-03-10 11:00:00").new(ClaimApproved)


def test_a_refusal_by_the_machine_names_the_article_from_which_it_follows() -> None:
    story = decided(a_layoff(), a_record(paid=("2025-01", "2025-02")), "2025-03-10")
    assert story.all(ClaimDenied)[0].basis == Statutory(
        ground=Ground.TOO_FEW_CONTRIBUTION_MONTHS, article="PP 37/2021 as amended by PP 6/2025 Pasal 19(3)"
    )


def test_documents_that_were_asked_for_give_time_of_their_own() -> None:
    story = without_proof().when(cmd.AskForDocuments(documents=("proof_of_layoff",)), "2025-03-18")
    assert story.new(QuestionAsked)[0].documents == ("proof_of_layoff",)
    asked = [a for a in story.step("2025-03-18").awaited if a.what == "documents"]
    assert [a.owner for a in asked] == [Owner.CLAIMANT]
    refused = story.when(officer(approves=False), "2025-03-20")
    assert refused.told.verdict.ground is Ground.CLAIMANT_NOT_HEARD
    assert story.when(officer(approves=False), "2025-03-28").new(ClaimDenied)


def test_sending_the_documents_lets_the_officer_decide_and_closes_the_question() -> None:
    story = without_proof().when(cmd.AskForDocuments(documents=("contract",)), "2025-03-18")
    story = story.when(answers(1), "2025-03-19").when(officer(approves=True), "2025-03-20")
    assert [decided.founded for decided in story.new(QuestionDecided)] == [False]
    assert not story.claim.open_questions


def test_documents_are_asked_for_only_on_a_referred_claim() -> None:
    story = approved(2025).when(cmd.AskForDocuments(documents=("contract",)), "2025-03-11")
    assert story.told.verdict.ground is Ground.NOT_REFERRED
    assert [asked.documents for asked in story.new(DocumentsNotAsked)] == [("contract",)]
    assert not story.claim.questions


def test_an_employer_that_takes_its_report_back_stops_nothing_but_is_asked_about() -> None:
    story = taken_back()
    asked = story.new(QuestionAsked)[0]
    assert (asked.ground, asked.months, asked.last_month_owed) == (Ground.LAYOFF_WITHDRAWN, (3, 4, 5, 6), 0)
    assert story.claim.ceased is None
    assert story.claim.ending is None


def test_a_month_that_waits_for_a_question_is_neither_granted_nor_lost_until_it_is_decided() -> None:
    story = lived(taken_back(), 3)
    assert not story.new(BenefitAuthorized)
    story = story.when(officer(approves=True, question=1), "2025-05-30")
    assert [event.month for event in story.new(BenefitAuthorized)] == [3]
    assert not story.all(MonthForfeited)


def test_a_month_that_a_question_held_over_its_window_may_be_applied_for_within_five_days() -> None:
    story = taken_back().wake("2025-05-20")
    story = story.when(officer(approves=True, question=1), "2025-05-30").wake("2025-06-04 23:59:59")
    assert not story.all(MonthForfeited)
    assert [event.month for event in story.wake("2025-06-05 00:00:00").new(MonthForfeited)] == [3]


def test_a_founded_question_stops_the_benefit_and_marks_what_was_paid() -> None:
    story = (
        taken_back().when(answers(1), "2025-04-25").when(officer(approves=False, question=1), "2025-04-28")
    )
    ceased = story.new(BenefitCeased)[0]
    assert (ceased.ground, ceased.last_month_owed) == (Ground.LAYOFF_WITHDRAWN, 0)
    assert isinstance(ceased.basis, Heard)
    assert [(found.month, found.amount_idr, found.cause) for found in story.new(ReceivableFound)] == [
        (1, 2_400_000, "employer"),
        (2, 2_400_000, "employer"),
    ]
    assert amounts(story) == [2_400_000, 2_400_000]


def test_a_question_is_not_decided_against_who_has_still_time_to_answer() -> None:
    story = taken_back().when(officer(approves=False, question=1), "2025-04-28")
    assert story.told.verdict.ground is Ground.CLAIMANT_NOT_HEARD
    assert not story.all(BenefitCeased)


def test_a_question_is_decided_once() -> None:
    story = taken_back().when(officer(approves=True, question=1), "2025-04-28")
    again = story.when(officer(approves=False, question=1), "2025-06-28")
    assert again.told.verdict.ground is Ground.NO_OPEN_QUESTION
    assert again.new(OfficerDecided)[0].verdict.counts is False


def test_an_answer_to_a_question_that_nobody_asked_is_kept_and_does_not_count() -> None:
    story = approved(2025).when(answers(3), "2025-03-11")
    assert story.told.verdict.ground is Ground.NO_OPEN_QUESTION


def test_an_open_question_is_awaited_of_the_claimant_and_then_of_an_officer() -> None:
    story = taken_back()
    until = story.claim.open_questions[0].asked.answer_until
    assert until.isoformat() == "2025-05-05T17:00:00+00:00"
    owners = {
        day: [a.owner for a in story.step(day).awaited if a.what in ("answer", "officer_decision")]
        for day in ("2025-05-05", "2025-05-06")
    }
    assert owners == {"2025-05-05": [Owner.CLAIMANT], "2025-05-06": [Owner.OFFICER]}


def test_a_business_of_ones_own_holds_the_months_to_come_and_a_person_decides() -> None:
    begun = cmd.ReportReemployment(since=date(2025, 5, 20), work="own_business")
    story = lived_through(approved(2025), 3).when(begun, "2025-05-20")
    asked = story.new(QuestionAsked)[0]
    assert (asked.ground, asked.months, asked.last_month_owed) == (Ground.OWN_BUSINESS, (4, 5, 6), 3)
    assert not story.all(BenefitCeased)
    stopped = story.when(answers(1), "2025-05-21").when(officer(approves=False, question=1), "2025-05-22")
    assert stopped.new(BenefitCeased)[0].last_month_owed == 3
    assert not stopped.all(ReceivableFound)


def test_work_told_late_marks_no_debt_before_somebody_is_heard() -> None:
    worked = cmd.ReportReemployment(since=date(2025, 4, 20))
    story = lived_through(approved(2025), 3).when(worked, "2025-05-20")
    assert story.new(BenefitCeased)[0].last_month_owed == 2
    asked = story.new(QuestionAsked)[0]
    assert (asked.ground, asked.months) == (Ground.REEMPLOYED, (3,))
    assert not story.all(ReceivableFound)
    kept = story.when(officer(approves=True, question=1), "2025-05-21")
    assert not kept.all(ReceivableFound)
    marked = story.when(answers(1), "2025-05-21").when(officer(approves=False, question=1), "2025-05-22")
    assert [(f.month, f.amount_idr, f.cause) for f in marked.new(ReceivableFound)] == [
        (3, 2_400_000, "claimant")
    ]


def died(day: str, told: str) -> Story:
    """Month 2 searched for and begun on 10 April, not applied for."""
    story = searched(lived_through(approved(2025), 1), 2)
    return story.when(cmd.ReportDeath(died_on=date.fromisoformat(day)), told)


def test_a_month_begun_at_a_death_is_manual_review_and_not_lost_by_silence() -> None:
    story = died("2025-04-12", "2025-04-12")
    asked = story.new(QuestionAsked)[0]
    assert (asked.ground, asked.months) == (Ground.DECEASED, (2,))
    assert not story.wake("2025-04-30").all(MonthForfeited)
    assert not [a for a in story.step("2025-04-12").awaited if a.what == "certification"]


def test_a_person_may_grant_the_month_begun_at_a_death() -> None:
    story = died("2025-04-12", "2025-04-12").when(officer(approves=True, question=1), "2025-04-30")
    assert [(event.month, event.amount_idr) for event in story.new(BenefitAuthorized)] == [(2, 2_400_000)]


def test_a_person_may_refuse_the_month_begun_at_a_death_once_the_family_was_heard() -> None:
    story = died("2025-04-12", "2025-04-12").when(officer(approves=False, question=1), "2025-04-30")
    lost = story.new(MonthForfeited)[0]
    assert (lost.month, lost.ground) == (2, Ground.DECEASED)
    assert isinstance(lost.basis, Heard)


def test_a_month_paid_after_a_death_is_asked_about_and_a_debt_only_by_a_person() -> None:
    """Month 2 was paid on 10 April; in May it is told that the recipient had died on 12 March."""
    story = lived_through(approved(2025), 2)
    story = story.when(cmd.ReportDeath(died_on=date(2025, 3, 12)), "2025-05-02")
    asked = story.new(QuestionAsked)[0]
    assert (asked.ground, asked.months, len(story.claim.questions)) == (Ground.DECEASED, (2,), 1)
    refused = story.when(officer(approves=False, question=1), "2025-05-20")
    assert [(debt.month, debt.amount_idr) for debt in refused.new(ReceivableFound)] == [(2, 2_400_000)]
    assert not refused.all(MonthForfeited)
    kept = story.when(officer(approves=True, question=1), "2025-05-20")
    assert not kept.all(ReceivableFound)


def test_a_month_applied_for_before_the_death_is_paid_without_a_question() -> None:
    story = lived(lived_through(approved(2025), 1), 2)
    story = story.when(cmd.ReportDeath(died_on=date(2025, 4, 12)), "2025-04-12")
    assert not story.all(QuestionAsked)
    assert [event.month for event in story.all(BenefitAuthorized)] == [1, 2]


def test_attendance_that_the_provider_tells_late_brings_a_lost_month_back() -> None:
    story = lived_through(approved(2025), 1)
    attended = cmd.AttendTraining.model_validate(
        {
            "provider": "lpk-1",
            "course": "welding-1",
            "sessions": [{"session": "1", "held_on": "2025-03-20", "attendance": "attended"}],
        }
    )
    story = story.when(certification(2), "2025-04-11").wake("2025-04-16")
    assert [event.month for event in story.new(MonthForfeited)] == [2]
    story = story.when(attended, "2025-04-25")
    assert [event.month for event in story.new(MonthReinstated)] == [2]
    assert [event.month for event in story.new(BenefitAuthorized)] == [2]


def test_attendance_told_after_the_last_month_brings_that_month_back_too() -> None:
    story = lived_through(approved(2025), 5)
    story = story.when(certification(6), "2025-09-08").wake("2025-09-11")
    assert [event.month for event in story.all(MonthForfeited)] == [6]
    story = story.when(sessions("2025-07-20", attended=4, absent=1), "2025-09-20")
    assert [event.month for event in story.new(MonthReinstated)] == [6]
    assert [event.month for event in story.new(BenefitAuthorized)] == [6]


def test_a_question_of_a_claim_that_was_withdrawn_is_nobodys_any_more() -> None:
    story = taken_back().when(cmd.WithdrawClaim(reason="pindah"), "2025-04-25")
    story = story.when(officer(approves=False, question=1), "2025-05-20")
    assert story.told.verdict.ground is Ground.NO_OPEN_QUESTION
    assert not story.all(BenefitCeased)
    assert not story.all(ReceivableFound)


@pytest.mark.parametrize(("reference", "left"), [("2025-03-11/1", 4), ("no-such", 5)])
def test_an_application_that_is_taken_back_does_not_count_any_more(reference: str, left: int) -> None:
    story = approved(2025).when(applications(5, "2025-03-11"), "2025-03-11")
    story = story.when(cmd.WithdrawEffort(reference=reference), "2025-03-12")
    assert len([effort for effort in story.claim.efforts if effort.counts]) == left


def test_an_application_taken_back_after_its_month_was_granted_changes_nothing_of_it() -> None:
    story = paid(lived(lived_through(approved(2025), 1), 2), 2)
    story = story.when(cmd.WithdrawEffort(reference="2025-03-11/1"), "2025-04-20")
    assert amounts(story) == [2_400_000, 2_400_000]
    assert not story.all(ReceivableFound)
