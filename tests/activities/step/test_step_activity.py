"""What a signal says is read, or refused and kept; asking twice gives the same answer."""

import base64
import json
from uuid import UUID

import pytest
from support.store_world import StoreWorld
from temporalio.testing import ActivityEnvironment

from activities.contracts import ClaimStep, InboxEntry, StepInput, TransferSearch
from activities.step.step_activity import StepActivities, read_entry
from claims.commands.command import (
    CertifyMonth,
    RecordJobSearch,
    RecordTransfer,
    RefusedMessage,
    WithdrawClaim,
)
from law.grounds import Ground
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult, IncomingMessage

CLAIM = "01a1fd8d-140e-71be-87dc-e1271ffdf04f"
IDENTITY = {"source": "temporal-ui", "message_id": "ui-1"}


def entry(name: str, content: object, problem: str = "") -> InboxEntry:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return InboxEntry(name, base64.b64encode(raw).decode(), problem)


def read(name: str, content: object, problem: str = "") -> IncomingMessage:
    incoming = read_entry(CLAIM, entry(name, content, problem))
    assert incoming is not None
    return incoming


def ground(incoming: IncomingMessage) -> Ground:
    assert isinstance(incoming.message, RefusedMessage)
    return incoming.message.ground


def test_news_of_what_is_recorded_is_no_message() -> None:
    assert read_entry(CLAIM, entry("wake", {"recorded": []})) is None
    assert read_entry(CLAIM, entry("job_applications", {"recorded": ["m1", "m2"]})) is None


def test_evidence_with_an_identity_is_a_message_from_its_source() -> None:
    incoming = read("certification", {**IDENTITY, "month": 2, "without_work": True})

    assert incoming.message == CertifyMonth(month=2, without_work=True)
    assert (incoming.source, incoming.message_id, incoming.actor) == (
        "temporal-ui",
        "ui-1",
        "signal:temporal-ui",
    )


EFFORT = {"reference": "1", "company": "PT Satu", "position": "operator", "done_on": "2025-03-10"}


def test_applications_bear_the_source_that_told_them_whatever_they_say() -> None:
    incoming = read("job_applications", {**IDENTITY, "efforts": [EFFORT | {"told_by": "glints"}]})

    assert isinstance(incoming.message, RecordJobSearch)
    assert [effort.told_by for effort in incoming.message.efforts] == ["temporal-ui"]


def test_a_time_of_telling_without_its_zone_is_refused_as_malformed() -> None:
    naive = EFFORT | {"told_at": "2025-03-10T10:00:00"}

    assert ground(read("job_applications", {**IDENTITY, "efforts": [naive]})) is Ground.MALFORMED


def test_a_company_that_may_be_a_nik_is_refused_and_nothing_of_it_is_kept() -> None:
    named = EFFORT | {"company": "PT 3273011708850001"}

    incoming = read("job_applications", {**IDENTITY, "efforts": [named]})

    assert ground(incoming) is Ground.MALFORMED
    assert "3273011708850001" not in incoming.message.model_dump_json()


def test_a_signal_nested_without_end_is_refused_as_malformed() -> None:
    assert ground(read("withdrawal", b"[" * 50_000)) is Ground.MALFORMED


def test_the_same_evidence_spelled_otherwise_is_the_same_message() -> None:
    first = read("withdrawal", b'{"source": "a", "message_id": "1", "reason": "moved"}')
    second = read("withdrawal", b'{ "reason":"mo\\u0076ed","message_id":"1" ,"source":"a"}')

    assert first == second
    assert first.content_hash == IncomingMessage(WithdrawClaim(reason="moved"), "a", "1", "x").content_hash


@pytest.mark.parametrize("name", ["certification", "withdrawal", "self_assessment"])
@pytest.mark.parametrize(
    "identity",
    [
        {},
        {"source": "ui"},
        {"message_id": "1"},
        {"source": "", "message_id": "1"},
        {"source": "ui", "message_id": 1},
        {"source": "u" * 201, "message_id": "1"},
    ],
)
def test_without_an_identity_evidence_is_refused(name: str, identity: dict[str, object]) -> None:
    assert ground(read(name, {**identity, "month": 2, "without_work": True})) is Ground.NO_MESSAGE_IDENTITY


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("certification", b""),
        ("certification", b"\xff\xfe"),
        ("certification", b"{"),
        ("certification", ["month", 2]),
        ("certification", 2),
        ("certification", {**IDENTITY, "month": 1, "without_work": True}),
        ("certification", {**IDENTITY, "month": 2, "without_work": False}),
        ("certification", {**IDENTITY, "month": 2, "without_work": True, "wage": 1}),
        ("wake", {**IDENTITY, "month": 2}),
        ("filed", {**IDENTITY, "account_version": 1}),
        ("bank_account", {**IDENTITY, "account_version": 2}),
        ("contribution_record", {**IDENTITY, "record": {}}),
    ],
)
def test_what_cannot_be_read_is_refused_as_malformed(name: str, content: object) -> None:
    assert ground(read(name, content)) is Ground.MALFORMED


