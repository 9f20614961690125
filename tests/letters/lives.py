"""Lives that together call for every letter, and the letters they call for, rendered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from letters.hearings import HEARINGS
from letters.later import LATER
from letters.steps import (
    AFTER_PAID,
    FOUR_OF_FIVE,
    Steps,
    bank,
    begun,
    first_paid,
    laid_off,
    month_paid,
    month_six_paid,
    refused,
    told_by_officer,
)
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_fixed_term,
    a_layoff,
    a_record,
    a_report,
    an_interview_call,
    applications,
    certification,
    months_between,
    sessions,
    wib,
)

from activities.mail.letters.rendering import RULE, Letter, render
from claims.agenda.notices import Notice, NoticeKind, notices_for, reminders_due
from claims.commands import command as cmd
from claims.events.facts import EmployerStanding
from claims.state.claim import Claim
from claims.wording.language import Language
from law.grounds import Ground, Reason
from law.regimes import LAW
from law.rules import Office, SeparationReason

NAME, NUMBER = "Siti Aminah", "JKP-7"
AMOUNT = re.compile(r"Rp[\d.]+")
TEN_DIGITS = re.compile(r"\d(?:[ .\-]?\d){9}")


@dataclass(frozen=True)
class Moment:
    """A claim at an instant, and the letters that the step at that instant queued."""

    claim: Claim
    at: datetime
    notices: tuple[Notice, ...]


def stories(steps: Steps) -> Iterator[tuple[Story, datetime]]:
    """A life after each step; `handled < received` in a step's instant tells a message handled late."""
    story = Story()
    for instant, said in steps:
        at, _, received = instant.partition(" < ")
        message = said(story) if callable(said) else said
        story = story.wake(at) if message is None else story.when(message, at, received=received or None)
        yield story, wib(at)


def played(steps: Steps) -> list[Moment]:
    """The moments of a life."""
    moments = []
    for story, now in stories(steps):
        notices = notices_for(story.added, story.claim) + reminders_due(story.claim, story.context(now))
        moments.append(Moment(story.claim, now, notices))
    return moments


def letter(notice: Notice, claim: Claim, at: datetime, name: str = NAME) -> Letter:
    return render(notice, claim, name, NUMBER, LAW, WEEKENDS_ONLY, at)


WITHDRAWAL = cmd.WithdrawClaim(reason="back to school")
NEW_ACCOUNT = cmd.ChangeAccount(account_version=2)
TOO_FEW = a_record(paid=months_between("2024-06", "2025-02"))
WORST = a_record(
    paid=("2024-06",),
    programmes=("JKK",),
    jkn=None,
    age_at_registration=57,
    citizenship="WNA",
    earlier_benefits=3,
)

WAGE_FELL = a_record().model_copy(update={"reported_wage_idr": 3_000_000})
TWO_JOBS = a_record().model_copy(
    update={
        "months": a_record().months
        + tuple(row.model_copy(update={"employer_registration": "employer-2"}) for row in a_record().months)
    }
)

