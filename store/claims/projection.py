"""The row of `claims`: where a claim stands, for who searches and lists; rebuilt from the events at will."""

from collections.abc import Sequence

from claims.agenda.next_step import NextStep
from claims.state.claim import BenefitMonth, Claim
from claims.state.evolving import STATE_VERSION
from payments.orders import OPEN_STATES, OrderState
from store.engine.kinds import Projection

UPSERT = """
    insert into claims (stream_id, updated_at, status, benefit_month, regime, province, awaited, owner,
                        awaited_until, awaited_article, todo, payment_state, next_at, state_version)
    values (:stream_id, :at, :status, :benefit_month, :regime, :province, :awaited, :owner, :awaited_until,
            :awaited_article, :todo_name, :payment_state, :next_at, :state_version)
    on conflict (stream_id) do update set
        updated_at = :at, status = :status, benefit_month = :benefit_month, regime = :regime,
        province = :province, awaited = :awaited, owner = :owner, awaited_until = :awaited_until,
        awaited_article = :awaited_article, todo = :todo_name, payment_state = :payment_state,
        next_at = :next_at, state_version = :state_version
"""


def _values(claim: Claim, step: NextStep) -> dict[str, object]:
    first = step.awaited[0] if step.awaited else None
    return {
        "status": step.status.value,
        "benefit_month": step.benefit_month,
        "regime": claim.decision.regime if claim.decision else "",
        "province": claim.layoff.province if claim.layoff else "",
        "awaited": first.what if first else "nothing",
        "owner": first.owner.value if first else "nobody",
        "awaited_until": first.until if first else None,
        "awaited_article": first.article if first else "",
        "todo_name": step.todo.value,
        "payment_state": payment_state(claim.months),
        "next_at": step.next_at,
        "state_version": STATE_VERSION,
    }


PROJECTION: Projection[Claim, NextStep] = Projection(UPSERT, _values)


def payment_state(months: Sequence[BenefitMonth]) -> str:
    """The payments of a claim in one word, for search: none, paid, open, failed."""
    owings = (owing for month in months for owing in month.owings)
    last = {order.state for owing in owings if (order := owing.last_order) is not None}
    if last & {OrderState.REFUSED, OrderState.RETURNED}:
        return "failed"
    if last & OPEN_STATES:
        return "open"
    return "paid" if last else "none"
