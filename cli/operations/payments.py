"""`jkp payments`: the treasurer's switch, and the orders that are not final."""

from typing import Annotated
from uuid import UUID

from cyclopts import App, Parameter

from cli.arguments import ClaimId, Storable, storable
from cli.output import AsJson, conclude, notify_relay, open_steps, operator, print_columns, print_json, wib
from cli.problems import DONE, BadInput, Refused
from law.money import rupiah
from store.payments.orders import resume_payments, stop_payments

payments = App(name="payments", help="Payment orders: list them, stop all payments, resume them.")

LISTED = (
    "select order_id, stream_id as claim_id, month, attempt, amount_idr, state, ordered_at, sending_since, "
    "asked, not_found, cardinality(contradictions) as contradictions from payment_orders "
    "where ($1::uuid is null or stream_id = $1) "
    "and ($2 or state in ('ordered', 'sending', 'unknown') or cardinality(contradictions) > 0) "
    "order by ordered_at, order_id"
)


@payments.command
def stop(
    *,
    reason: Annotated[Storable, Parameter(help="Why, for who asks later; no personal data.")],
    by: Annotated[Storable, Parameter(help="Who stops them; your system user by default.")] = "",
) -> int:
    """Stop all payments: no order is sent until they are resumed. What the bank already has, goes on."""
    return conclude(stop_all(reason=reason, by=by or storable(operator())))


@payments.command
def resume() -> int:
    """Resume payments: every claim with a waiting order is woken."""
    return conclude(resume_all())


@payments.command(name="list")
def list_(
    *,
    claim: Annotated[ClaimId | None, Parameter(help="Only the orders of one claim.")] = None,
    everything: Annotated[bool, Parameter(name="--all", negative="", help="Final orders too.")] = False,
    as_json: AsJson = False,
) -> int:
    """List the orders that are not final, and those that an answer contradicts."""
    return conclude(list_orders(claim=claim, everything=everything, as_json=as_json))


async def stop_all(*, reason: str, by: str) -> int:
    """Stop; Refused where they are stopped already."""
    if not reason.strip():
        raise BadInput("--reason: a stop needs a reason")
    async with open_steps() as steps:
        async with steps.pool.acquire() as connection, connection.transaction():
            stopped = await stop_payments(connection, by=by, reason=reason)
        await notify_relay(steps.pool)
    if not stopped:
        raise Refused("payments are stopped already: `jkp payments list` says since when and why")
    print("payments are stopped")
    return DONE


async def resume_all() -> int:
    """Resume; Refused where they are not stopped."""
    async with open_steps() as steps:
        async with steps.pool.acquire() as connection, connection.transaction():
            resumed = await resume_payments(connection)
        await notify_relay(steps.pool)
    if not resumed:
        raise Refused("payments are not stopped")
    print("payments are resumed")
    return DONE


async def list_orders(*, claim: UUID | None, everything: bool, as_json: bool) -> int:
    """Print the stop, if there is one, and the orders."""
    async with open_steps() as steps:
        stopped = await steps.pool.fetchrow("select stopped_at, stopped_by, reason from payment_stop")
        rows = [dict(row) for row in await steps.pool.fetch(LISTED, claim, everything)]
    if as_json:
        print_json({"stopped": dict(stopped) if stopped else None, "orders": rows})
        return DONE
    if stopped:
        print(f"stopped since {wib(stopped['stopped_at'])} by {stopped['stopped_by']}: {stopped['reason']}")
    if rows:
        print_columns([_cells(row) for row in rows])
    else:
        print("no order is open")
    return DONE


def _cells(row: dict[str, object]) -> tuple[object, ...]:
    amount = row["amount_idr"]
    assert isinstance(amount, int), "amounts are whole rupiah"
    alarm = "CONTRADICTED" if row["contradictions"] else ""
    month = f"month {row['month']} attempt {row['attempt']}"
    return (row["order_id"], f"claim/{row['claim_id']}", month, rupiah(amount), row["state"], alarm)
