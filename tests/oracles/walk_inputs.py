"""Everything that may be said to a claim, or happen around it, in a state of the walk.

Each input has a name: the kind of its message and, where that says too little, what is particular in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from uuid import UUID

from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    an_interview_call,
    an_outcome,
    certification,
    months_between,
    sessions,
)

from claims import events as e
from claims.agenda.next_step import current_month
from claims.commands import command as cmd
from claims.entitlement.windows import rules_for, search_days, training_days
from claims.events.facts import ContributionMonth, ContributionRecord, EmployerStanding, Layoff
from claims.events.undelivered import Undelivered
from claims.state.claim import Claim, Order
from law.grounds import Ground
from law.periods import day_of
from law.regimes import LAW
from law.rules import Office, SeparationReason
from payments.orders import OrderState

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@dataclass(frozen=True)
class Said:
    """A message with its name; `received_at` where that was before now, in time for a deadline just over."""

    name: str
    message: cmd.Command
    received_at: datetime | None = None


def messages(story: Story, at: datetime, due: datetime | None) -> Iterator[Said]:
    """Everything that may be said to a claim at an instant; in a deadline's grace also just before it."""
    claim, today = story.claim, day_of(at)
    assert claim.layoff is not None, "a stream begins with a layoff"
    of_claimant = (*_of_participant(claim, today), *_of_evidence(claim, today))
    yield from of_claimant
    if due is not None:
        yield from (
            replace(said, name=f"{said.name} in time", received_at=due - SECOND) for said in of_claimant
        )
    yield from _of_layoff(claim, claim.layoff)
    yield from _of_bpjs(claim, claim.layoff)
    yield from _of_officer(claim)
    yield from _of_decisions(claim)
    yield from _of_employer(claim, today)
    yield from _of_bank(story)
    yield from _of_others(at)


def _of_layoff(claim: Claim, layoff: Layoff) -> Iterator[Said]:
    if claim.filing is None:
        yield Said("layoff_report of both", a_report(layoff, "participant"))
    excluded = layoff.model_copy(update={"reason": SeparationReason.RESIGNATION})
    yield Said("layoff_report for resignation", a_report(excluded))
    yield Said("layoff_report contradicted", a_report(excluded, "participant"))
    differs = cmd.PersonDifference(version=2, fields=("name", "email"))
    other_data = a_report(layoff).model_copy(update={"differs": differs})
    yield Said("layoff_report with other personal data", other_data)
    yield Said("layoff_report put right", a_report(a_layoff(layoff.laid_off_on.isoformat())))
    unproved = a_layoff(layoff.laid_off_on.isoformat(), office=Office.NONE)
    yield Said("layoff_report without a receipt", a_report(unproved))
    yield Said("layoff_withdrawal by the employer", cmd.WithdrawLayoff(reported_by="employer"))
    yield Said("layoff_withdrawal by the participant", cmd.WithdrawLayoff(reported_by="participant"))


def _of_participant(claim: Claim, today: date) -> Iterator[Said]:
    assert claim.layoff is not None, "a stream begins with a layoff"
    yield Said("filing", a_filing())
    yield Said("withdrawal", cmd.WithdrawClaim(reason="moved"))
    yield Said("reemployment today", cmd.ReportReemployment(since=today))
    since = claim.layoff.laid_off_on + timedelta(days=1)
    yield Said("reemployment before the filing", cmd.ReportReemployment(since=since))
    yield Said("reemployment in a business", cmd.ReportReemployment(since=today, work="own_business"))
    yield Said("bank_account", cmd.ChangeAccount(account_version=claim.account_version + 1))
    for number in (0, *(q.asked.question for q in claim.open_questions)):
        answer = cmd.AnswerQuestion(question=number, statement="disagrees", reference="portal-1")
        yield Said("answer", answer)


def _of_evidence(claim: Claim, today: date) -> Iterator[Said]:
    yield Said("self_assessment", cmd.CompleteSelfAssessment(form_version="asesmen-1", completed_on=today))
    yield Said("counselling", cmd.AttendCounselling(attended_on=today, office="disnaker-1"))
    month = max(current_month(claim) or 2, 2)
    yield Said("certification", certification(month))
    if claim.filing is None:
        yield Said("job_applications", _call(today.isoformat()))
        return
    rules = rules_for(claim, month, LAW)
    last = search_days(claim, month, rules).end - timedelta(days=1)
    yield Said("job_applications", _call(min(today, last).isoformat()))
    told = next((r for r in claim.efforts if r.counts and r.month == month), None)
    reference = "unknown" if told is None else told.effort.reference
    yield Said("application_withdrawal", cmd.WithdrawEffort(reference=reference))
    held_on = min(today, training_days(claim, month, rules).end - timedelta(days=1)).isoformat()
    yield Said("training_attendance too low", _sessions(held_on, attended=False))
    yield Said("training_attendance", _sessions(held_on, attended=True))


