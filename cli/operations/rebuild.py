"""`jkp rebuild`: Temporal from the streams. A lost Temporal is an inconvenience, not a loss."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from claims.state.evolving import STATE_VERSION
from cli.output import conclude, notify_relay, open_steps
from cli.problems import DONE, REFUSED
from store.claims.kind import ClaimStepRunner, claim_workflow_id
from store.database import Pool
from store.scheduling.wakeups import Attention, pay_attention, transfer_workflow_id, want


@dataclass(frozen=True)
class Plan:
    """What is to be done: projections to rewrite, claims to wake, transfers (with their next time to ask)."""

    stale: tuple[UUID, ...]
    open_claims: tuple[UUID, ...]
    open_transfers: tuple[tuple[UUID, datetime | None], ...]


@dataclass
class Rebuilt:
    """What was done, and the claims whose step failed, with the type of the error."""

    rewritten: int = 0
    woken: int = 0
    failed: list[tuple[UUID, str]] = field(default_factory=list)


def rebuild(
    *,
    dry_run: Annotated[bool, Parameter(negative="", help="Say what would be done, and do nothing.")] = False,
) -> int:
    """Rebuild Temporal from the streams: every claim not finished and every open transfer gets its run.

    Safe at any time and as often as you like: a run that is open is only woken.
    """
    return conclude(rebuild_all(dry_run=dry_run))


async def rebuild_all(*, dry_run: bool) -> int:
    """Rewrite stale projections, then want attention for what is open; 1 when a claim's step failed."""
    async with open_steps() as steps:
        plan = await plan_rebuild(steps.pool)
        print(f"projections of another state version, or missing: {len(plan.stale)}")
        print(f"claims not finished: {len(plan.open_claims)}")
        print(f"transfers of open outcome: {len(plan.open_transfers)}")
        if dry_run:
            return DONE
        done = await carry_out(steps, plan)
        await notify_relay(steps.pool)
    print(f"rewrote {done.rewritten} projections, woke {done.woken} workflows")
    for claim_id, error in done.failed:
        print(f"claim/{claim_id}: its step failed with {error}; see `jkp claim show {claim_id}`")
    return REFUSED if done.failed else DONE


async def plan_rebuild(pool: Pool) -> Plan:
    """What a rebuild would do now."""
    stale = await pool.fetch(
        "select s.stream_id from streams s left join claims c using (stream_id) where s.kind = 'claim' and "
        "(c.state_version is distinct from $1 or not exists "
        "(select from wakeups w where w.workflow_id = 'claim/' || s.stream_id)) order by s.stream_id",
        STATE_VERSION,
    )
    transfers = await pool.fetch(
        "select order_id, next_ask_at from payment_orders where state in ('sending', 'unknown') "
        "order by order_id"
    )
    return Plan(
        tuple(row["stream_id"] for row in stale),
        await _open_claims(pool),
        tuple((row["order_id"], row["next_ask_at"]) for row in transfers),
    )


async def _open_claims(pool: Pool) -> tuple[UUID, ...]:
    """Claims that wait, that have no projection yet, or that still owe a letter."""
    rows = await pool.fetch(
        "select s.stream_id from streams s left join claims c using (stream_id) where s.kind = 'claim' and "
        "(coalesce(c.todo, '') <> 'finish' or exists (select from notices n "
        "where n.stream_id = s.stream_id and n.sent_at is null and n.given_up_at is null)) "
        "order by s.stream_id"
    )
    return tuple(row["stream_id"] for row in rows)


async def carry_out(steps: ClaimStepRunner, plan: Plan) -> Rebuilt:
    """Do what the plan says; a claim whose step fails does not keep the others from theirs."""
    done = Rebuilt()
    for claim_id in plan.stale:
        try:
            await steps.run_step(claim_id)
            done.rewritten += 1
        except Exception as failure:
            done.failed.append((claim_id, type(failure).__name__))
    for claim_id in await _open_claims(steps.pool):
        done.woken += await want(steps.pool, claim_workflow_id(claim_id))
    for order_id, next_ask_at in plan.open_transfers:
        done.woken += await _want_transfer(steps.pool, order_id, next_ask_at)
    return done


async def _want_transfer(pool: Pool, order_id: UUID, next_ask_at: datetime | None) -> bool:
    workflow_id = transfer_workflow_id(order_id)
    if not await want(pool, workflow_id):
        async with pool.acquire() as connection:
            await pay_attention(connection, Attention(workflow_id, next_ask_at, todo=True, wanted=True))
    return True
