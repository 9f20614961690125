"""What letters about an objection tell: to which decision, until when it is looked at, what came of it."""

from datetime import date, datetime
from typing import TypedDict

from claims.agenda.notices import Notice
from claims.deciding.objection import OBJECTIONS
from claims.events import Objected
from claims.state.claim import Claim
from law.rules import Law


class ObjectionReceived(TypedDict):
    """Keberatan diterima: to what (a code of claims.wording.decided), on which day, and how long it takes."""

    what: Objected
    article: str
    received_on: date
    working_days: int
    objection_open: bool


class ObjectionDismissed(TypedDict):
    """Keberatan tidak terbukti: to what, and whether that decision still stands."""

    what: Objected
    decision_stands: bool


class DecisionPutRight(TypedDict):
    """Keputusan diperbaiki: which, and the months that an end of the benefit gives back."""

    what: Objected
    months_back: tuple[int, ...]


def received(notice: Notice, claim: Claim, law: Law, at: datetime) -> ObjectionReceived:
    """The newest objection that a letter can be about."""
    objection = next(o for o in reversed(claim.objections) if o.received.month == notice.month)
    told = objection.received
    return ObjectionReceived(
        what=told.what,
        article=OBJECTIONS,
        received_on=told.received_on,
        working_days=law.in_force_on(told.received_on).officer_working_days.value,
        objection_open=objection in claim.open_objections,
    )


def dismissed(notice: Notice, claim: Claim, law: Law, at: datetime) -> ObjectionDismissed:
    """The newest objection that was dismissed."""
    what = _reviewed(notice, claim, founded=False)
    return ObjectionDismissed(what=what, decision_stands=claim.stands(what, notice.month))


def put_right(notice: Notice, claim: Claim, law: Law, at: datetime) -> DecisionPutRight:
    """The newest decision that was put right."""
    back = () if claim.resumed is None else claim.resumed.months
    return DecisionPutRight(what=_reviewed(notice, claim, founded=True), months_back=back)


def _reviewed(notice: Notice, claim: Claim, *, founded: bool) -> Objected:
    return next(
        review.what
        for review in reversed(claim.reviews)
        if review.month == notice.month and review.founded is founded
    )
