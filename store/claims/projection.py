"""What a step keeps of a claim beside its events, as `keep_claim` of the schema writes it.

The row of `claims`: where a claim stands, for who searches and lists; rebuilt from the events at will. And
the version of a person's data that an officer adopted, which stands for every claim of theirs.
"""

from collections.abc import Sequence

from claims.agenda.next_step import NextStep
from claims.events import Event, PersonDataDecided
from claims.state.claim import BenefitMonth, Claim
from claims.state.evolving import STATE_VERSION
from payments.orders import OPEN_STATES, OrderState
from store.engine.kinds import Written


def own_rows(written: Written[Claim, Event], step: NextStep) -> dict[str, object]:
    """Both as JSON values."""
    return {"claim": _claim(written.state, step), "adopted": _adopted(written)}


def _adopted(written: Written[Claim, Event]) -> int | None:
    adopted = None
    for effect in written.effects:
        match effect.event:
            case PersonDataDecided(adopts=True, version=version) as decided if decided.verdict.counts:
                adopted = version
    return adopted


def _claim(claim: Claim, step: NextStep) -> dict[str, object]:
    first = step.awaited[0] if step.awaited else None
    return {
        "status": step.status.value,
        "benefit_month": step.benefit_month,
        "regime": claim.decision.regime if claim.decision else "",
        "province": claim.layoff.province if claim.layoff else "",
        "awaited": first.what if first else "nothing",
        "owner": first.owner.value if first else "nobody",
        "awaited_until": first.until.isoformat() if first and first.until else None,
        "awaited_article": first.article if first else "",
        "todo": step.todo.value,
        "payment_state": payment_state(claim.months),
        "next_at": step.next_at.isoformat() if step.next_at else None,
        "state_version": STATE_VERSION,
    }


def payment_state(months: Sequence[BenefitMonth]) -> str:
    """The payments of a claim in one word, for search: none, paid, open, failed."""
    owings = (owing for month in months for owing in month.owings)
    last = {order.state for owing in owings if (order := owing.last_order) is not None}
    if last & {OrderState.REFUSED, OrderState.RETURNED}:
        return "failed"
    if last & OPEN_STATES:
        return "open"
    return "paid" if last else "none"
