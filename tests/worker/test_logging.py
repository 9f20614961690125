"""One JSON object a line: identifiers, never people."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric import rsa
from support.store_world import StoreWorld
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.bank.snap.client import SnapClient
from activities.bank.snap.profile import sandbox_profile
from activities.bank.snap.signing import Credentials
from activities.bank.transfer import Bank
from activities.bpjs import Bpjs
from activities.contracts import ClaimInput, NoticeInput, TransferInput
from activities.mail.notices import Notices
from activities.mail.relay import MailRelay
from sandbox.servers.processes import free_port
from settings.kinds import LogLevel
from settings.logs import configure_logging
from settings.parts import Log
from store.claims.kind import ClaimStepResult
from store.engine.messages import MessageIdReused

PERSONAL = ("3171011203850001", "Budi", "budi@example.id", "Mawar", "1985-03-12", "1234567890", "12345678901")


Logged = pytest.CaptureFixture[str]


@contextmanager
def logging_as_in_the_worker() -> Iterator[None]:
    """Logging to the standard error of now, undone afterwards."""
    root = logging.getLogger()
    theirs, level = root.handlers, root.level
    root.handlers = []  # or pytest's own would be closed
    configure_logging(Log(log_level=LogLevel.DEBUG))
    yield
    root.handlers = theirs
    root.setLevel(level)
    structlog.reset_defaults()


def lines(logged: Logged) -> list[dict[str, object]]:
    return [json.loads(line) for line in logged.readouterr().err.splitlines()]


def test_both_ways_of_logging_make_the_same_lines(capsys: Logged) -> None:
    with logging_as_in_the_worker():
        structlog.get_logger("relay").warning("not delivered", workflow="claim/1")
        logging.getLogger("temporalio.worker").warning("poller %s", "stopped")

    ours, theirs = lines(capsys)

    assert (ours["event"], ours["level"], ours["workflow"]) == ("not delivered", "warning", "claim/1")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == (
        "poller stopped",
        "warning",
        "temporalio.worker",
    )
    assert str(ours["timestamp"]).endswith("Z")


def test_a_failure_is_logged_with_where_it_happened_on_one_line(capsys: Logged) -> None:
    with logging_as_in_the_worker():
        try:
            raise ApplicationError("the bank did not answer")
        except ApplicationError:
            structlog.get_logger("worker").exception("worker failed")

    [line] = lines(capsys)

    assert "test_logging.py" in str(line["exception"])


def test_bound_claim_ids_stand_on_every_line(capsys: Logged) -> None:
    with logging_as_in_the_worker(), structlog.contextvars.bound_contextvars(claim="01a1fd8d"):
        logging.getLogger("store").warning("asked again")

    assert lines(capsys)[0]["claim"] == "01a1fd8d"


async def fail_at_every_errand(world: StoreWorld, approved: ClaimStepResult) -> None:
    """Bank, BPJS and mail relay are all away."""
    nowhere = f"http://127.0.0.1:{free_port()}"
    credentials = Credentials("rahasia", rsa.generate_private_key(public_exponent=65537, key_size=2048))
    log = structlog.get_logger("activities")
    async with SnapClient(sandbox_profile(nowhere), credentials, verify=False) as snap:
        notices = Notices(world.steps, world.people, MailRelay("127.0.0.1", free_port()))
        bank = Bank(world.steps, world.people, snap, notices, timedelta(minutes=5), timedelta(seconds=5))
        bpjs = Bpjs(world.steps, world.people, notices, nowhere, "rahasia")
        claim_id = str(approved.stream_id)
        activities: tuple[tuple[Any, object], ...] = (
            (bank.transfer, TransferInput(claim_id, str(approved.next_step.order_ids[0]))),
            (bpjs.fetch_contribution_record, ClaimInput(claim_id)),
            (notices.send, NoticeInput(claim_id, [str(n) for n in approved.unsent_notices])),
        )
        for activity, given in activities:
            with pytest.raises(Exception) as failure:  # noqa: PT011
                await ActivityEnvironment().run(activity, given)
            log.error("activity failed", exc_info=failure.value, claim=claim_id)


async def test_no_line_says_who_somebody_is_when_everything_outside_fails(
    world: StoreWorld, capsys: Logged
) -> None:
    approved = await world.approved()
    with logging_as_in_the_worker():
        await fail_at_every_errand(world, approved)

    told = capsys.readouterr().err

    assert len([line for line in told.splitlines() if '"activity failed"' in line]) == 3
    for secret in (*PERSONAL, "rahasia"):
        assert secret not in told


async def test_no_refusal_of_the_store_says_what_was_in_the_message(
    world: StoreWorld, capsys: Logged
) -> None:
    layoff = await world.layoff()
    incoming = world.incoming(world.certification(2), message_id="once")
    reported = await world.report(layoff)
    await world.steps.run_step(reported.stream_id, [incoming])

    with logging_as_in_the_worker():
        with pytest.raises(MessageIdReused) as refusal:
            await world.steps.run_step(reported.stream_id, [replace(incoming, hash=bytes(32))])
        structlog.get_logger("door").error("refused", exc_info=refusal.value)

    told = capsys.readouterr().err
    assert "MessageIdReused" in told
    assert not any(secret in told for secret in PERSONAL)
