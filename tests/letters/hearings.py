"""Lives in which something is asked, looked at again, moved, or left to the employer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from letters.steps import AFTER_PAID, Steps, bank, begun, first_paid, laid_off, month_paid
from support.builders import (
    Story,
    a_layoff,
    a_record,
    a_report,
    applications,
    certification,
    months_between,
    self_assessment,
    wib,
)

from claims.agenda.redating import redated
from claims.commands import command as cmd
from claims.events import Document, Objected, Payer
from claims.events.facts import ContributionRecord
from claims.events.undelivered import Undelivered
from law.periods import Calendar
from law.rules import Office, SeparationReason


def officer(approves: bool, question: int = 0, payer: Payer | None = None) -> cmd.DecideByOfficer:
    return cmd.DecideByOfficer(approves=approves, reason="looked at", question=question, payer=payer)


def answer(question: int = 0) -> cmd.AnswerQuestion:
    return cmd.AnswerQuestion(question=question, statement="disagrees", reference="portal-77")


def record(**facts: object) -> cmd.RecordContributions:
    return cmd.RecordContributions(record=a_record(**{"wage_idr": 6_000_000, **facts}))  # type: ignore[arg-type]


def documents(*wanted: Document) -> cmd.AskForDocuments:
    return cmd.AskForDocuments(documents=wanted)


def other_data(version: int) -> cmd.ReportLayoff:
    differs = cmd.PersonDifference(version=version, fields=("name", "email"))
    return a_report(a_layoff("2025-03-03")).model_copy(update={"differs": differs})


def not_delivered(letter: str) -> cmd.GiveUpLetter:
    return cmd.GiveUpLetter(letter=letter, month=0, reason=Undelivered.ADDRESS_REFUSED)


def died(day: str) -> cmd.ReportDeath:
    return cmd.ReportDeath(died_on=wib(day).date())


def works(day: str, **said: object) -> cmd.ReportReemployment:
    return cmd.ReportReemployment(since=wib(day).date(), **said)  # type: ignore[arg-type]


def paid_by_employer(month: int, amount_idr: int, day: str) -> cmd.RecordEmployerPayment:
    return cmd.RecordEmployerPayment(
        month=month, amount_idr=amount_idr, paid_on=wib(day).date(), reference="slip-1"
    )


def decreed(story: Story, at: str, *holidays: str, before: tuple[str, ...] = ()) -> cmd.MoveDeadlines | None:
    """What the engine itself says to a claim when the holidays become these; None where no date moves."""
    seen = story.context(wib(at))
    was = replace(seen, calendar=Calendar("before", frozenset(map(date.fromisoformat, before))))
    now = replace(seen, calendar=Calendar("decreed", frozenset(map(date.fromisoformat, holidays))))
    moved = tuple(each.date for each in redated(story.claim, was, now))
    return cmd.MoveDeadlines(calendar_version="decreed", moved=moved) if moved else None


def a_decree(*holidays: str, before: tuple[str, ...] = ()) -> Callable[[Story], cmd.Command]:
    """A decree of 11 March 2025."""

    def said(story: Story) -> cmd.Command:
        message = decreed(story, "2025-03-11", *holidays, before=before)
        assert message is not None, "the decree moves a date"
        return message

    return said


ELEVEN = months_between("2024-04", "2025-02")
ARREARS = a_record(
    paid=months_between("2023-03", "2024-08"), owed=months_between("2024-09", "2025-01"), wage_idr=6_000_000
)
UNREGISTERED: ContributionRecord = a_record(paid=(), programmes=(), wage_idr=0).model_copy(
    update={"registered": False}
)
TAKEN_BACK: Steps = [
    *AFTER_PAID,
    *month_paid(2),
    ("2025-04-24", cmd.WithdrawLayoff(reported_by="employer")),
]
BEGUN_AT_DEATH: Steps = [
    *AFTER_PAID,
    ("2025-03-12", applications(5, "2025-03-12")),
    ("2025-04-12", died("2025-04-12")),
]
WORK_TOLD_LATE: Steps = [
    *AFTER_PAID,
    *month_paid(2),
    *month_paid(3),
    ("2025-05-20", works("2025-04-20")),
]
REPORTED_BY_THE_WORKER: Steps = [
    ("2025-03-03", a_report(a_layoff(), "participant")),
    *begun()[1:],
]
REPORT_DAY, PAYMENT_DAY, MONTH_6_DAY = "2025-03-07", "2025-03-13", "2025-09-05"


def objection(what: Objected, month: int = 0) -> cmd.ObjectToDecision:
    return cmd.ObjectToDecision(what=what, month=month, reference="keberatan-1")


def put_right(what: Objected, month: int = 0, *, founded: bool = True) -> cmd.PutRight:
    return cmd.PutRight(what=what, month=month, reason="looked at", founded=founded)


OBJECTIONS: dict[str, Steps] = {
    "another report with other data, adopted": [
        *begun(),
        ("2025-03-12", other_data(2)),
        ("2025-03-13", other_data(3)),
        ("2025-03-14", cmd.DecidePersonData(version=3, adopts=True, reason="seen")),
        ("2025-03-14", not_delivered("claim_approved")),
        ("2025-03-15", cmd.EndEmailChange(version=3, in_force=True)),
    ],
    "another report with other data, not believed": [
        *begun(),
        ("2025-03-12", other_data(2)),
        ("2025-03-14", cmd.DecidePersonData(version=2, adopts=False, reason="not theirs")),
        ("2025-03-15", cmd.ChangeEmail(version=3)),
        ("2025-03-16", cmd.EndEmailChange(version=3, in_force=False)),
    ],
    "a refusal put right": [
        *begun(record(paid=months_between("2024-04", "2025-02"))),
        ("2025-03-12", objection("refusal")),
        ("2025-03-14", put_right("refusal")),
        ("2025-03-15", bank(1, "settled")),
        ("2025-03-16", cmd.WithdrawClaim(reason="moved")),
    ],
    "a refusal objected to for nothing": [
        *begun(record(paid=months_between("2024-04", "2025-02"))),
        ("2025-03-12", objection("refusal")),
        ("2025-03-14", put_right("refusal", founded=False)),
        ("2025-09-04", None),
        ("2025-10-01", put_right("refusal")),
    ],
    "a lost month put right": [
        *AFTER_PAID,
        ("2025-04-16", None),
        ("2025-04-20", objection("month", 2)),
        ("2025-04-22", put_right("month", 2)),
        ("2025-04-23", bank(2, "settled")),
    ],
    "work told by mistake": [
        *AFTER_PAID,
        *month_paid(2),
        ("2025-04-14", cmd.ReportReemployment(since=wib("2025-04-12").date())),
        ("2025-04-15", objection("cessation")),
        ("2025-05-20", put_right("cessation")),
        ("2025-05-26", died("2025-05-26")),
        ("2025-05-27", objection("cessation")),
        ("2025-05-28", put_right("cessation", founded=False)),
        ("2025-05-29", objection("month", 3)),
    ],
    "a debt that was none": [
        *AFTER_PAID,
        *month_paid(2),
        *month_paid(3),
        ("2025-05-14", cmd.ReportReemployment(since=wib("2025-04-12").date())),
        ("2025-05-15", answer(1)),
        ("2025-05-16", officer(approves=False, question=1)),
        ("2025-05-20", put_right("cessation")),
    ],
}
HEARINGS: dict[str, Steps] = {
    **OBJECTIONS,
    "documents sent": [
        *laid_off(office=Office.NONE),
        ("2025-03-12", documents("proof_of_layoff", "bank_account")),
        ("2025-03-13", answer(1)),
        ("2025-03-14", officer(approves=True)),
    ],
    "approved when two months were over": [
        *laid_off(office=Office.NONE),
        ("2025-05-20", officer(approves=True)),
        ("2025-05-20 12:00:00", bank(1, "settled")),
        ("2025-05-21", None),
        ("2025-05-22", certification(3)),
        ("2025-05-24", None),
        ("2025-05-25", certification(2)),
        ("2025-06-16", None),
    ],
    "documents never sent": [
        *laid_off(office=Office.NONE),
        ("2025-03-12", documents("proof_of_layoff", "contract", "settlement", "court_ruling", "wage_slip")),
        ("2025-03-24", None),
        ("2025-03-28", officer(approves=False)),
    ],
    "the referral answered and refused": [
        *laid_off(office=Office.NONE),
        ("2025-03-11", answer()),
        ("2025-03-12", officer(approves=False)),
    ],
    "the employer takes its report back and is not believed": [
        *TAKEN_BACK,
        ("2025-04-25", answer(1)),
        ("2025-04-28", officer(approves=True, question=1)),
        ("2025-04-29", applications(5, "2025-04-29")),
        *month_paid(3)[1:],
    ],
    "the employer takes its report back and is believed": [
        *TAKEN_BACK,
        ("2025-05-06", None),
        ("2025-05-07", officer(approves=False, question=1)),
    ],
    "a business of one's own": [
        *AFTER_PAID,
        *month_paid(2),
        ("2025-05-02", works("2025-05-02", work="own_business")),
        ("2025-05-03", answer(1)),
        ("2025-05-05", officer(approves=False, question=1)),
    ],
    "work told late and forgiven": [
        *WORK_TOLD_LATE,
        ("2025-05-21", officer(approves=True, question=1)),
    ],
    "work told late and marked": [
        *WORK_TOLD_LATE,
        ("2025-05-21", answer(1)),
        ("2025-05-22", officer(approves=False, question=1)),
    ],
    "month 2 begun at a death and granted": [
        *BEGUN_AT_DEATH,
        ("2025-04-14", officer(approves=True, question=1)),
        ("2025-04-15", bank(2, "settled")),
    ],
    "month 2 begun at a death and refused": [
        *BEGUN_AT_DEATH,
        ("2025-04-30", officer(approves=False, question=1)),
    ],
    "a lower wage told later": [
        *begun(record(wage_idr=5_000_000)),
        *first_paid(),
        ("2025-03-20", record(wage_idr=4_800_000)),
        ("2025-04-02", officer(approves=False, question=1)),
    ],
    "a higher wage told later": [
        *begun(record(wage_idr=4_000_000)),
        *first_paid(),
        *month_paid(2),
        ("2025-04-24", record(wage_idr=4_500_000)),
        ("2025-04-25", bank(1, "settled")),
        ("2025-04-26", bank(2, "settled")),
    ],
    "a higher wage told to a claim whose account fails": [
        *begun(record(wage_idr=4_000_000)),
        *first_paid(),
        ("2025-03-20", record(wage_idr=4_500_000)),
        ("2025-03-21", bank(1, "returned")),
        ("2025-03-22", cmd.ChangeAccount(account_version=2)),
        ("2025-03-23", cmd.WithdrawClaim(reason="moved")),
    ],
    "a twelfth month paid later": [
        *begun(record(paid=ELEVEN)),
        ("2025-03-20", record()),
    ],
    "a twelfth month paid after the refusal was final": [
        *begun(record(paid=ELEVEN)),
        ("2025-09-04", None),
        ("2025-09-20", record(paid=ELEVEN[1:])),
        ("2025-10-01", record()),
    ],
    "another record that helps nothing": [
        *begun(record(paid=ELEVEN)),
        ("2025-03-20", record(paid=ELEVEN[1:])),
    ],
    "a record that turns everything": [
        *begun(record(paid=ELEVEN, citizenship="WNA", age_at_registration=57, jkn=None, earlier_benefits=3)),
        ("2025-03-20", record(paid=ELEVEN, jkn="PBPU")),
        ("2025-03-21", record(jkn="PBPU", reemployed_on="2025-03-06")),
    ],
    "a resignation that was a layoff": [
        *laid_off(reason=SeparationReason.RESIGNATION),
        ("2025-03-20", a_report(a_layoff())),
    ],
    "a record that got worse": [
        *AFTER_PAID,
        *month_paid(2),
        ("2025-04-24", record(paid=ELEVEN[3:])),
        ("2025-05-20", None),
        ("2025-05-30", officer(approves=True, question=1)),
    ],
    "the employer pays first": [
        *begun(cmd.RecordContributions(record=ARREARS)),
        ("2025-03-11", officer(approves=True, payer="employer")),
        ("2025-03-14", paid_by_employer(1, 3_000_000, "2025-03-14")),
        ("2025-03-15", applications(5, "2025-03-15")),
        ("2025-04-11", certification(2)),
        ("2025-04-14", paid_by_employer(2, 3_000_000, "2025-04-14")),
        ("2025-04-20", cmd.WithdrawClaim(reason="moved")),
    ],
    "the employer pays first and its arrears are paid": [
        *begun(cmd.RecordContributions(record=ARREARS)),
        ("2025-03-11", officer(approves=True, payer="employer")),
        ("2025-03-14", paid_by_employer(1, 1_000_000, "2025-03-14")),
        ("2025-03-20", record()),
        ("2025-03-21", bank(1, "settled")),
        ("2025-04-01", died("2025-04-01")),
    ],
    "the employer paid ahead and its arrears are paid": [
        *begun(cmd.RecordContributions(record=ARREARS)),
        ("2025-03-11", officer(approves=True, payer="employer")),
        ("2025-03-14", paid_by_employer(1, 3_000_000, "2025-03-14")),
        ("2025-03-15", paid_by_employer(2, 1_000_000, "2025-03-15")),
        ("2025-03-16", applications(5, "2025-03-16")),
        ("2025-03-20", record()),
        ("2025-04-11", certification(2)),
        ("2025-04-14", bank(2, "settled")),
        ("2025-04-20", cmd.WithdrawClaim(reason="moved")),
    ],
    "two doubts at once": [
        *AFTER_PAID,
        *month_paid(2),
        ("2025-04-24", record(paid=ELEVEN[3:], reemployed_on="2025-04-20")),
        ("2025-04-28", officer(approves=True, question=2)),
        ("2025-04-29", officer(approves=True, question=1)),
    ],
    "never registered": [
        *begun(cmd.RecordContributions(record=UNREGISTERED)),
        ("2025-03-12", cmd.FindTrueWage(true_wage_idr=4_000_000, reference="nota-1")),
    ],
    "a wage reported too low": [
        *begun(record(wage_idr=3_000_000)),
        ("2025-03-20", cmd.FindTrueWage(true_wage_idr=4_500_000, reference="nota-2")),
    ],
    "a wage reported too low and put right": [
        *begun(record(wage_idr=3_000_000)),
        ("2025-03-20", cmd.FindTrueWage(true_wage_idr=4_500_000, reference="nota-2")),
        ("2025-04-16", None),
        ("2025-04-24", record(wage_idr=4_500_000)),
    ],
    "dates move": [*REPORTED_BY_THE_WORKER, ("2025-03-11", a_decree(REPORT_DAY, PAYMENT_DAY, MONTH_6_DAY))],
    "a payment date moves": [*begun(), ("2025-03-11", a_decree(PAYMENT_DAY))],
    "dates of an employer move": [*REPORTED_BY_THE_WORKER, ("2025-03-11", a_decree(REPORT_DAY))],
    "a date that a decree takes away stays": [*begun(), ("2025-03-11", a_decree(before=(MONTH_6_DAY,)))],
    "nothing done after the first payment": [
        *begun(),
        ("2025-03-11", bank(1, "settled")),
        ("2025-04-10 00:00:00", None),
        ("2025-04-10", self_assessment("2025-04-10")),
    ],
}
