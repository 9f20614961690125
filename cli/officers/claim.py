"""`jkp claim`: show a claim as it stands now, or wake its workflow. Nothing shown is personal data."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cyclopts import App

from activities.step.workflow_details import WORDS, of_six
from claims.agenda.obligations import Awaited
from claims.state.claim import BenefitMonth, Claim
from claims.wording.consequences import consequence_text
from cli.arguments import ClaimId
from cli.officers import decisions as officers
from cli.officers import letters, people
from cli.operations.replay import replay
from cli.output import AsJson, conclude, notify_relay, open_steps, operator, print_columns, print_json, wib
from cli.problems import DONE, Refused
from law.grounds import Reason
from law.money import rupiah
from store.claims.kind import ClaimStepRunner, claim_workflow_id
from store.claims.queries import ClaimView, PaymentView, payments_of, view_claim
from store.engine.messages import UnknownStream
from store.engine.set_apart import end
from store.scheduling.wakeups import want

claim = App(name="claim", help="One claim: show it, speak to it as an officer, wake it, decide it again.")
for command in (
    officers.questions,
    officers.decide,
    officers.put_right,
    officers.ask_documents,
    officers.recheck,
    officers.true_wage,
    people.person_data,
    letters.resend,
    replay,
):
    claim.command(command)


@claim.command
def show(claim_id: ClaimId, /, *, as_json: AsJson = False) -> int:
    """Show a claim: what is awaited, of whom, until when, its months, payments and events."""
    return conclude(show_claim(claim_id, as_json=as_json))


@claim.command
def wake(claim_id: ClaimId, /) -> int:
    """Wake the workflow of a claim, or start one where none runs; nothing is lost by doing it twice."""
    return conclude(wake_claim(claim_id))


@claim.command
def acknowledge(claim_id: ClaimId, /) -> int:
    """What was set apart of a claim is seen to: `jkp stuck` lists it no more, and it may be sent again."""
    return conclude(acknowledge_claim(claim_id))


async def acknowledge_claim(claim_id: UUID) -> int:
    """End what is set apart; Refused where nothing is."""
    async with open_steps() as steps:
        count = await end(steps.pool, claim_id, by=operator())
    if not count:
        raise Refused("nothing of this claim is set apart")
    print(f"{count} set apart, now over")
    return DONE


async def show_claim(claim_id: UUID, *, as_json: bool) -> int:
    """Print one claim; Refused where there is none."""
    async with open_steps() as steps:
        view = await _view(steps, claim_id)
        payments = await payments_of(steps.pool, claim_id)
        wakeup = await steps.pool.fetchrow(
            "select due_at, todo_since, wanted, seen, sent_at from wakeups where workflow_id = $1",
            claim_workflow_id(claim_id),
        )
    waiting = None if wakeup is None else dict(wakeup)
    if as_json:
        print_json(facts(view, payments, waiting))
    else:
        _print_claim(view, payments, waiting)
    return DONE


async def wake_claim(claim_id: UUID) -> int:
    """Want attention for a claim; its row is written by a step where it is missing."""
    async with open_steps() as steps:
        workflow_id = claim_workflow_id(claim_id)
        if not await want(steps.pool, workflow_id):
            try:
                await steps.run_step(claim_id)
            except UnknownStream as unknown:
                raise Refused(str(unknown)) from None
            await want(steps.pool, workflow_id)
        await notify_relay(steps.pool)
    print(f"{workflow_id} is wanted; a worker's relay starts or signals it within seconds")
    return DONE


async def _view(steps: ClaimStepRunner, claim_id: UUID) -> ClaimView:
    try:
        return await view_claim(steps, claim_id)
    except UnknownStream as unknown:
        raise Refused(str(unknown)) from None


def facts(
    view: ClaimView, payments: Sequence[PaymentView], waiting: dict[str, Any] | None
) -> dict[str, object]:
    """A claim as JSON: identifiers, states, dates and articles, without what the messages said."""
    return {
        "claim_id": view.stream_id,
        "workflow_id": claim_workflow_id(view.stream_id),
        "programme_at": view.at,
        "status": view.next_step.status.value,
        "benefit_month": view.next_step.benefit_month,
        "todo": view.next_step.todo.value,
        "next_at": view.next_step.next_at,
        "awaited": list(view.next_step.awaited),
        "decision": [_reason(reason) for reason in _decision_reasons(view)],
        "months": [_month(month, view.claim) for month in view.claim.months],
        "payments": list(payments),
        "wakeup": waiting,
        "events": [
            {
                "version": recorded.version,
                "type": recorded.event.type,
                "effective_at": recorded.effective_at,
                "recorded_at": recorded.recorded_at,
                "actor": recorded.actor,
                "message": f"{recorded.source}/{recorded.message_id}",
            }
            for recorded in view.events
        ],
    }


def _decision_reasons(view: ClaimView) -> tuple[Reason, ...]:
    return view.claim.decision.reasons if view.claim.decision else ()


def _reason(reason: Reason) -> dict[str, str]:
    return {
        "condition": reason.condition,
        "result": reason.result.value,
        "ground": reason.ground.value,
        "article": reason.article,
    }


def _month(month: BenefitMonth, claim: Claim) -> dict[str, object]:
    decided = month.authorized or month.forfeited
    return {
        "month": month.number,
        "state": _month_state(month, claim),
        "amount_idr": month.authorized.amount_idr if month.authorized else 0,
        "reasons": [_reason(reason) for reason in (decided.reasons if decided else ())],
    }


def _month_state(month: BenefitMonth, claim: Claim) -> str:
    if month.forfeited is not None:
        return f"forfeited: {month.forfeited.ground.value}"
    if month.settled:
        return "paid"
    if month.number > claim.last_month_owed or (claim.ending is not None and month.authorized is None):
        return "not owed"
    if month.authorized is None:
        return "certified" if month.certified else "open"
    return "owed"


def _print_claim(view: ClaimView, payments: Sequence[PaymentView], waiting: dict[str, Any] | None) -> None:
    step = view.next_step
    print(f"claim {view.stream_id}  (workflow {claim_workflow_id(view.stream_id)})")
    print(f"{step.status.value}{of_six(step.benefit_month)}; programme time {wib(view.at)}")
    for awaited in step.awaited:
        print(f"  {line(awaited)}")
    print(f"  next look at {wib(step.next_at)}; to do now: {step.todo.value}")
    _print_waiting(waiting)
    unmet = [reason for reason in _decision_reasons(view) if reason.result.value != "met"]
    for reason in unmet:
        print(f"  not met: {reason.condition}, {reason.ground.value} ({reason.article})")
    _print_section(
        "months",
        [
            (
                month.number,
                rupiah(month.authorized.amount_idr) if month.authorized else "",
                _month_state(month, view.claim),
            )
            for month in view.claim.months
        ],
    )
    _print_section(
        "payments",
        [
            (f"month {p.month}", f"attempt {p.attempt}", rupiah(p.amount_idr), p.state.value, p.order_id)
            for p in payments
        ],
    )
    _print_section(
        "events",
        [(r.version, wib(r.effective_at), r.event.type, r.actor) for r in view.events],
    )


def line(awaited: Awaited) -> str:
    """Who owes what until when, by which article, and what happens otherwise."""
    month = f"month {awaited.month}: " if awaited.month else ""
    what = WORDS.get(awaited.what, awaited.what)
    until = f"{wib(awaited.until)} ({awaited.article})"
    then = consequence_text(awaited.consequence, "en")
    return f"{month}{awaited.owner.value} owes {what} until {until}; otherwise {then}"


def _print_waiting(waiting: dict[str, Any] | None) -> None:
    if waiting is None:
        print("  no wake-up row: run `jkp claim wake`")
        return
    heard = "heard everything" if waiting["wanted"] == waiting["seen"] else "has news it has not heard"
    print(f"  its workflow {heard} (wanted {waiting['wanted']}, seen {waiting['seen']})")


def _print_section(title: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        print(f"\n{title}")
        print_columns([("", *row) for row in rows])
