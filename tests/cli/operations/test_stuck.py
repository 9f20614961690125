"""`jkp stuck`: what ought to move and does not."""

import json
import shlex
from contextlib import suppress

import pytest
from support.engine_at_work import Engine, eventually
from support.store_world import StoreWorld
from temporalio import workflow
from temporalio.service import RPCError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.bpjs import RecordUnreadable
from activities.contracts import ClaimStart
from claims.events.undelivered import Undelivered
from cli.officers.claim import acknowledge_claim
from cli.officers.letters import send_again
from cli.operations.findings.finding import Finding
from cli.operations.findings.runs import OPEN
from cli.operations.stuck import connect_temporal, list_stuck, look
from cli.problems import Refused
from store.claims.notices import give_up, mark_failing, unsent_of
from store.engine.set_apart import ApartKind, SetApart, note
from store.ids import new_id


@workflow.defn(name="ClaimWorkflow")
class ClaimOfBrokenCode:
    """A run whose code fails at its first task, as after a bad deployment."""

    @workflow.run
    async def run(self, start: ClaimStart) -> str:
        raise RuntimeError("a defect")


@pytest.fixture(autouse=True)
async def _empty_temporal(engine: Engine) -> None:
    """No run is open on the server that all tests share, whatever other tests left behind."""

    async def empty() -> bool:
        left = [run.id async for run in engine.client.list_workflows(OPEN)]
        for run in left:
            with suppress(RPCError):
                await engine.client.get_workflow_handle(run).terminate("another test's")
        return not left

    await eventually(empty)


async def start_by_hand(engine: Engine, workflow_id: str, workflow_type: str = "ClaimWorkflow") -> None:
    """A run that somebody started in the Temporal UI, seen in its list."""
    await engine.client.start_workflow(workflow_type, id=workflow_id, task_queue=engine.task_queue)

    async def listed() -> bool:
        return workflow_id in {run.id async for run in engine.client.list_workflows(OPEN)}

    await eventually(listed)


async def stuck_in(world: StoreWorld, **limits: float) -> list[Finding]:
    return await look(world.pool, **{"late": 300, "sending": 900, "most": 100, **limits})  # type: ignore[arg-type]


