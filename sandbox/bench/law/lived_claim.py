"""One claim lived for six months in the law alone: every message decided, whatever follows, folded."""

from datetime import date, datetime, timedelta
from uuid import UUID

from claims.commands import command as cmd
from claims.deciding.dispatch import decide
from claims.entitlement.windows import month_window
from claims.events import PaymentOrdered
from claims.events.facts import Attendance, JobSearchEffort, TrainingSession
from claims.state.claim import Claim
from claims.state.evolving import evolve
from claims.transitions.automatic import automatic_transitions
from law.grounds import Ground
from law.periods import Calendar, months_after, start_of
from law.regimes import LAW
from law.rules import BENEFIT_MONTHS
from payments.context import DecisionContext
from sandbox.bench.law.filed_claims import sound_claim

LAID_OFF_ON, FILED_ON = date(2025, 3, 3), date(2025, 3, 10)
APPLICATIONS = 5
TRAINING_MONTHS = (3, 5)
TRANSFERS = 2 * BENEFIT_MONTHS
ORDER_IDS = tuple(UUID(int=number) for number in range(1, BENEFIT_MONTHS + 1))

Heard = tuple[datetime, cmd.Command]


def live(heard: tuple[Heard, ...], calendar: Calendar) -> Claim:
    """The claim after all that was said to it; the bank executes every order at once."""
    claim, fresh = Claim(), ORDER_IDS
    for at, message in heard:
        claim, ordered = _step(claim, message, DecisionContext(LAW, calendar, at, at, fresh_order_ids=fresh))
        for order in ordered:
            fresh = tuple(order_id for order_id in fresh if order_id != order.order_id)
            for outcome in (_open(order), _settled(order)):
                claim, _ = _step(
                    claim, outcome, DecisionContext(LAW, calendar, at, at, fresh_order_ids=fresh)
                )
    return claim


def _step(claim: Claim, message: cmd.Command, context: DecisionContext) -> tuple[Claim, list[PaymentOrdered]]:
    """What passed before the message, the message, and what follows from it."""
    for effect in automatic_transitions(claim, context):
        claim = evolve(claim, effect.event)
    for event in decide(claim, message, context).events:
        claim = evolve(claim, event)
    ordered = []
    for effect in automatic_transitions(claim, context):
        claim = evolve(claim, effect.event)
        if isinstance(effect.event, PaymentOrdered):
            ordered.append(effect.event)
    return claim, ordered


def six_months(calendar: Calendar) -> tuple[Heard, ...]:
    """Report, filing, record, thirty pieces of evidence, and the applications for months 2 to 6."""
    sound = sound_claim(LAID_OFF_ON, FILED_ON)
    assert sound.layoff is not None, "a filed claim has its layoff"
    assert sound.filing is not None, "and its filing"
    assert sound.record is not None, "and its record"
    filing = cmd.FileClaim(
        participant=sound.filing.participant,
        account_version=sound.filing.account_version,
        commitment_version=sound.filing.commitment_version,
        commitment_sha256=sound.filing.commitment_sha256,
    )
    said: list[Heard] = [
        (_at(LAID_OFF_ON), cmd.ReportLayoff(layoff=sound.layoff, reported_by="employer")),
        (_at(FILED_ON), filing),
        (_at(FILED_ON), cmd.RecordContributions(record=sound.record)),
        (_at(FILED_ON), cmd.AttendCounselling(attended_on=FILED_ON, office="disnaker-3171")),
        (_at(FILED_ON), cmd.AttendCounselling(attended_on=FILED_ON, office="disnaker-3172")),
        (_at(FILED_ON), cmd.CompleteSelfAssessment(form_version="asesmen-2025-1", completed_on=FILED_ON)),
    ]
    for month in range(2, BENEFIT_MONTHS + 1):
        said += [(_at(effort.done_on), cmd.RecordJobSearch(efforts=(effort,))) for effort in _efforts(month)]
        if month in TRAINING_MONTHS:
            held_on = months_after(FILED_ON, month - 2) + timedelta(days=20)
            said.append((_at(held_on), _trained(held_on)))
        opens_at = month_window(sound, month, LAW, calendar).opens_at
        said.append((opens_at + timedelta(hours=9), cmd.CertifyMonth(month=month, without_work=True)))
    return tuple(said)


def _at(day: date) -> datetime:
    return start_of(day) + timedelta(hours=9)


def _efforts(month: int) -> tuple[JobSearchEffort, ...]:
    """One application each other day of the month before."""
    begins = months_after(FILED_ON, month - 2)
    return tuple(
        JobSearchEffort(
            reference=f"LMR-{month}-{number}",
            company=f"PT Sandang Jaya {number}",
            position="operator produksi",
            done_on=begins + timedelta(days=1 + 2 * number),
        )
        for number in range(APPLICATIONS)
    )


def _trained(held_on: date) -> cmd.AttendTraining:
    session = TrainingSession(session=f"{held_on}", held_on=held_on, attendance=Attendance.ATTENDED)
    return cmd.AttendTraining(provider="blk-3171", course="las-smaw-3g", sessions=(session,))


def _open(order: PaymentOrdered) -> cmd.RecordTransfer:
    return cmd.RecordTransfer(
        order_id=order.order_id,
        outcome="open",
        amount_idr=order.amount_idr,
        ground=Ground.COUNTS,
        bank_code="2001800",
        found_by="answer",
    )


def _settled(order: PaymentOrdered) -> cmd.RecordTransfer:
    return _open(order).model_copy(update={"outcome": "settled"})