_call = lru_cache(maxsize=None)(an_interview_call)


@cache
def _sessions(day: str, *, attended: bool) -> cmd.AttendTraining:
    """The one session of a day; told again it is what was told last."""
    return sessions(day, attended=int(attended), absent=int(not attended))


def _of_bpjs(claim: Claim, layoff: Layoff) -> Iterator[Said]:
    """The answers that lead elsewhere: whether to grant, or whether what was granted stands."""
    told = records(layoff.laid_off_on)
    names = told if claim.decision is None or claim.record_wanted else AFTER_THE_DECISION
    for name in names:
        yield Said(f"contribution_record {name}", told[name])


AFTER_THE_DECISION = ("that is good", "with too few months", "with a higher wage", "with a lower wage")


@cache
def records(laid_off_on: date) -> dict[str, cmd.RecordContributions]:
    """Records on which a claim is decided otherwise: each class of refusal and of referral."""
    first, last = laid_off_on.replace(year=laid_off_on.year - 1), laid_off_on.replace(day=1) - DAY
    good = a_record(paid=months_between(first.isoformat()[:7], last.isoformat()[:7]))
    unpaid = tuple(month.model_copy(update={"paid_on": None}) for month in good.months[-5:])
    arrears = (*a_year_before(good), *unpaid)
    told: dict[str, dict[str, object]] = {
        "that is good": {},
        "with too few months": {"months": good.months[:3]},
        "with work found": {"reemployed_on": laid_off_on + timedelta(days=60)},
        "with a higher wage": {"reported_wage_idr": 4_600_000},
        "with a lower wage": {"reported_wage_idr": 3_000_000},
        "of one never registered": {"registered": False, "months": (), "programmes": ()},
        "in arrears": {"months": arrears},
        "in arrears of an employer nobody knows": {
            "months": arrears,
            "employer_standing": EmployerStanding.UNKNOWN,
        },
        "without a wage": {"reported_wage_idr": 0},
        "with an earlier benefit": {"earlier_benefits_first_paid_on": (date(2021, 5, 3),)},
    }
    return {
        name: cmd.RecordContributions(record=good.model_copy(update=changed))
        for name, changed in told.items()
    }


def a_year_before(good: ContributionRecord) -> tuple[ContributionMonth, ...]:
    """The same months, and those of the year before: enough paid although the last ones are owed."""
    earlier = tuple(
        month.model_copy(update={"month": f"{int(month.month[:4]) - 1}{month.month[4:]}"})
        for month in good.months
    )
    known = {month.month for month in good.months[:-5]}
    return (*(month for month in earlier if month.month not in known), *good.months[:-5])


def _of_officer(claim: Claim) -> Iterator[Said]:
    yield Said("document_request", cmd.AskForDocuments(documents=("contract",)))
    yield Said("record_request", cmd.RequestRecord(reason="paid since"))
    yield Said("officer_decision for", cmd.DecideByOfficer(approves=True, reason="seen"))
    if isinstance(claim.decision, e.ClaimReferred):
        yield Said("officer_decision against", cmd.DecideByOfficer(approves=False, reason="not seen"))
        by_fund = cmd.DecideByOfficer(approves=True, reason="seen", payer="bpjs")
        yield Said("officer_decision for, the fund pays", by_fund)
        by_employer = cmd.DecideByOfficer(approves=True, reason="seen", payer="employer")
        yield Said("officer_decision for, the employer pays", by_employer)
    for number in (question.asked.question for question in claim.open_questions):
        founded = cmd.DecideByOfficer(approves=False, reason="not seen", question=number)
        yield Said("officer_decision against, of a question", founded)
        unfounded = cmd.DecideByOfficer(approves=True, reason="seen", question=number)
        yield Said("officer_decision for, of a question", unfounded)


def _of_decisions(claim: Claim) -> Iterator[Said]:
    """An objection to each decision that stands, and what an officer says of it; to none where none does."""
    lost = next((month.number for month in reversed(claim.months) if month.forfeited is not None), 2)
    decisions: tuple[tuple[e.Objected, int], ...] = (("refusal", 0), ("month", lost), ("cessation", 0))
    for what, month in [each for each in decisions if claim.stands(*each)] or decisions[:1]:
        objection = cmd.ObjectToDecision(what=what, month=month, reference="portal-1")
        yield Said(f"objection to the {what}", objection)
        right = cmd.PutRight(what=what, month=month, reason="seen", payer="bpjs")
        yield Said(f"put_right of the {what}", right)
        if claim.objects_to(what, month):
            dismissed = right.model_copy(update={"founded": False})
            yield Said(f"put_right refused, of the {what}", dismissed)


