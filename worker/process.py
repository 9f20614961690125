"""The worker process from its start to its end."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from ipaddress import IPv4Address, IPv6Address
from typing import Any, TypeVar

import structlog
from temporalio.client import Client
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.service import RPCError, RPCStatusCode

from settings.processes import WorkerSettings
from store.outages import is_outage
from store.process.standing import POSTGRESQL, TEMPORAL, Standing, until_there
from worker.attributes import assert_search_attributes
from worker.health import Health
from worker.plugin import claims_plugin
from worker.relay import Relay
from worker.temporal import connect_arguments
from worker.wiring import Parts, admission, parts, workers

Found = TypeVar("Found")
NOT_THERE_YET = (
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.NOT_FOUND,
    RPCStatusCode.INTERNAL,
    RPCStatusCode.UNKNOWN,
    RPCStatusCode.CANCELLED,
)
"""NOT_FOUND is the namespace's, which somebody is about to make."""

log = structlog.get_logger("worker")


async def connect(settings: WorkerSettings, runtime: Runtime | None = None) -> Client:
    """The Temporal client from `TEMPORAL_*`, with our plugin; raises SearchAttributesMissing."""
    client = await Client.connect(**connect_arguments(settings), plugins=[claims_plugin()], runtime=runtime)
    await assert_search_attributes(client)
    return client


def _metrics(settings: WorkerSettings) -> Runtime | None:
    """The SDK's own metrics where they are asked for; made once, because it listens from then on."""
    if not settings.metrics_port:
        return None
    address = socket_address(settings.bind_address, settings.metrics_port)
    return Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=address)))


def socket_address(address: IPv4Address | IPv6Address, port: int) -> str:
    """Address and port as one word."""
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"


async def run_worker(settings: WorkerSettings, stop: asyncio.Event) -> None:
    """Wait for PostgreSQL and Temporal, work until told to stop, then finish what is under way.

    Raises DatabaseRefused, SearchAttributesMissing and SettingsWrong, whose message says what to do.
    """
    standing = Standing()
    async with AsyncExitStack() as stack:
        health = Health(standing)
        if settings.worker_port:
            server = await health.serve(settings.worker_port, str(settings.bind_address))
            stack.callback(server.close)
        opened = await _unless_stopped(_open(settings, standing, stack), stop)
        if opened is not None:
            await _work(settings, standing, health, *opened, stop)
    log.info("worker stopped")


async def _open(settings: WorkerSettings, standing: Standing, stack: AsyncExitStack) -> tuple[Client, Parts]:
    """Both servers, whenever they are there; PostgreSQL first, because it may refuse us."""
    runtime = _metrics(settings)
    made = await until_there(
        POSTGRESQL, lambda: stack.enter_async_context(parts(settings)), standing, is_outage
    )
    client = await until_there(TEMPORAL, lambda: connect(settings, runtime), standing, is_temporal_away)
    return client, made


def is_temporal_away(error: BaseException) -> bool:
    """Whether Temporal does not answer; the SDK tells of a refused connection by a bare RuntimeError."""
    if isinstance(error, RPCError):
        return error.status in NOT_THERE_YET
    return type(error) is RuntimeError or isinstance(error, OSError)


async def _work(
    settings: WorkerSettings,
    standing: Standing,
    health: Health,
    client: Client,
    made: Parts,
    stop: asyncio.Event,
) -> None:
    async with AsyncExitStack() as stack:
        for worker in workers(client, made, settings):
            await stack.enter_async_context(worker)
        relaying = Relay(made.pool, client, settings.task_queue, settings.pace, settings, standing=standing)
        relay = asyncio.create_task(relaying.run())
        stack.push_async_callback(_end, relay)
        health.begin(made.pool, admission(settings), client.service_client.check_health)
        log.info("worker ready", task_queue=settings.task_queue, namespace=client.namespace)
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({relay, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if relay.done():
            relay.result()


async def _unless_stopped(work: Coroutine[Any, Any, Found], stop: asyncio.Event) -> Found | None:
    """What work gives; None where the process is told to stop before."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        stopping.cancel()
        await _end(working)


async def _end(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until_signalled(settings: WorkerSettings) -> None:
    """Run until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run_worker(settings, stop)
