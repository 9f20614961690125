"""Letters on real parts: rendered when sent, at least once, never in the way of the claim."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from store_world import StoreWorld, paid_record
from temporalio.testing import ActivityEnvironment

from activities.contracts import NoticeErrand
from activities.notices import MailRefused, Notices
from claims.email_addresses import EmailAddress
from claims.messages import RecordContributions
from sandbox.bank.serving import running
from sandbox.mailbox.app import Mailbox, application
from sandbox.mailbox.letters import Letters
from sandbox.processes import free_port
from store.people import Person
from store.step import Caller, Taken

BUDI = Person(
    "3171011203850001",
    "Budi Santoso",
    date(1985, 3, 12),
    "Jl. Mawar 1",
    EmailAddress.parse("budi@example.id"),
    "12345678901",
)


@dataclass
class Post:
    """Our side of the mail, and the mailbox."""

    world: StoreWorld
    notices: Notices
    http: httpx2.AsyncClient

    async def send(self, taken: Taken) -> int:
        errand = NoticeErrand(str(taken.stream_id), [str(each) for each in taken.unsent_notices])
        sent: int = await ActivityEnvironment().run(self.notices.send, errand)
        return sent

    async def received(self, to: str = "budi@example.id") -> Any:
        return (await self.http.get("/messages.json", params={"to": to})).json()["messages"]

    async def move(self, email: str) -> None:
        """The claimant has another address from now on."""
        async with self.world.pool.acquire() as connection, connection.transaction():
            await self.world.people.remember(connection, replace(BUDI, email=EmailAddress.parse(email)))

    async def states(self) -> tuple[int, int, int]:
        """How many letters are sent, given up and neither."""
        row = await self.world.pool.fetchrow(
            "select count(sent_at), count(given_up_at), count(*) - count(coalesce(sent_at, given_up_at)) "
            "from notices"
        )
        assert row is not None
        return tuple(row)


@pytest.fixture
async def post(world: StoreWorld, tmp_path: Path) -> AsyncIterator[Post]:
    mailbox = Mailbox(Letters(tmp_path / "mailbox.db"), 0)
    async with (
        running(application(mailbox)) as url,
        httpx2.AsyncClient(base_url=url, trust_env=False, verify=False) as http,
    ):
        yield Post(world, Notices(world.steps, world.people, "127.0.0.1", mailbox.smtp_port), http)


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
    working, post.notices = post.notices, replace(post.notices, smtp_port=free_port())

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


async def test_a_letter_that_nobody_queued_is_not_sent(post: Post) -> None:
    filed = await post.world.filed()
    errand = NoticeErrand(str(filed.stream_id), ["01a1fd8d-140e-71be-87dc-e1271ffdf04f"])

    assert await ActivityEnvironment().run(post.notices.send, errand) == 0
    assert await post.received() == []


async def test_what_an_activity_learned_is_told_at_once(post: Post) -> None:
    filed = await post.world.filed()
    few_months = await post.world.say(
        filed.stream_id, RecordContributions(record=paid_record(months=11)), caller=Caller.ACTIVITY
    )

    await post.notices.send_at_once(few_months)

    assert few_months.step.status == "denied"
    assert [letter["subject"] for letter in await post.received()] != []
    assert await post.states() == (3, 0, 0)


async def test_a_letter_waits_for_the_errand_that_follows_within_seconds(post: Post) -> None:
    approved = await post.world.approved()

    await post.notices.send_at_once(approved)

    assert approved.step.todo == "transfer"
    assert await post.states() == (0, 0, 3)


async def test_a_mail_relay_that_is_away_holds_up_nobody_who_tells_at_once(post: Post) -> None:
    filed = await post.world.filed()
    denied = await post.world.say(filed.stream_id, RecordContributions(record=paid_record(months=11)))

    await replace(post.notices, smtp_port=free_port()).send_at_once(denied)

    assert await post.states() == (0, 0, 3)
    assert (await post.world.steps.take(filed.stream_id)).unsent_notices == denied.unsent_notices