async def test_a_claim_at_rest_is_not_stuck(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    reported = await engine.world.report(await engine.world.layoff())
    await engine.world.pool.execute("update notices set sent_at = now()")
    async with engine.working():
        await engine.runs(reported.stream_id)

        assert await list_stuck(as_json=False, late=0, sending=0, most=100, pause=0) == 0

    assert capsys.readouterr().out == "nothing is stuck\n"


async def test_a_claim_that_no_relay_takes_is_listed_with_the_question_for_a_worker(engine: Engine) -> None:
    reported = await engine.world.report(await engine.world.layoff())

    found = await stuck_in(engine.world)

    assert Finding("not relayed", f"claim/{reported.stream_id}", None, "is a worker running?") in found


async def test_what_is_left_undone_for_too_long_is_listed_with_its_command(engine: Engine) -> None:
    filed = await engine.world.filed()

    found = [f for f in await stuck_in(engine.world, late=0) if f.kind == "not looked"]

    assert [(f.what, f.advice) for f in found] == [
        (f"claim/{filed.stream_id}", f"jkp claim wake {filed.stream_id}")
    ]


async def test_a_deadline_that_passed_unseen_is_listed(engine: Engine) -> None:
    reported = await engine.world.report(await engine.world.layoff())
    await engine.world.pool.execute(
        "update wakeups set seen = wanted, todo_since = null, due_at = '2025-02-09T00:00:00Z'"
    )

    assert [(f.kind, f.what) for f in await stuck_in(engine.world)] == [
        ("not looked", f"claim/{reported.stream_id}")
    ]


async def test_an_order_sending_for_a_quarter_of_an_hour_is_listed(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    await engine.world.approved()
    order_id = await engine.world.pool.fetchval(
        "update payment_orders set state = 'sending', sending_since = now() - interval '901 seconds' "
        "returning order_id"
    )

    assert await list_stuck(as_json=True, late=300, sending=900, most=100, pause=0) == 1

    found = json.loads(capsys.readouterr().out)["stuck"]
    assert [f["what"] for f in found if f["kind"] == "order sending"] == [str(order_id)]


async def test_an_order_sending_for_a_moment_is_not_listed(engine: Engine) -> None:
    await engine.world.approved()
    await engine.world.pool.execute(
        "update payment_orders set state = 'sending', sending_since = now() - interval '899 seconds'"
    )

    assert "order sending" not in {f.kind for f in await stuck_in(engine.world)}


async def test_an_open_run_of_a_claim_that_is_over_is_listed(engine: Engine) -> None:
    world = engine.world
    reported = await world.report(await world.layoff())
    async with engine.working():
        await engine.runs(reported.stream_id)
    await world.pool.execute("update claims set todo = 'finish'")
    await world.pool.execute("update wakeups set seen = wanted, todo_since = null, due_at = null")

    assert [(f.kind, f.what) for f in await stuck_in(world)] == [
        ("open though finished", f"claim/{reported.stream_id}")
    ]


async def test_a_run_whose_code_fails_is_listed(engine: Engine) -> None:
    reported = await engine.world.report(await engine.world.layoff())
    await engine.relay.drain()
    broken = Worker(
        await connect_temporal(),
        task_queue=engine.task_queue,
        workflows=[ClaimOfBrokenCode],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    async with broken:

        async def listed() -> bool:
            found = await stuck_in(engine.world)
            return ("workflow task failing", f"claim/{reported.stream_id}") in {
                (f.kind, f.what) for f in found
            }

        await eventually(listed)


async def test_a_claim_without_a_wake_up_row_is_listed_for_a_rebuild(engine: Engine) -> None:
    reported = await engine.world.report(await engine.world.layoff())
    async with engine.world.pool.acquire() as connection, connection.transaction():
        await connection.execute("set local role none")
        await connection.execute("delete from wakeups")

    found = await stuck_in(engine.world)

    assert found == [Finding("no wake-up row", f"claim/{reported.stream_id}", None, "jkp rebuild")]


async def test_a_temporal_that_does_not_answer_is_a_finding(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:9")

    assert [f.kind for f in await stuck_in(engine.world)] == ["Temporal unreachable"]


async def test_a_run_that_no_claim_and_no_order_knows_is_listed_with_how_to_end_it(engine: Engine) -> None:
    claim, order = new_id(), new_id()
    await start_by_hand(engine, f"claim/{claim}")
    await start_by_hand(engine, f"transfer/{order}", "TransferWorkflow")

    found = {f.what: f for f in await stuck_in(engine.world)}

    assert {(f.kind, f.what) for f in found.values()} == {
        ("unknown run", f"claim/{claim}"),
        ("unknown run", f"transfer/{order}"),
    }
    assert found[f"claim/{claim}"].advice == (
        "was PostgreSQL restored to an older state? stop payments and compare; else jkp temporal workflow "
        f"terminate --workflow-id claim/{claim} --reason 'nothing here knows it'"
    )


@pytest.mark.parametrize(
    ("workflow_id", "workflow_type"),
    [
        ("claim/budi", "ClaimWorkflow"),
        ("claim/", "ClaimWorkflow"),
        ("transfer/1; rm -rf /", "TransferWorkflow"),
        ("my claim", "ClaimWorkflow"),
        ("claim/{id}", "TransferWorkflow"),
        ("transfer/{id}", "ClaimWorkflow"),
        ("claim/{id}", "Untyped"),
        ("claim/{ID}", "ClaimWorkflow"),
        ("claim/urn:uuid:{id}", "ClaimWorkflow"),
    ],
)
async def test_a_run_whose_id_is_none_of_ours_is_listed_beside_the_others(
    engine: Engine, workflow_id: str, workflow_type: str
) -> None:
    reported = await engine.world.report(await engine.world.layoff())
    named = workflow_id.format(id=reported.stream_id, ID=str(reported.stream_id).upper())
    await engine.world.pool.execute("update wakeups set seen = wanted, todo_since = null, due_at = null")
    await start_by_hand(engine, named, workflow_type)

    [found] = await stuck_in(engine.world)

    assert (found.kind, found.what) == ("unknown run", named)
    assert f"--workflow-id {shlex.quote(named)} " in found.advice


async def test_the_run_of_a_claim_is_known(engine: Engine) -> None:
    reported = await engine.world.report(await engine.world.layoff())
    await start_by_hand(engine, f"claim/{reported.stream_id}")

    assert "unknown run" not in {f.kind for f in await stuck_in(engine.world)}


async def test_what_was_set_apart_is_listed_with_who_has_to_move_until_it_is_seen_to(engine: Engine) -> None:
    claim = (await engine.world.report(await engine.world.layoff())).stream_id
    await engine.world.pool.execute("update wakeups set seen = wanted, todo_since = null")
    message = SetApart(claim, ApartKind.MESSAGE, "ab" * 32, "ab" * 32, "withdrawal")
    await note(engine.world.pool, message, ValueError("its content"))
    record = SetApart(claim, ApartKind.RECORD, "", "cd" * 32, "bpjs")
    await note(engine.world.pool, record, RecordUnreadable("wages"))
    outcome = SetApart(claim, ApartKind.TRANSFER, str(new_id()), "ef" * 32, "bank")
    await note(engine.world.pool, outcome, KeyError("account"))

    found = [finding for finding in await stuck_in(engine.world) if finding.kind in APART]
    assert [(f.kind, f.what) for f in found] == [
        ("entry set apart", f"claim/{claim} withdrawal abababababab"),
        ("record unreadable", f"claim/{claim}"),
        ("bank answer not recorded", f"transfer/{outcome.subject}"),
    ]
    assert f"jkp claim acknowledge {claim}" in found[0].advice
    assert "BPJS Ketenagakerjaan" in found[1].advice
    assert "its content" not in str(found)

    assert await acknowledge_claim(claim) == 0
    assert not [finding for finding in await stuck_in(engine.world) if finding.kind in APART]
    with pytest.raises(Refused):
        await acknowledge_claim(claim)


APART = {"entry set apart", "record unreadable", "record not recorded", "bank answer not recorded"}


async def test_letters_wait_for_the_relay_in_one_line_and_each_that_is_given_up_has_its_own(
    engine: Engine,
) -> None:
    world = engine.world
    filed = await world.filed()
    await world.pool.execute("update wakeups set seen = wanted, todo_since = null, due_at = null")
    refused, waits = await unsent_of(world.pool, filed.stream_id)
    await give_up(world.pool, refused.notice_id, Undelivered.ADDRESS_REFUSED, "550")
    await mark_failing(world.pool, waits, "451", all_of_claim=True)

    found = {f.kind: f for f in await stuck_in(world, late=0)}

    assert set(found) == {"letters waiting", "letter given up"}
    assert "1 letter(s) not taken, last answer: 451" in found["letters waiting"].advice
    assert found["letters waiting"].since is not None
    given_up = found["letter given up"]
    assert given_up.what == f"claim/{filed.stream_id} {refused.notice.kind.value}"
    assert given_up.advice == "address_refused: ask the claimant for another channel"


async def test_letters_given_up_are_to_be_sent_again_at_the_word_of_an_officer(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    world = engine.world
    filed = await world.filed()
    first, second = await unsent_of(world.pool, filed.stream_id)
    await give_up(world.pool, first.notice_id, Undelivered.RELAY_REFUSES, "554")
    await give_up(world.pool, second.notice_id, Undelivered.ADDRESS_REFUSED, "550")

    assert await send_again(None, (Undelivered.RELAY_REFUSES,)) == 0

    assert capsys.readouterr().out == "1 letter(s) will be sent again\n"
    given_up = "select notice_id from notices where given_up_at is not null"
    assert [row["notice_id"] for row in await world.pool.fetch(given_up)] == [second.notice_id]
    assert await world.pool.fetchval("select wanted > seen from wakeups")
