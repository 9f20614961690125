"""The worker process from its start to its end."""

import asyncio
import signal
from contextlib import AsyncExitStack
from ipaddress import IPv4Address, IPv6Address

import structlog
from temporalio.client import Client
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

from settings.processes import WorkerSettings
from worker.attributes import assert_search_attributes
from worker.health import Health
from worker.plugin import claims_plugin
from worker.relay import Relay
from worker.temporal import connect_arguments
from worker.wiring import parts, workers

log = structlog.get_logger("worker")


async def connect(settings: WorkerSettings) -> Client:
    """The Temporal client from `TEMPORAL_*`, with our plugin and, where asked for, the SDK's metrics."""
    config = connect_arguments(settings)
    if settings.metrics_port:
        address = socket_address(settings.bind_address, settings.metrics_port)
        runtime = Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=address)))
        return await Client.connect(**config, plugins=[claims_plugin()], runtime=runtime)
    return await Client.connect(**config, plugins=[claims_plugin()])


def socket_address(address: IPv4Address | IPv6Address, port: int) -> str:
    """Address and port as one word."""
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"


async def run_worker(settings: WorkerSettings, stop: asyncio.Event) -> None:
    """Work until told to stop, then finish what is under way."""
    client = await connect(settings)
    await assert_search_attributes(client)
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(parts(settings))
        for worker in workers(client, made, settings):
            await stack.enter_async_context(worker)
        relay = asyncio.create_task(
            Relay(made.pool, client, settings.task_queue, settings.pace, settings).run()
        )
        stack.push_async_callback(_end, relay)
        if settings.worker_port:
            health = Health(made.pool, client.service_client.check_health)
            server = await health.serve(settings.worker_port, str(settings.bind_address))
            stack.callback(server.close)
        log.info("worker ready", task_queue=settings.task_queue, namespace=client.namespace)
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({relay, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if relay.done():
            relay.result()
    log.info("worker stopped")


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until_signalled(settings: WorkerSettings) -> None:
    """Run until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run_worker(settings, stop)
