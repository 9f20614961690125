"""Child processes that never outlive us.

Each child runs in its own process group and session, writes to a log file, and dies with the thread
that started it, even when that thread's process ends by kill -9 (Linux). Start children from the main thread.
"""

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import httpx2

Readiness = str | Callable[[], Awaitable[bool]]
"""A URL that answers 2xx when ready, or a coroutine function that says whether it is."""

POLL_SECONDS = 0.03
FOREIGN = ("PG", "TEMPORAL_", "JKP_")
FIRST_PORT, PORTS = 20_000, 12_000  # below the ports that systems hand out to outgoing connections

# A wrapper, because preexec_fn is unsafe beside threads. The user changes first: a change of user
# clears the death signal. A parent that died before the signal was set is seen by the changed parent.
_LAUNCH = """
import ctypes, os, pwd, sys
parent, death_signal, user = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
if user:
    entry = pwd.getpwnam(user)
    os.setgroups([]); os.setgid(entry.pw_gid); os.setuid(entry.pw_uid)
    os.environ.update(HOME="/", USER=user, LOGNAME=user)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, death_signal, 0, 0, 0)
if os.getppid() != parent:
    os._exit(1)
try:
    os.execvp(sys.argv[4], sys.argv[4:])
except OSError as error:
    print(f"{sys.argv[4]}: {error.strerror}", file=sys.stderr, flush=True)
    os._exit(127)
"""


class ProcessFailedError(RuntimeError):
    """A process ended, or was not ready in time; the message holds the last lines of its log."""


class ManagedProcess:
    """One child process with a log, a readiness check and an end; may be started again after it ended.

    `environment` is added to our surroundings(). `user` is the system user to run as (root only). `port` is
    where it will listen on 127.0.0.1: a start is refused when that is taken, or a stranger would be found
    ready.
    `stop_signal` asks for an orderly end; `death_signal` is what the child gets if we die first.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        directory: Path | None = None,
        user: str | None = None,
        port: int | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        death_signal: signal.Signals = signal.SIGKILL,
    ) -> None:
        self.name = name
        self.command = [str(part) for part in command]
        self.log = log
        self.environment = dict(environment or {})
        self.directory = directory
        self.user = user
        self.port = port
        self.stop_signal = stop_signal
        self.death_signal = death_signal
        self._child: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def pid(self) -> int:
        """The process id; RuntimeError before the first start."""
        return self._started().pid

    @property
    def returncode(self) -> int | None:
        """The exit code, negative for a signal, None while it runs or before the first start."""
        return None if self._child is None else self._child.poll()

    @property
    def running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self._child is not None and self._child.poll() is None

    async def start(self, ready: Readiness | None = None, within: float = 30.0) -> None:
        """Start and wait `within` real seconds until `ready`.

        ProcessFailedError if the process ends or is not ready by then; it does not run afterwards.
        """
        if self.running:
            raise RuntimeError(f"{self.name} is running already")
        if self.port is not None and await accepts_connections(self.port):
            raise ProcessFailedError(f"{self.name}: port {self.port} on 127.0.0.1 is in use")
        self._spawn()
        if ready is None:
            return
        try:
            await self._await_ready(ready, within)
        except BaseException:
            await self.kill()
            raise

    async def wait(self, within: float | None = None) -> int:
        """Wait for the end and return the exit code; TimeoutError after `within` real seconds."""
        child = self._started()
        deadline = None if within is None else time.monotonic() + within
        while (code := child.poll()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} still runs after {within} s")
            await asyncio.sleep(POLL_SECONDS)
        return code

    async def terminate(self, within: float = 10.0) -> int | None:
        """Ask for an orderly end, kill after `within` real seconds; the exit code, None if never started."""
        if self._child is None:
            return None
        if self.running:
            self._child.send_signal(self.stop_signal)
        try:
            return await self.wait(within)
        except TimeoutError:
            await self.kill()
            return self.returncode

    async def kill(self) -> None:
        """End the process and its group with SIGKILL, as a crash would; nothing happens if it has ended."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            await self.wait()

    def tail(self, lines: int = 20) -> str:
        """The last lines the present run wrote to its log."""
        try:
            with self.log.open("rb") as log:
                log.seek(self._log_start)
                text = log.read().decode(errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._child

    def _spawn(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            self._child = self._popen(log)

    def _popen(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*launcher(self.user, self.death_signal), *self.command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=self.directory,
            env=surroundings() | self.environment,
            start_new_session=True,
        )

    async def _await_ready(self, ready: Readiness, within: float) -> None:
        deadline = time.monotonic() + within
        while True:
            if not self.running:
                raise ProcessFailedError(f"{self.name} ended with {self.returncode}:\n{self.tail()}")
            if await _is_ready(ready, deadline - time.monotonic()) and self.running:
                return
            if time.monotonic() > deadline:
                raise ProcessFailedError(f"{self.name} was not ready after {within} s:\n{self.tail()}")
            await asyncio.sleep(POLL_SECONDS)


def surroundings() -> dict[str, str]:
    """Our environment without what names somebody's PostgreSQL, Temporal or engine."""
    return {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}


def launcher(user: str | None = None, death_signal: signal.Signals = signal.SIGKILL) -> list[str]:
    """The command prefix that ties a child to this process and, as root, runs it as `user`."""
    return [sys.executable, "-I", "-S", "-c", _LAUNCH, str(os.getpid()), str(int(death_signal)), user or ""]


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on now, outside the range of outgoing connections."""
    for _ in range(1000):
        port = FIRST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port on 127.0.0.1")


async def accepts_connections(port: int) -> bool:
    """Whether somebody listens on 127.0.0.1:`port`."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


async def _is_ready(ready: Readiness, seconds: float) -> bool:
    try:
        async with asyncio.timeout(max(seconds, POLL_SECONDS)):
            return await (_answers(ready) if isinstance(ready, str) else ready())
    except TimeoutError:
        return False


async def _answers(url: str) -> bool:
    try:
        async with httpx2.AsyncClient(trust_env=False, verify=False) as client:
            return (await client.get(url, timeout=2)).is_success
    except httpx2.HTTPError:
        return False
