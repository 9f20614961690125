"""What may be expected of a whole claim in a law case."""

from typing import Annotated, Literal

from pydantic import Field

from claims.agenda.notices import NoticeKind
from claims.agenda.obligations import Owner
from claims.events import Document, Payer
from claims.events.facts import Code, MonthNumber, MonthOrNone
from law.grounds import Result
from law.limits import Day
from lawcases.format.facts import Strict
from lawcases.format.heads import ConditionCode, Expect, GroundCode, Rupiah

Status = Literal[
    "not_filed", "undecided", "referred", "denied", "running", "ceased", "exhausted", "lapsed", "withdrawn",
    "layoff_withdrawn",
]  # fmt: skip
OfMonth = Literal["1", "2", "3", "4", "5", "6"]
LostMonth = Literal["2", "3", "4", "5", "6"]
Resting = Literal["statutory", "heard"]


class OpenQuestion(Strict):
    """A question that nobody has decided: on which ground, which months it holds, until when to answer."""

    ground: GroundCode
    months: tuple[MonthNumber, ...] | None = None
    last_day: Day | None = None
    answered: bool | None = None
    documents: tuple[Document, ...] | None = None


class Receivable(Strict):
    """What was paid of a month and, as a person found after a hearing, not owed."""

    month: MonthNumber
    amount_idr: Rupiah
    cause: Literal["claimant", "employer", "register"] | None = None
    ground: GroundCode | None = None


class FoundReason(Strict):
    """How one condition stands, and why."""

    result: Result | None = None
    ground: GroundCode | None = None
    article: str | None = None


class AwaitedNext(Strict):
    """What is awaited first: what, of whom, until which day; month 0 is none."""

    what: Code
    owner: Owner | None = None
    month: MonthOrNone | None = None
    last_day: Day | None = None
    binds: bool | None = None
    article: str | None = None


class DateOfClaim(Strict):
    """One date of a claim, found by what is due and for which month (0: none)."""

    what: Code
    month: MonthOrNone = 0
    owner: Code | None = None
    opens_on: Day | None = None
    last_day: Day | None = None
    done: bool | None = None
    passed: bool | None = None
    article: str | None = None


class ExpectClaim(Expect):
    """How a claim stands: its months and what was added to them, how it ended, what is open, what is owed.

    Amounts of months are as granted (0: not paid, null: still open). `answers` has for each of the messages
    the ground on which it counts or not.
    """

    months: Annotated[tuple[Rupiah | None, ...], Field(min_length=6, max_length=6)] | None = None
    differences: dict[OfMonth, Rupiah] | None = None
    total_idr: Rupiah | None = None
    status: Status | None = None
    basis: Resting | None = None
    lost: dict[LostMonth, GroundCode] | None = None
    lost_basis: dict[LostMonth, Resting] | None = None
    open_questions: tuple[OpenQuestion, ...] | None = None
    receivables: tuple[Receivable, ...] | None = None
    claimant_owes_idr: Rupiah | None = None
    cancelled: dict[OfMonth, GroundCode] | None = None
    answers: tuple[GroundCode | None, ...] | None = None
    reference_date: Day | None = None
    wage_idr: Rupiah | None = None
    payer: Payer | None = None
    settled: tuple[MonthNumber, ...] | None = None
    pay_by: dict[OfMonth, Day] | None = None
    employer_paid: dict[OfMonth, Rupiah] | None = None
    employer_owes_idr: Rupiah | None = None
    reimbursement_idr: Rupiah | None = None
    reasons: dict[ConditionCode, FoundReason] | None = None
    letters: dict[NoticeKind, tuple[MonthOrNone, ...]] | None = None
    next_awaited: AwaitedNext | None = None
    deadlines: tuple[DateOfClaim, ...] | None = None
