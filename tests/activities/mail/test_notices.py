"""Letters on real parts: rendered when sent, at least once, never in the way of the claim."""

from dataclasses import replace
from datetime import timedelta

import pytest
from parties.mail_server import MailServer, serving
from parties.posting import Post
from support.store_world import paid_record
from temporalio.testing import ActivityEnvironment

from activities.contracts import NoticeInput
from activities.mail.notices import MailRefused
from activities.mail.relay import MailRelay
from claims.agenda.notices import Notice, NoticeKind
from claims.commands.command import RecordContributions
from sandbox.servers.processes import free_port
from store.claims.notices import waiting_for_the_relay
from store.engine.step import Caller


async def test_every_letter_is_sent_once_in_two_languages(post: Post) -> None:
    filed = await post.world.filed()

    assert await post.send(filed) == 2
    assert await post.send(filed) == 0

    letters = await post.received()
    assert sorted(letter["message_id"] for letter in letters) == sorted(
        f"<{notice_id}@jkp.invalid>" for notice_id in filed.unsent_notices
    )
    assert [letter["copies"] for letter in letters] == [1, 1]
    assert {letter["dated"] for letter in letters} == {"2025-02-10T01:00:00+00:00"}
    for letter in letters:
        assert "Budi Santoso" in letter["text"]
        assert str(filed.stream_id) in letter["text"]
        assert letter["html"]
    assert await post.states() == (2, 0, 0)


