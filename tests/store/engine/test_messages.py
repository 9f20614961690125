"""The same message twice is one; the same identity with another content is none."""

from dataclasses import replace

import pytest
from support.store_world import StoreWorld

from claims.commands.command import CompleteSelfAssessment, WithdrawClaim
from law.grounds import Ground
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult
from store.engine.messages import MessageIdReused
from store.engine.step import Caller


def assessment(world: StoreWorld, result: ClaimStepResult, form: str = "asesmen-1") -> CompleteSelfAssessment:
    return CompleteSelfAssessment(form_version=form, completed_on=result.at.date())


async def test_the_same_message_twice_has_one_effect_and_the_same_answer(world: StoreWorld) -> None:
    approved = await world.approved()
    message = assessment(world, approved)

    first = await world.say(approved.stream_id, message, message_id="once")
    await world.pass_days(1)
    second = await world.say(approved.stream_id, message, message_id="once")

    assert first.results[0].verdict.ground is Ground.COUNTS
    assert second.results == first.results
    assert (first.replayed, second.replayed) == (False, True)
    assert second.version == first.version


async def test_the_same_id_of_another_source_is_another_message(world: StoreWorld) -> None:
    approved = await world.approved()
    message = assessment(world, approved)
    incoming = world.incoming(message, message_id="1", source="siapkerja")
    await world.steps.run_step(approved.stream_id, [incoming])

    result = await world.steps.run_step(
        approved.stream_id, [world.incoming(message, message_id="1", source="karirhub")]
    )

    assert not result.replayed
    assert result.results[0].verdict.ground is Ground.ALREADY_RECORDED


async def test_the_same_id_with_another_content_is_refused_at_the_door(world: StoreWorld) -> None:
    approved = await world.approved()
    first = await world.say(approved.stream_id, assessment(world, approved), message_id="once")

    with pytest.raises(MessageIdReused) as refusal:
        await world.say(approved.stream_id, assessment(world, approved, "asesmen-2"), message_id="once")

    assert "asesmen" not in str(refusal.value)
    assert (await world.say(approved.stream_id)).version == first.version


async def test_the_same_message_for_another_claim_is_refused_at_the_door(world: StoreWorld) -> None:
    approved = await world.approved()
    other = await world.approved(nik="3273014502900002")
    await world.say(approved.stream_id, assessment(world, approved), message_id="once")

    with pytest.raises(MessageIdReused):
        await world.say(other.stream_id, assessment(world, approved), message_id="once")

    assert (await world.say(other.stream_id)).version == other.version


async def test_a_workflow_records_a_reused_id_as_refused_and_goes_on(world: StoreWorld) -> None:
    approved = await world.approved()
    await world.say(approved.stream_id, assessment(world, approved), message_id="once")
    other = assessment(world, approved, "asesmen-2")

    for _ in range(2):
        result = await world.say(approved.stream_id, other, caller=Caller.WORKFLOW, message_id="once")
        assert result.results[0].verdict.ground is Ground.MESSAGE_ID_REUSED

    refused = [
        r for r in await recorded_events(world.pool, approved.stream_id) if r.event.type == "message_refused"
    ]
    assert [(r.event.name, r.event.ground) for r in refused] == [  # type: ignore[union-attr]
        ("self_assessment", Ground.MESSAGE_ID_REUSED)
    ]


@pytest.mark.parametrize("message_id", ["once", "m" * 200])
async def test_every_content_under_a_reused_id_is_refused_for_itself(
    world: StoreWorld, message_id: str
) -> None:
    approved = await world.approved()
    await world.say(approved.stream_id, assessment(world, approved), message_id=message_id)

    for form in ("asesmen-2", "asesmen-3"):
        result = await world.say(
            approved.stream_id,
            assessment(world, approved, form),
            caller=Caller.WORKFLOW,
            message_id=message_id,
        )
        assert result.results[0].verdict.ground is Ground.MESSAGE_ID_REUSED


async def test_one_message_sent_to_many_claims_is_taken_by_one_and_refused_by_all_others(
    world: StoreWorld,
) -> None:
    claims = [await world.approved(nik=nik) for nik in ("3171011203850001", "3273014502900002")]
    claims.append(await world.approved(nik="3578016203880003"))
    message = assessment(world, claims[0])

    grounds = [
        (await world.say(c.stream_id, message, caller=Caller.WORKFLOW, message_id="batch")).results[0]
        for c in claims
    ]

    assert [answer.verdict.ground for answer in grounds] == [
        Ground.COUNTS,
        Ground.MESSAGE_ID_REUSED,
        Ground.MESSAGE_ID_REUSED,
    ]


async def test_the_hash_that_the_door_gives_is_what_is_compared(world: StoreWorld) -> None:
    approved = await world.approved()
    incoming = replace(world.incoming(assessment(world, approved), message_id="once"), hash=bytes(31) + b"1")
    await world.steps.run_step(approved.stream_id, [incoming])

    with pytest.raises(MessageIdReused):
        await world.steps.run_step(approved.stream_id, [replace(incoming, hash=bytes(31) + b"2")])


async def test_evidence_that_nobody_awaits_is_kept_with_its_ground(world: StoreWorld) -> None:
    approved = await world.approved()
    await world.say(approved.stream_id, WithdrawClaim(reason="moved away"))

    result = await world.say(approved.stream_id, assessment(world, approved))

    assert result.results[0].verdict.ground is Ground.CLAIM_ENDED
    assert (await recorded_events(world.pool, approved.stream_id))[
        -1
    ].event.type == "self_assessment_completed"


async def test_what_is_remembered_of_a_message_is_its_identity_its_hash_and_its_answer(
    world: StoreWorld,
) -> None:
    approved = await world.approved()
    await world.say(approved.stream_id, WithdrawClaim(reason="family reasons"), message_id="w-1")

    row = await world.pool.fetchrow("select * from messages where message_id = 'w-1'")

    assert row is not None
    assert (row["source"], row["kind"], len(row["content_hash"])) == ("portal", "withdrawal", 32)
    assert row["received_at"] == approved.at
    assert "family" not in row["answer"]