LIVES: dict[str, Steps] = {
    "six months paid": AFTER_PAID + [s for n in range(2, 6) for s in month_paid(n)] + month_six_paid(),
    "six months paid under the old rules": begun(year=2023)
    + first_paid(2023)
    + [s for n in range(2, 6) for s in month_paid(n, 2023)]
    + month_six_paid(2023),
    "self-assessment missing under the old rules": [
        *begun(year=2023),
        ("2023-04-10", None),
        ("2023-04-16", None),
    ],
    "four applications of five, then an interview call": AFTER_PAID
    + FOUR_OF_FIVE
    + [("2025-04-20", an_interview_call("2025-04-20")), ("2025-05-10", certification(3))]
    + [("2025-05-13 08:00:00", None)],
    "applications received in time and handled late": [
        *AFTER_PAID,
        ("2025-04-10", certification(2)),
        ("2025-04-16 00:00:01", None),
        ("2025-04-16 00:00:02 < 2025-04-15 23:59:00", applications(5, "2025-03-12")),
        ("2025-04-17", bank(2, "settled")),
    ],
    "reinstated, then withdrawn": [
        *AFTER_PAID,
        ("2025-04-10", certification(2)),
        ("2025-04-16 00:00:02 < 2025-04-15 23:59:00", applications(5, "2025-03-12")),
        ("2025-04-16", WITHDRAWAL),
    ],
    "training at 79 percent": [
        *AFTER_PAID,
        ("2025-04-01", sessions("2025-04-01", attended=79, absent=21)),
        ("2025-04-10", certification(2)),
        ("2025-04-14", None),
        ("2025-04-16", None),
    ],
    "every later month missed": [
        *AFTER_PAID,
        ("2025-06-08", None),
        ("2025-09-10", None),
        ("2025-09-11", None),
    ],
    "work in month 3": AFTER_PAID
    + month_paid(2)
    + [("2025-05-14", cmd.ReportReemployment(since=wib("2025-05-12").date())), ("2025-05-15", None)]
    + [("2025-05-16", None)],
    "work before the filing": [
        *begun(),
        ("2025-03-11", cmd.ReportReemployment(since=wib("2025-03-05").date())),
        ("2025-03-12", bank(1, "settled")),
    ],
    "death in month 2": [
        *AFTER_PAID,
        ("2025-04-11", cmd.ReportDeath(died_on=wib("2025-04-11").date())),
        ("2025-04-13 10:00:00", None),
        ("2025-04-16", None),
    ],
    "account refused after a death": [
        *begun(),
        ("2025-03-12", cmd.ReportDeath(died_on=wib("2025-03-12").date())),
        ("2025-03-13", bank(1, "refused", Ground.ACCOUNT_REFUSED)),
        ("2025-03-14", NEW_ACCOUNT),
        ("2025-03-15", bank(1, "settled")),
    ],
    "too few months, filed again, approved": [
        *begun(cmd.RecordContributions(record=TOO_FEW)),
        ("2025-05-12", a_filing()),
        ("2025-05-12", cmd.RecordContributions(record=a_record())),
    ],
    "too few months, never again": [*begun(cmd.RecordContributions(record=TOO_FEW)), ("2025-09-04", None)],
    "nearly nothing met": [*begun(cmd.RecordContributions(record=WORST)), ("2025-09-04", None)],
    "too few in a row": [
        ("2023-03-03", a_report(a_layoff("2023-03-03"))),
        ("2023-03-10", a_filing()),
        (
            "2023-03-10",
            cmd.RecordContributions(
                record=a_record(paid=[f"{y}-{n:02d}" for y in (2021, 2022) for n in (3, 4, 5, 7, 8, 9, 11)])
            ),
        ),
    ],
    "foreign citizen": refused(citizenship="WNA"),
    "too old": refused(age_at_registration=54),
    "programmes missing": refused(programmes=("JKK", "JKM")),
    "no health insurance": refused(jkn=None),
    "three claims before": refused(earlier_benefits=3),
    "a claim too soon after the last": refused(
        earlier_benefits_first_paid_on=("2024-03-15",), paid=months_between("2024-03", "2025-02")
    ),
    "no wage reported": refused(wage_idr=0),
    "wage lowered before the layoff": begun(cmd.RecordContributions(record=WAGE_FELL)),
    "another job goes on": begun(cmd.RecordContributions(record=TWO_JOBS)),
    "resignation": laid_off(reason=SeparationReason.RESIGNATION),
    "contract expired": laid_off(contract=a_fixed_term("2024-03-03", "2025-03-03")),
    "proof of an unknown office": laid_off(office=Office.NONE),
    "long arrears": begun(
        cmd.RecordContributions(
            record=a_record(
                paid=months_between("2023-03", "2024-09"),
                owed=months_between("2024-10", "2025-02"),
                employer=EmployerStanding.OPERATING,
            )
        )
    ),
    "months owed": begun(
        cmd.RecordContributions(
            record=a_record(
                paid=months_between("2024-02", "2024-11"), owed=months_between("2024-12", "2025-02")
            )
        )
    ),
    "work found by the register": begun(cmd.RecordContributions(record=a_record(reemployed_on="2025-03-06"))),
    "approved by an officer": told_by_officer(approves=True),
    "denied by an officer": told_by_officer(approves=False),
    "withdrawn while referred": [*told_by_officer(approves=True)[:3], ("2025-03-11", WITHDRAWAL)],
    "nobody filed": [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-08-20 00:00:00", None),
        ("2025-09-04", None),
        ("2025-09-05", a_filing()),
    ],
    "filed in time, handled late": [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-08-25", None),
        ("2025-09-04 00:00:00", None),
        ("2025-09-04 00:00:01 < 2025-09-03 23:59:59", a_filing()),
        ("2025-09-04", cmd.RecordContributions(record=a_record())),
    ],
    "reported after the window": [("2025-10-01", a_report(a_layoff(), "participant"))],
    "filed twice": [*AFTER_PAID, ("2025-03-12", a_filing()), ("2025-09-09", a_filing())],
    "reports that contradict each other": [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-03-04", a_report(a_layoff(reason=SeparationReason.RESIGNATION), "participant")),
        ("2025-03-10", a_filing()),
        ("2025-03-10", cmd.RecordContributions(record=a_record())),
    ],
    "filed before the day of the layoff": [
        ("2025-03-10", a_report(a_layoff("2025-03-20"))),
        ("2025-03-19", a_filing()),
    ],
    "layoff withdrawn": [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-03-05", cmd.WithdrawLayoff(reported_by="employer")),
        ("2025-03-06", a_filing()),
    ],
    "layoff withdrawn, reported again, filed": [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-03-05", cmd.WithdrawLayoff(reported_by="employer")),
        ("2025-03-06", a_report(a_layoff(), "participant")),
        ("2025-03-10", a_filing()),
        ("2025-03-10", cmd.RecordContributions(record=a_record())),
    ],
    "one of two reports withdrawn, then the other": [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-03-04", a_report(a_layoff(), "participant")),
        ("2025-03-05", cmd.WithdrawLayoff(reported_by="employer")),
        ("2025-03-06", cmd.WithdrawLayoff(reported_by="participant")),
        ("2025-09-05", None),
    ],
    "a duplicate withdrawn after the filing": [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-03-04", a_report(a_layoff(), "participant")),
        ("2025-03-10", a_filing()),
        ("2025-03-11", cmd.WithdrawLayoff(reported_by="participant")),
    ],
    "own report withdrawn after the filing": [
        ("2025-03-03", a_report(a_layoff(), "participant")),
        ("2025-03-10", a_filing()),
        ("2025-03-11", cmd.WithdrawLayoff(reported_by="participant")),
    ],
    "the employer corrects its report": [
        ("2025-03-03", a_report(a_layoff())),
        (
            "2025-03-12",
            a_report(a_layoff("2025-02-24", reason=SeparationReason.CLOSURE_AFTER_LOSSES)),
        ),
        ("2025-09-04", None),
    ],
    "two days are reported": [
        ("2025-03-03", a_report(a_layoff(), "participant")),
        ("2025-03-05", a_report(a_layoff("2025-02-10", contract=a_fixed_term("2024-03-03", "2025-12-31")))),
        ("2025-08-25", None),
        ("2025-08-25 11:00:00", a_filing()),
        ("2025-08-25 12:00:00", cmd.RecordContributions(record=a_record())),
    ],
    "a later day opens a lapsed claim again": [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-09-05", a_report(a_layoff("2025-03-20"))),
    ],
    "account refused, changed, paid": [
        *begun(),
        ("2025-03-11", bank(1, "refused", Ground.ACCOUNT_REFUSED)),
        ("2025-03-12", NEW_ACCOUNT),
        ("2025-03-13", bank(1, "settled")),
    ],
    "account refused after the withdrawal": [
        *begun(),
        ("2025-03-11", bank(1, "open")),
        ("2025-03-11", WITHDRAWAL),
        ("2025-03-12", bank(1, "refused", Ground.ACCOUNT_REFUSED)),
        ("2025-03-13", a_filing()),
    ],
    "returned days later": [
        *AFTER_PAID,
        ("2025-03-18", bank(1, "returned")),
        ("2025-03-19", NEW_ACCOUNT),
        ("2025-03-20", bank(1, "settled")),
    ],
    "returned after the end": [
        *AFTER_PAID,
        *(s for n in range(2, 6) for s in month_paid(n)),
        *month_six_paid(),
        ("2025-09-12", bank(6, "returned")),
    ],
    **HEARINGS,
    **LATER,
}