def _of_employer(claim: Claim, today: date) -> Iterator[Said]:
    unpaid = next((x for x in claim.months if x.authorized is not None and not x.settled), claim.month(1))
    for name, share in (("", 1), (" in part", 2)) if claim.employer_pays else (("", 1),):
        amount_idr = (unpaid.amount_idr - unpaid.employer_paid_idr) // share
        paid = cmd.RecordEmployerPayment(
            month=unpaid.number, amount_idr=amount_idr, paid_on=today, reference="slip-1"
        )
        yield Said(f"employer_payment{name}", paid)
    asked = cmd.AskReimbursement(reference="letter-1", arrears_settled_on=today)
    yield Said("reimbursement_request", asked)
    yield Said("true_wage", cmd.FindTrueWage(true_wage_idr=4_800_000, reference="inspector-1"))


def _of_bank(story: Story) -> Iterator[Said]:
    """What a bank may say of each open order, and of the last one that it executed."""
    for order in newest_orders(story.claim):
        if order.state is OrderState.SETTLED:
            yield Said("transfer_outcome returned", an_outcome(order, "returned"))
            continue
        refused = an_outcome(order, "refused", Ground.ACCOUNT_REFUSED)
        if order.state is OrderState.ORDERED:
            yield Said("transfer_outcome open", an_outcome(order, "open"))
            yield Said("transfer_outcome unsent", refused.model_copy(update={"outcome": "unsent"}))
        yield Said("transfer_outcome settled", an_outcome(order, "settled"))
        yield Said("transfer_outcome account refused", refused)
        yield Said("transfer_outcome not executed", an_outcome(order, "refused", Ground.NOT_EXECUTED))


def newest_orders(claim: Claim) -> tuple[Order, ...]:
    """The newest order of every owing that is not paid, and of the last that is."""
    newest = [
        order for month in claim.months for owing in month.owings if (order := owing.last_order) is not None
    ]
    open_ones = [o for o in newest if o.state in (OrderState.ORDERED, OrderState.UNKNOWN)]
    paid = [o for o in newest if o.state is OrderState.SETTLED]
    return (*open_ones, *paid[-1:])


def _of_others(at: datetime) -> Iterator[Said]:
    yield Said("death today", cmd.ReportDeath(died_on=day_of(at)))
    yield Said("death some weeks ago", cmd.ReportDeath(died_on=day_of(at) - timedelta(days=40)))
    moved = e.MovedDeadline(
        what="certification",
        month=6,
        owner="claimant",
        edge="opens",
        article="assumption: a test",
        was=at - timedelta(days=1),
        now=at + timedelta(days=1),
        kept=True,
    )
    later = cmd.MoveDeadlines(calendar_version="later", moved=(moved,))
    yield Said("calendar_change", later)
    yield from _of_contact()
    refused = cmd.RefusedMessage(name="certify", ground=Ground.MALFORMED, content_sha256="0" * 64)
    yield Said("refused_message", refused)


def _of_contact() -> Iterator[Said]:
    """What is said of reaching the claimant: beside everything else, of a version that differs."""
    yield Said("person_data_decision", cmd.DecidePersonData(version=2, adopts=True, reason="seen"))
    yield Said("email_change", cmd.ChangeEmail(version=2))
    yield Said("email_change_end", cmd.EndEmailChange(version=2, in_force=True))
    yield Said(
        "letter_given_up",
        cmd.GiveUpLetter(letter="question_asked", month=0, reason=Undelivered.ADDRESS_REFUSED),
    )


def changes(story: Story) -> Iterator[tuple[str, Story]]:
    """What happens around a claim without a word: an order is taken up, payments are stopped and resumed."""
    if any(order.state is OrderState.ORDERED for order in newest_orders(story.claim)):
        taken_up = to_send(story)
        if taken_up:
            yield "an order is taken up", replace(story, being_sent=(*story.being_sent, *taken_up))
    name = "payments are resumed" if story.payments_stopped else "payments are stopped"
    yield name, replace(story, payments_stopped=not story.payments_stopped)


def to_send(story: Story) -> tuple[UUID, ...]:
    """Orders that nobody has taken up."""
    return tuple(
        order.order_id
        for order in newest_orders(story.claim)
        if order.state is OrderState.ORDERED and order.order_id not in story.being_sent
    )
