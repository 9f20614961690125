"""Worker processes beside the stack's own, so that one may be killed while another goes on."""

import asyncio

from sandbox.servers.processes import ManagedProcess, free_port
from sandbox.servers.stack import Stack


class Workers:
    """The stack's worker and, once asked for, another of the same task queues."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._other: ManagedProcess | None = None
        self._starting: asyncio.Task[None] | None = None

    @property
    def other_runs(self) -> bool:
        """False before it was asked for, and once its process has ended."""
        return self._other is not None and self._other.running

    def begin_another(self) -> None:
        """Begin to start a second worker."""
        port = free_port()
        first = self._stack.processes["worker"]
        ports = {"JKP_WORKER_PORT": str(port), "JKP_METRICS_PORT": str(free_port())}
        self._other = ManagedProcess(
            "second worker",
            first.command,
            log=self._stack.folder / "worker-2.log",
            environment={**first.environment, **ports},
            port=port,
        )
        ready = f"http://127.0.0.1:{port}/health/ready"
        self._starting = asyncio.create_task(self._other.start(ready, within=60))

    async def another_ready(self) -> None:
        """Wait until the second worker is ready; raises ProcessFailedError."""
        assert self._starting is not None, "a second worker was begun"
        await self._starting

    async def kill_first(self) -> int | None:
        """End the stack's worker as a crash would; its exit code."""
        first = self._stack.processes["worker"]
        await first.kill()
        return first.returncode

    async def stop(self) -> None:
        """End the other worker in order."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        if self._other is not None:
            await self._other.terminate()
