import asyncio
import sys
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiosmtplib
import httpx2
import pytest

from sandbox.parties.bank.serving import running
from sandbox.parties.mailbox.app import Mailbox, application
from sandbox.parties.mailbox.letters import Letters


class Post:
    """Somebody who sends letters to the mailbox and reads its pages."""

    def __init__(self, mailbox: Mailbox, http: httpx2.AsyncClient) -> None:
        self.mailbox = mailbox
        self.http = http

    async def send(self, letter: EmailMessage) -> None:
        await aiosmtplib.send(letter, hostname="127.0.0.1", port=self.mailbox.smtp_port, start_tls=False)

    async def received(self, to: str) -> Any:
        return (await self.http.get("/messages.json", params={"to": to})).json()["messages"]


def _letter(to: str, message_id: str = "<notice-1@jkp.example>") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = "jkp@bpjs.example", to
    letter["Subject"] = "Manfaat bulan ke-1 dibayar – paid"
    letter["Message-ID"] = message_id
    letter["Date"] = "Mon, 23 Nov 2026 09:05:00 +0700"
    letter.set_content("Yth. Ibu Siti,\nmanfaat telah dibayar.\n")
    letter.add_alternative("<p>Manfaat <b>telah dibayar</b></p><script>alert(1)</script>", subtype="html")
    return letter


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    mailbox = Mailbox(Letters(tmp_path / "mailbox.db"), 0)
    async with (
        running(application(mailbox)) as url,
        httpx2.AsyncClient(base_url=url, trust_env=False, verify=False) as http,
    ):
        yield Post(mailbox, http)


async def test_a_letter_can_be_read(post: Post) -> None:
    await post.send(_letter("siti@rumah.example"))
    [told] = await post.received("SITI@rumah.example")
    assert told["subject"] == "Manfaat bulan ke-1 dibayar – paid"
    assert told["dated"] == "2026-11-23T09:05:00+07:00"
    assert told["text"] == "Yth. Ibu Siti,\nmanfaat telah dibayar.\n"
    assert "telah dibayar" in told["html"]
    listed = (await post.http.get("/")).text
    assert f'<a href="/messages/{told["id"]}">Manfaat bulan ke-1 dibayar – paid</a>' in listed
    assert "23 Nov 2026 09.05 WIB" in listed


async def test_html_is_shown_where_it_can_do_nothing(post: Post) -> None:
    await post.send(_letter("siti@rumah.example"))
    [told] = await post.received("siti@rumah.example")
    shown = await post.http.get(f"/messages/{told['id']}")
    assert '<iframe sandbox=""' in shown.text
    assert "<script>" not in shown.text
    assert "script-src 'none'" in shown.headers["Content-Security-Policy"]


async def test_a_letter_sent_twice_is_one_with_two_copies(post: Post) -> None:
    await post.send(_letter("siti@rumah.example"))
    await post.send(_letter("siti@rumah.example"))
    await post.send(_letter("siti@rumah.example", "<notice-2@jkp.example>"))
    told = await post.received("siti@rumah.example")
    assert [(each["message_id"], each["copies"]) for each in told] == [
        ("<notice-2@jkp.example>", 1),
        ("<notice-1@jkp.example>", 2),
    ]


async def test_letters_to_others_are_not_told(post: Post) -> None:
    await post.send(_letter("siti@rumah.example"))
    assert await post.received("budi@rumah.example") == []
    assert (await post.http.get("/messages/999")).status_code == 404


async def test_a_bouncing_recipient_is_refused_for_good(post: Post) -> None:
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
        await post.send(_letter("bounce@rumah.example"))
    assert refused.value.recipients[0].code == 550


async def test_a_busy_recipient_is_deferred_twice(post: Post) -> None:
    for _ in range(2):
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await post.send(_letter("busy@rumah.example"))
        assert refused.value.recipients[0].code == 451
    await post.send(_letter("busy@rumah.example"))
    assert len(await post.received("busy@rumah.example")) == 1


async def test_the_process_says_when_it_is_ready_and_stops_cleanly(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox.parties.mailbox", "--port", "0", "--smtp-port", "0",
        "--db", str(tmp_path / "other.db"), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    ready = await process.stdout.readline()
    process.terminate()
    rest = await process.stdout.read()
    assert ready.startswith(b"mailbox ready")
    assert rest == b""
    assert await process.wait() == 0


async def test_a_restart_forgets_nothing(post: Post, tmp_path: Path) -> None:
    await post.send(_letter("siti@rumah.example"))
    again = Letters(tmp_path / "mailbox.db")
    assert [head["recipient"] for head in again.heads()] == ["siti@rumah.example"]
    again.close()
