"""A new address is used once both were told; what is told otherwise of a person changes nothing."""

import json
from dataclasses import replace

import pytest
from parties.posting import BUDI, Post

from activities.mail.notices import MailRefused
from claims.commands.command import DecidePersonData, ReportLayoff
from claims.commands.email_addresses import EmailAddress
from store.claims.opening import report_layoff


async def test_a_letter_given_up_stands_in_the_claim_which_awaits_another_address(post: Post) -> None:
    filed = await post.world.filed()
    await post.move("bounce@example.id")

    await post.send(filed)

    assert (await post.events(filed.stream_id))[-2:] == ["letter_given_up", "letter_given_up"]
    step = (await post.world.steps.run_step(filed.stream_id)).next_step
    [contact] = [each for each in step.awaited if each.what == "contact"]
    assert (contact.owner, contact.binds) == ("claimant", False)
    assert step.todo == "fetch_record"


async def test_a_new_address_is_used_once_both_were_told(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    await post.send(reported)
    asked = await post.asks_to_move(reported.stream_id, "baru@example.id")
    assert await post.in_force() == "budi@example.id"

    assert await post.send(asked) == 2

    assert await post.in_force() == "baru@example.id"
    assert (await post.events(reported.stream_id))[-2:] == ["email_change_asked", "email_change_ended"]
    [to_old, *_] = await post.received()
    [to_new] = await post.received("baru@example.id")
    assert to_old["subject"] == "Alamat surel Anda akan diganti"
    assert to_new["subject"] == "Surat JKP akan dikirim ke alamat ini"


async def test_a_new_address_waits_for_the_letter_to_the_old_one(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    await post.send(reported)
    await post.move("busy@example.id")
    asked = await post.asks_to_move(reported.stream_id, "baru@example.id")

    for _ in range(2):
        with pytest.raises(MailRefused):
            await post.send(asked)
        assert await post.in_force() == "busy@example.id"
    await post.send(asked)

    assert await post.in_force() == "baru@example.id"


async def test_a_new_address_that_refuses_is_never_used(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    asked = await post.asks_to_move(reported.stream_id, "bounce@example.id")

    await post.send(asked)

    assert await post.in_force() == "budi@example.id"
    ended = await post.world.pool.fetchval("select payload from events where type = 'email_change_ended'")
    assert json.loads(ended)["in_force"] is False


async def test_the_one_asked_for_last_is_used_where_two_are_asked_for_at_once(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    await post.asks_to_move(reported.stream_id, "salah@example.id")
    asked = await post.asks_to_move(reported.stream_id, "benar@example.id")

    await post.send(asked)

    assert await post.in_force() == "benar@example.id"


async def test_what_an_old_address_did_not_get_is_sent_to_the_new_one_in_every_claim(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    other_layoff = (await post.world.layoff()).model_copy(update={"employer_registration": "EMP-2"})
    other = await post.world.report(other_layoff)
    await post.move("bounce@example.id")
    await post.send(reported)
    await post.send(other)
    assert await post.states() == (0, 2, 0)

    asked = await post.asks_to_move(reported.stream_id, "baru@example.id")
    await post.send(asked)
    await post.send(asked)
    assert (await post.events(other.stream_id))[-1] == "email_change_ended"
    await post.send(other)

    subjects = [letter["subject"] for letter in await post.received("baru@example.id")]
    assert len(subjects) == 3
    awaited = (await post.world.steps.run_step(other.stream_id)).next_step.awaited
    assert [each.what for each in awaited] == ["filing"]


async def test_another_report_turns_no_letter_to_another_address(post: Post) -> None:
    """Who holds a partner's credentials reports the same NIK with an address of their own."""
    reported = await post.world.report(await post.world.layoff())
    theirs = replace(BUDI, email=EmailAddress.parse("evil@evil.example"))
    async with post.world.pool.acquire() as connection, connection.transaction():
        remembered = await post.world.people.remember(connection, theirs)
    layoff = (await post.world.layoff()).model_copy(update={"employer_registration": "EMP-2"})
    said = ReportLayoff(layoff=layoff, reported_by="employer", differs=remembered.differs)
    async with post.world.pool.acquire() as connection, connection.transaction():
        opened = await report_layoff(post.world.steps, connection, post.world.incoming(said))

    await post.send(reported)
    await post.send(opened)

    assert await post.received("evil@evil.example") == []
    subjects = {letter["subject"] for letter in await post.received()}
    assert "Laporan dengan data diri yang berbeda" in subjects
    assert [each.what for each in opened.next_step.awaited] == ["filing", "person_data"]


async def test_a_flood_of_other_data_is_one_letter(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    await post.send(reported)
    for number in range(5):
        other = replace(BUDI, email=EmailAddress.parse(f"evil{number}@evil.example"))
        async with post.world.pool.acquire() as connection, connection.transaction():
            remembered = await post.world.people.remember(connection, other)
        layoff = await post.world.layoff()
        said = ReportLayoff(layoff=layoff, reported_by="employer", differs=remembered.differs)
        await post.world.say(reported.stream_id, said)

    assert await post.send(reported) == 1


async def test_an_adopted_address_too_is_told_to_both_first(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    await post.send(reported)
    other = replace(BUDI, name="Budi Susanto", email=EmailAddress.parse("baru@example.id"))
    async with post.world.pool.acquire() as connection, connection.transaction():
        remembered = await post.world.people.remember(connection, other)
    said = ReportLayoff(layoff=await post.world.layoff(), reported_by="employer", differs=remembered.differs)
    await post.world.say(reported.stream_id, said)

    decided = DecidePersonData(version=2, adopts=True, reason="identity card seen")
    result = await post.world.say(reported.stream_id, decided)
    assert await post.in_force() == "budi@example.id"
    assert await post.send(result) == 4

    assert await post.in_force() == "baru@example.id"
    assert len(await post.received("baru@example.id")) == 1