@cache
def moments_of(life: str) -> tuple[Moment, ...]:
    return tuple(played(LIVES[life]))


def letters_of(life: str) -> Iterator[tuple[Notice, Letter]]:
    """Every letter of a life, as sent at once and as sent after each later step."""
    moments = moments_of(life)
    for index, moment in enumerate(moments):
        for notice in moment.notices:
            for later in moments[index:]:
                yield notice, letter(notice, later.claim, later.at)


def first_letter(life: str, kind: NoticeKind, month: int = 0) -> Letter:
    """The first letter of a kind, as sent at once."""
    moment, notice = next(
        (moment, notice)
        for moment in moments_of(life)
        for notice in moment.notices
        if notice.kind is kind and notice.month == month
    )
    return letter(notice, moment.claim, moment.at)


def every_reason_of(life: str) -> Iterator[Reason]:
    """Every reason of every decision of a life, also of those that another one replaced."""
    for moment in moments_of(life):
        if moment.claim.decision is not None:
            yield from moment.claim.decision.reasons
        for month in moment.claim.months:
            for decided in (month.authorized, month.forfeited):
                yield from () if decided is None else decided.reasons


def halves(told: Letter) -> tuple[str, str]:
    indonesian, _, english = told.text.partition(RULE)
    return indonesian.strip(), english.strip()


def as_read(told: Letter, language: Language) -> str:
    """One half of a letter under its subject, as a snapshot holds it."""
    indonesian, english = halves(told)
    return f"Subjek: {told.subject}\n\n{indonesian}\n" if language == "id" else f"Subject: {english}\n"


def holds_a_number_of_a_person(text: str) -> bool:
    """Ten digits or more, also grouped: a NIK has sixteen, an account number ten to sixteen."""
    return TEN_DIGITS.search(AMOUNT.sub("", text)) is not None
