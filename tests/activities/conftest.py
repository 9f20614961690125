"""The mail of the tests of letters."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from parties.posting import Post
from support.store_world import StoreWorld

from activities.mail.notices import Notices
from activities.mail.relay import MailRelay
from sandbox.parties.bank.serving import running
from sandbox.parties.mailbox.app import Mailbox, application
from sandbox.parties.mailbox.letters import Letters


@pytest.fixture
async def post(world: StoreWorld, tmp_path: Path) -> AsyncIterator[Post]:
    mailbox = Mailbox(Letters(tmp_path / "mailbox.db"), 0)
    async with (
        running(application(mailbox)) as url,
        httpx2.AsyncClient(base_url=url, trust_env=False, verify=False) as http,
    ):
        yield Post(world, Notices(world.steps, world.people, MailRelay("127.0.0.1", mailbox.smtp_port)), http)
