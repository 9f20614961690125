"""The engine's process while its speed is measured: workers, relay, outside parties that answer at once.

Beside them works the yardstick, workflows that do nothing: each has the process to itself in its turn.
"""

import asyncio
import signal
from contextlib import AsyncExitStack
from dataclasses import replace

import uvloop
from temporalio.client import Client
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig
from temporalio.worker import Worker

from sandbox.bench.speed.noop import NoopWorkflow, nothing
from sandbox.bench.speed.silent import ReadyRecords, WillingBank, WillingRelay
from settings.parts import Temporal
from settings.processes import WorkerSettings
from settings.reading import read
from store.process.admission import Admission
from store.process.standing import Standing
from worker.ending import end_process
from worker.health import Health
from worker.plugin import claims_plugin
from worker.relay import Relay
from worker.temporal import connect_arguments
from worker.wiring import Parts, parts, workers

NOOP_QUEUE = "throughput-nothing"


async def connect(temporal: Temporal) -> Client:
    """A client with the engine's plugin and only errors logged."""
    return await Client.connect(
        **connect_arguments(temporal),
        plugins=[claims_plugin()],
        runtime=Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(filter="ERROR"))),
    )


async def work(settings: WorkerSettings) -> None:
    """Work until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    client = await connect(settings)
    async with AsyncExitStack() as stack:
        made = silent(await stack.enter_async_context(parts(settings)))
        noop = Worker(client, task_queue=NOOP_QUEUE, workflows=[NoopWorkflow], activities=[nothing])
        for worker in [*workers(client, made, settings), noop]:
            await stack.enter_async_context(worker)
        relay = asyncio.create_task(Relay(made.pool, client, settings.task_queue, settings.pace).run())
        health = Health(Standing())
        health.begin(made.pool, Admission(), client.service_client.check_health)
        server = await health.serve(settings.worker_port)
        stack.callback(server.close)
        await stop.wait()
        relay.cancel()
        await asyncio.gather(relay, return_exceptions=True)


def silent(made: Parts) -> Parts:
    """The same parts, before outside parties that answer at once."""
    notices = replace(made.notices, relay=WillingRelay("127.0.0.1", 1))
    return replace(
        made,
        bank=replace(made.bank, snap=WillingBank(), notices=notices),
        bpjs=ReadyRecords(made.bpjs.steps, made.bpjs.people, notices, "", ""),
        notices=notices,
    )


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work(read(WorkerSettings)))
    end_process(0)