@pytest.mark.parametrize("problem", ["wrong_number_of_inputs", "unknown_signal"])
def test_a_problem_of_the_signal_is_its_ground(problem: str) -> None:
    assert ground(read("anything", {**IDENTITY, "month": 2}, problem)) == problem


def test_of_what_is_refused_only_name_ground_and_hash_are_kept() -> None:
    incoming = read("x" * 300, b'{"nik": "3171011203850001"', "")

    assert isinstance(incoming.message, RefusedMessage)
    assert incoming.message.name == "x" * 120
    assert "3171011203850001" not in f"{incoming}"
    assert len(incoming.message_id) <= 200


def test_the_same_refused_signal_has_an_identity_of_its_own_in_every_claim() -> None:
    first, second = (read_entry(claim, entry("odd", b"{")) for claim in (CLAIM, str(UUID(int=7))))

    assert first is not None
    assert second is not None
    assert first.message_id != second.message_id
    assert first == read("odd", b"{")


async def step_of(world: StoreWorld, result: ClaimStepResult, *inbox: InboxEntry) -> ClaimStep:
    activities = StepActivities(world.steps, 15.0)
    step: ClaimStep = await ActivityEnvironment().run(
        activities.step, StepInput(str(result.stream_id), list(inbox))
    )
    return step


async def test_looking_twice_gives_the_same_answer_and_records_once(world: StoreWorld) -> None:
    approved = await world.approved()
    inbox = [
        entry("certification", {**IDENTITY, "month": 2, "without_work": True}),
        entry("odd", b"{", "unknown_signal"),
        entry("wake", {"recorded": []}),
    ]

    first = await step_of(world, approved, *inbox)
    second = await step_of(world, approved, *inbox)

    assert first == second
    assert first.todo == "transfer"
    assert first.order_ids == [str(order_id) for order_id in approved.next_step.order_ids]
    told = [r.event.type for r in (await recorded_events(world.pool, approved.stream_id))[approved.version :]]
    assert told == ["month_certified", "message_refused"]


async def test_one_unreadable_signal_sent_to_three_claims_stops_none_of_them(world: StoreWorld) -> None:
    niks = ("3171011203850001", "3273014502900002", "3578016203880003")
    result = [await world.filed(nik=nik) for nik in niks]

    for claim in result:
        await step_of(world, claim, entry("odd", b"{", "unknown_signal"))

    for claim in result:
        [refused] = (await recorded_events(world.pool, claim.stream_id))[claim.version :]
        assert (refused.event.type, refused.event.ground) == ("message_refused", "unknown_signal")  # type: ignore[union-attr]


async def test_what_an_operator_reads_names_who_has_the_ball_until_when_by_which_article(
    world: StoreWorld,
) -> None:
    reported = await world.report(await world.layoff())

    step = await step_of(world, reported)

    assert step.awaiting == (
        "claimant owes the filing of the claim until 31 Jul 2025 23:59 WIB "
        f"({reported.next_step.awaited[0].article})"
    )
    assert step.attributes["ClaimStatus"] == "reported"
    assert step.attributes["WaitingFor"] == "claimant"
    assert step.attributes["NextDeadline"] == "2025-07-31T17:00:00+00:00"
    assert (step.todo, step.sleep_seconds) == ("wait", None)


async def test_nothing_that_temporal_is_told_says_who_somebody_is(world: StoreWorld) -> None:
    step = await step_of(world, await world.approved())

    for secret in ("Budi", "3171011203850001", "budi@example.id", "1234567890", "6000000", "6.000.000"):
        assert secret not in repr(step)


async def test_a_claim_is_not_finished_while_a_letter_is_unsent(world: StoreWorld) -> None:
    approved = await world.approved()
    withdrawn = await world.say(approved.stream_id, WithdrawClaim(reason="moved"))

    assert (await step_of(world, withdrawn)).todo == "wait"
    await world.pool.execute("update notices set sent_at = now()")
    assert (await step_of(world, withdrawn)).todo == "finish"


async def test_the_search_for_an_outcome_asks_waits_and_finishes(world: StoreWorld) -> None:
    activities = StepActivities(world.steps, 15.0)
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids

    async def plan() -> str:
        return (await ActivityEnvironment().run(activities.plan, TransferSearch(str(order_id)))).todo

    async def outcome(word: str) -> None:
        fields = {"order_id": order_id, "outcome": word, "amount_idr": 3_000_000, "ground": "met"}
        message = RecordTransfer.model_validate({**fields, "bank_code": "none", "found_by": "inquiry"})
        await world.say(approved.stream_id, message)

    assert await plan() == "finish"
    await outcome("open")
    assert await plan() == "ask"
    await outcome("settled")
    assert await plan() == "finish"
