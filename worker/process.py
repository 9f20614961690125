"""The worker process from its start to its end."""

import asyncio
import signal
from contextlib import AsyncExitStack

import structlog
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

from worker.attributes import assert_search_attributes
from worker.health import Health
from worker.plugin import claims_plugin
from worker.relay import Relay
from worker.settings import Settings
from worker.wiring import parts, workers

log = structlog.get_logger("worker")


async def connect(settings: Settings) -> Client:
    """The Temporal client from `TEMPORAL_*`, with our plugin and, where asked for, the SDK's metrics."""
    config = ClientConfig.load_client_connect_config()
    if settings.metrics_port:
        address = f"127.0.0.1:{settings.metrics_port}"
        runtime = Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=address)))
        return await Client.connect(**config, plugins=[claims_plugin()], runtime=runtime)
    return await Client.connect(**config, plugins=[claims_plugin()])


async def run_worker(settings: Settings, stop: asyncio.Event) -> None:
    """Work until told to stop, then finish what is under way."""
    client = await connect(settings)
    await assert_search_attributes(client)
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(parts(settings))
        for worker in workers(client, made, settings):
            await stack.enter_async_context(worker)
        relay = asyncio.create_task(Relay(made.pool, client, settings.task_queue, settings.pace).run())
        stack.push_async_callback(_end, relay)
        if settings.port:
            health = Health(made.pool, client.service_client.check_health)
            server = await health.serve(settings.port)
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


async def until_signalled(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run_worker(settings, stop)
