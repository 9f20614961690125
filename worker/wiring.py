"""Where the parts meet: pool, law, calendar, clients of the outside parties, and the four workers."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker

from activities.bank.snap.client import SnapClient
from activities.bank.snap.profile import sandbox_profile
from activities.bank.snap.signing import Credentials
from activities.bank.transfer import Bank
from activities.bpjs import Bpjs
from activities.mail.notices import Notices
from activities.mail.relay import MailRelay
from activities.step.step_activity import StepActivities
from claims.commands.email_addresses import EmailAddress
from claims.state.evolving import STATE_VERSION
from law.regimes import LAW
from settings.processes import WorkerSettings
from store.calendar import read_calendar
from store.claims.kind import claim_step_runner
from store.database import Pool, open_pool
from store.people import People
from store.process.admission import Admission
from store.process.rules import begin_with_rules
from workflows import options
from workflows.claim import ClaimWorkflow
from workflows.transfer import TransferWorkflow

GRACEFUL_SHUTDOWN = timedelta(seconds=30)
CACHED_CLAIMS = 10_000
# Enough that claims woken at once are all answered, or all told of an outage, within one workflow task.
LOOKS_AT_ONCE = 100


@dataclass(frozen=True)
class Parts:
    """What the worker process is made of."""

    pool: Pool
    step: StepActivities
    bpjs: Bpjs
    bank: Bank
    notices: Notices


@asynccontextmanager
async def parts(settings: WorkerSettings, *, database: str | None = None) -> AsyncIterator[Parts]:
    """The parts, wired and opened; raises DatabaseRefused."""
    async with AsyncExitStack() as stack:
        pool = await open_pool(settings, database=database)
        stack.push_async_callback(pool.close)
        async with pool.acquire() as connection:
            await admission(settings).check(connection)
        steps = claim_step_runner(pool, LAW, await read_calendar(pool))
        await begin_with_rules(pool, f"{LAW.version} state {STATE_VERSION}")
        people = People(settings.lookup_key.get_secret_value())
        snap = await stack.enter_async_context(_snap(settings))
        notices = Notices(steps, people, _mail_relay(settings))
        pace = settings.pace
        yield Parts(
            pool=pool,
            step=StepActivities(steps, pace.transfer.total_seconds()),
            bpjs=Bpjs(steps, people, notices, settings.bpjs_url, settings.bpjs_token.get_secret_value()),
            bank=Bank(steps, people, snap, notices, pace.sending_lease, pace.http_total),
            notices=notices,
        )


def admission(settings: WorkerSettings) -> Admission:
    """What the worker brings to a database."""
    return Admission(settings.profile, settings.lookup_key.get_secret_value())


def _mail_relay(settings: WorkerSettings) -> MailRelay:
    local, _, domain = settings.mail_from.rpartition("@")
    password = settings.smtp_password
    return MailRelay(
        settings.smtp_host,
        settings.smtp_port,
        sender=EmailAddress(local, domain),
        tls=settings.smtp_tls,
        authority=settings.smtp_ca_file,
        user=settings.smtp_user or "",
        password="" if password is None else password.get_secret_value(),
    )


def _snap(settings: WorkerSettings) -> SnapClient:
    profile = sandbox_profile(
        settings.bank_url,
        client_id=settings.bank_client_id,
        http_total_seconds=settings.pace.http_total.total_seconds(),
    )
    secret, key = settings.bank_client_secret, settings.bank_private_key
    return SnapClient(profile, Credentials.from_pem(secret.get_secret_value(), key.get_secret_value()))


def workers(
    client: Client, made: Parts, settings: WorkerSettings, *, cached: int = CACHED_CLAIMS
) -> list[Worker]:
    """One worker for claims and one for each outside party, with limits of their own."""

    def queue(name: str) -> str:
        return options.task_queue_beside(settings.task_queue, name)

    claims = Worker(
        client,
        task_queue=settings.task_queue,
        workflows=[ClaimWorkflow, TransferWorkflow],
        activities=[made.step.step, made.step.plan],
        max_cached_workflows=cached,
        max_concurrent_local_activities=LOOKS_AT_ONCE,
        sticky_queue_schedule_to_start_timeout=settings.pace.sticky_timeout,
        graceful_shutdown_timeout=GRACEFUL_SHUTDOWN,
    )
    outside = [
        Worker(
            client,
            task_queue=queue(name),
            activities=[*activities],
            max_concurrent_activities=at_once,
            graceful_shutdown_timeout=GRACEFUL_SHUTDOWN,
        )
        for name, activities, at_once in (
            (options.BPJS, (made.bpjs.fetch_contribution_record,), 10),
            (options.BANK, (made.bank.transfer, made.bank.ask), 10),
            (options.NOTICES, (made.notices.send,), 10),
        )
    ]
    return [claims, *outside]