async def test_when_the_letters_are_sent_the_claim_has_nothing_to_do(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    assert await post.world.pool.fetchval("select todo_since is not null from wakeups")

    await post.send(reported)

    assert await post.world.pool.fetchval("select todo_since is null from wakeups")
    assert (await post.world.say(reported.stream_id)).unsent_notices == ()


async def test_a_letter_handed_over_but_not_marked_is_a_second_copy_of_the_same(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    await post.send(reported)
    await post.world.pool.execute("update notices set sent_at = null")

    await post.send(reported)

    assert [letter["copies"] for letter in await post.received()] == [2]


async def test_an_address_that_refuses_for_good_is_given_up(post: Post) -> None:
    filed = await post.world.filed()
    await post.move("bounce@example.id")

    assert await post.send(filed) == 0

    assert await post.states() == (0, 2, 0)
    assert (await post.world.say(filed.stream_id)).unsent_notices == ()


async def test_an_address_that_refuses_for_now_is_tried_again(post: Post) -> None:
    filed = await post.world.filed()
    await post.move("busy@example.id")

    with pytest.raises(MailRefused) as refusal:
        await post.send(filed)
    assert "busy" not in str(refusal.value)
    assert await post.states() == (0, 0, 2)

    assert await post.send(filed) == 2
    assert await post.states() == (2, 0, 0)


async def test_a_relay_that_is_down_raises_without_naming_anybody(post: Post) -> None:
    filed = await post.world.filed()
    working, post.notices = post.notices, replace(post.notices, relay=MailRelay("127.0.0.1", free_port()))

    with pytest.raises(MailRefused) as refusal:
        await post.send(filed)

    told = f"{refusal.value} {refusal.value.__cause__} {refusal.value.__context__}"
    for secret in ("budi", "Budi", "example.id", "3171011203850001"):
        assert secret not in told
    assert await post.states() == (0, 0, 2)
    post.notices = working
    assert await post.send(filed) == 2


async def test_a_letter_tells_what_was_known_when_it_was_queued(post: Post) -> None:
    approved = await post.world.approved()

    await post.send(approved)

    subjects = [letter["subject"] for letter in reversed(await post.received())]
    assert len(subjects) == len(set(subjects)) == 3


async def test_a_send_takes_up_every_letter_that_waits_and_none_twice(post: Post) -> None:
    filed = await post.world.filed()
    given = NoticeInput(str(filed.stream_id), ["01a1fd8d-140e-71be-87dc-e1271ffdf04f"])

    assert await ActivityEnvironment().run(post.notices.send, given) == 2
    assert await ActivityEnvironment().run(post.notices.send, given) == 0
    assert await post.states() == (2, 0, 0)


async def test_what_an_activity_learned_is_told_at_once(post: Post) -> None:
    filed = await post.world.filed()
    few_months = await post.world.say(
        filed.stream_id, RecordContributions(record=paid_record(months=11)), caller=Caller.ACTIVITY
    )

    await post.notices.send_at_once(few_months)

    assert few_months.next_step.status == "denied"
    assert [letter["subject"] for letter in await post.received()] != []
    assert await post.states() == (3, 0, 0)


async def test_a_letter_waits_for_the_errand_that_follows_within_seconds(post: Post) -> None:
    approved = await post.world.approved()

    await post.notices.send_at_once(approved)

    assert approved.next_step.todo == "transfer"
    assert await post.states() == (0, 0, 3)


async def test_a_mail_relay_that_is_away_holds_up_nobody_who_tells_at_once(post: Post) -> None:
    filed = await post.world.filed()
    denied = await post.world.say(filed.stream_id, RecordContributions(record=paid_record(months=11)))

    await replace(post.notices, relay=MailRelay("127.0.0.1", free_port())).send_at_once(denied)

    assert await post.states() == (0, 0, 3)
    assert (await post.world.steps.run_step(filed.stream_id)).unsent_notices == denied.unsent_notices


async def test_a_row_of_before_that_holds_no_address_ends_no_send(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    await post.world.pool.execute(
        "insert into people select participant_id, 2, recorded_at, nik, name, born_on,"
        " address, 'budi@example.id.', membership_number from people"
    )
    await post.world.pool.execute("update participants set email_version = 2")

    assert await post.send(reported) == 0

    assert await post.states() == (0, 1, 0)
    assert await post.reasons() == ["no_address"]
    assert await post.world.pool.fetchval("select todo_since is null from wakeups")


async def test_a_letter_that_cannot_be_written_leaves_the_others_and_the_step_as_they_are(post: Post) -> None:
    reported = await post.world.report(await post.world.layoff())
    nothing_asked = Notice(NoticeKind.QUESTION_ASKED, 0, reported.at)
    await post.world.queue(reported, nothing_asked)

    assert await post.send(reported) == 1

    assert await post.states() == (1, 1, 0)
    assert await post.reasons() == ["not_written"]
    assert await post.world.pool.fetchval("select todo_since is null from wakeups")


async def test_letters_that_the_relay_does_not_take_in_their_term_are_given_up(post: Post) -> None:
    filed = await post.world.filed()
    async with serving(MailServer(data="451 4.3.0 later")) as server:
        slow = replace(post.notices, relay=MailRelay("127.0.0.1", server.port))
        post.notices = slow
        with pytest.raises(MailRefused, match="451"):
            await post.send(filed)
        assert await post.states() == (0, 0, 2)

        post.notices = replace(slow, term=timedelta(0))
        assert await post.send(filed) == 0

    assert await post.reasons() == ["not_taken_in_time", "not_taken_in_time"]
    last = await post.world.pool.fetch("select failures, last_failure from notices")
    assert [tuple(row) for row in last] == [(2, "451"), (2, "451")]


async def test_what_one_letter_is_refused_for_is_not_the_other_s(post: Post) -> None:
    filed = await post.world.filed()
    async with serving(MailServer(data="552 5.3.4 too big", most=1)) as server:
        post.notices = replace(post.notices, relay=MailRelay("127.0.0.1", server.port))

        assert await post.send(filed) == 1

    assert await post.states() == (1, 1, 0)
    assert await post.reasons() == ["letter_refused"]


async def test_while_the_relay_is_away_all_its_letters_wait_and_are_told_of(post: Post) -> None:
    filed = await post.world.filed()
    post.notices = replace(post.notices, relay=MailRelay("127.0.0.1", free_port()))

    with pytest.raises(MailRefused):
        await post.send(filed)

    assert await waiting_for_the_relay(post.world.pool, seconds=300) is None
    await post.world.pool.execute("update notices set failing_since = failing_since - interval '6 minutes'")
    waiting = await waiting_for_the_relay(post.world.pool, seconds=300)
    assert waiting is not None
    assert (waiting.letters, waiting.last_failure) == (2, "SMTPConnectError")


async def test_a_mailbox_beyond_ascii_is_named_in_the_header_and_the_envelope_alike(post: Post) -> None:
    filed = await post.world.filed()
    await post.move("büdi@bücher.example")
    async with serving(MailServer()) as server:
        post.notices = replace(post.notices, relay=MailRelay("127.0.0.1", server.port))

        assert await post.send(filed) == 2

    for result in server.result:
        assert result.rcpt_tos == ["büdi@xn--bcher-kva.example"]
        assert isinstance(result.content, bytes)
        assert "\r\nTo: büdi@xn--bcher-kva.example\r\n".encode() in result.content


async def test_a_letter_is_seven_bits_whatever_its_words(post: Post) -> None:
    filed = await post.world.filed()
    async with serving(MailServer()) as server:
        post.notices = replace(post.notices, relay=MailRelay("127.0.0.1", server.port))
        await post.send(filed)

    assert all(isinstance(result.content, bytes) and result.content.isascii() for result in server.result)
