"""The stack: every real part as a process of its own, in one folder, on free ports."""

import asyncio
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg

from sandbox.servers.keys import Keys, world_keys
from sandbox.servers.postgres import Elsewhere, PostgresServer
from sandbox.servers.processes import ManagedProcess, ProcessFailedError, free_port
from sandbox.servers.temporal_server import TemporalServer, find_temporal
from store.calendar import load_official_calendar
from store.process.migrations import migrate
from store.process.worlds import World, mark_world, register_key, world_of
from store.scheduling.clock import set_clock
from worker.attributes import SEARCH_ATTRIBUTES

DATABASE = "jkp"
CLIENT_ID = "jkp"
SENDER = "jkp@jkp.invalid"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Ports:
    """One free port for each part."""

    bank: int
    bpjs: int
    mailbox: int
    smtp: int
    api: int
    worker: int
    metrics: int


class Stack:
    """PostgreSQL, Temporal, bank, BPJS, mailbox, API and worker.

    The PostgreSQL is its own, or one named on purpose, where it makes a database of its own name and works in
    no other; whatever the environment says of servers is not looked at.
    """

    def __init__(
        self, folder: Path, progress: Progress = lambda _: None, *, elsewhere: Elsewhere | None = None
    ) -> None:
        self.folder = folder
        self.progress = progress
        self.keys: Keys = world_keys(folder / "keys")
        self.ports = Ports(*(free_port() for _ in range(7)))
        self.postgres = PostgresServer(folder / "postgres", elsewhere=elsewhere)
        self.database = DATABASE if elsewhere is None else _name_elsewhere(folder)
        self.temporal: TemporalServer | None = None
        self.processes: dict[str, ManagedProcess] = {}

    @property
    def bank_url(self) -> str:
        """Address of the simulated bank."""
        return f"http://127.0.0.1:{self.ports.bank}"

    @property
    def bpjs_url(self) -> str:
        """Address of the simulated BPJS Ketenagakerjaan."""
        return f"http://127.0.0.1:{self.ports.bpjs}"

    @property
    def mailbox_url(self) -> str:
        """Address of the mailbox page."""
        return f"http://127.0.0.1:{self.ports.mailbox}"

    @property
    def api_url(self) -> str:
        """Address of the API."""
        return f"http://127.0.0.1:{self.ports.api}"

    async def start(self, *, programme_at: datetime, speed: float) -> None:
        """Start every part; the clock of a new world begins at an instant with a speed (0: stepped)."""
        self.progress("PostgreSQL")
        await self.start_postgres(programme_at=programme_at, speed=speed)
        self.progress("Temporal")
        self.temporal = TemporalServer(
            find_temporal(self.progress), self.folder / "temporal", SEARCH_ATTRIBUTES
        )
        await self.temporal.start()
        self.progress("bank, BPJS, mailbox")
        await asyncio.gather(*(self.start_process(name) for name in ("bank", "bpjs", "mailbox")))
        self.progress("worker, API")
        await asyncio.gather(*(self.start_process(name) for name in ("worker", "api")))

    async def start_postgres(self, *, programme_at: datetime, speed: float) -> None:
        """Start PostgreSQL and make the database; ProcessFailedError where it is not a sandbox's."""
        await self.postgres.start()
        await self._prepare_database(programme_at, speed)

    async def stop(self) -> None:
        """Stop every part, the engine first."""
        for name in ("api", "worker", "mailbox", "bpjs", "bank"):
            if name in self.processes:
                await self.processes[name].terminate()
        if self.temporal is not None:
            await self.temporal.stop()
        await self.postgres.stop()

    async def connect(self) -> asyncpg.Connection:
        """A connection as the owner of the tables."""
        return await self.postgres.connect(self.database)

    def environment(self) -> dict[str, str]:
        """What a process of the engine needs to find the parts."""
        assert self.temporal is not None, "the stack is started"
        return {
            **self.postgres.environment(self.database),
            **self.temporal.environment(),
            "JKP_PROFILE": "sandbox",
            "JKP_BANK_URL": self.bank_url,
            "JKP_BANK_CLIENT_ID": CLIENT_ID,
            "JKP_BANK_CLIENT_SECRET": self.keys.client_secret,
            "JKP_BANK_PRIVATE_KEY_FILE": str(self.keys.private_key_file.resolve()),
            "JKP_BPJS_URL": self.bpjs_url,
            "JKP_BPJS_TOKEN": self.keys.bpjs_token,
            "JKP_SMTP_HOST": "127.0.0.1",
            "JKP_SMTP_PORT": str(self.ports.smtp),
            "JKP_MAIL_FROM": SENDER,
            "JKP_LOOKUP_KEY": self.keys.lookup_key,
            "JKP_WORKER_PORT": str(self.ports.worker),
            "JKP_METRICS_PORT": str(self.ports.metrics),
        }

    async def start_process(self, name: str) -> None:
        """Start a process of the engine or of the world, or start it again."""
        if name not in self.processes:
            command, port, extra = self._command(name)
            self.processes[name] = ManagedProcess(
                name,
                [sys.executable, "-m", *command],
                log=self.folder / f"{name}.log",
                environment={**self._surroundings(), **self.environment(), **extra},
                port=port,
            )
        port = self._command(name)[1]
        health = "/health/ready" if name in ("worker", "api") else "/health"
        await self.processes[name].start(f"http://127.0.0.1:{port}{health}", within=60)

    def _command(self, name: str) -> tuple[list[str], int, Mapping[str, str]]:
        ports, data = self.ports, self.folder / "world"
        data.mkdir(exist_ok=True)
        at = ["--port", str(getattr(ports, name)), "--db", str(data / f"{name}.sqlite")]
        match name:
            case "bank":
                keys = ["--client-id", CLIENT_ID, "--client-secret-file", str(self.keys.client_secret_file)]
                keys += ["--public-key-file", str(self.keys.public_key_file)]
                return ["sandbox.parties.bank", *at, *keys], ports.bank, {}
            case "bpjs":
                return ["sandbox.parties.bpjs", *at, "--token", self.keys.bpjs_token], ports.bpjs, {}
            case "mailbox":
                return ["sandbox.parties.mailbox", *at, "--smtp-port", str(ports.smtp)], ports.mailbox, {}
            case "api":
                return ["api", "--port", str(ports.api)], ports.api, {}
            case _:
                return ["worker"], ports.worker, {}

    def _surroundings(self) -> dict[str, str]:
        """Only what a process needs of our environment, so that no foreign setting leaks in."""
        kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
        return {name: os.environ[name] for name in kept if name in os.environ}

    async def _prepare_database(self, programme_at: datetime, speed: float) -> None:
        administration = await self.postgres.connect()
        try:
            known = await administration.fetchval(
                "select true from pg_database where datname = $1", self.database
            )
        finally:
            await administration.close()
        if not known:
            await self.postgres.create_database(self.database)
        connection = await self.connect()
        try:
            if known:
                await _assert_sandbox(connection, self.database)
            await migrate(connection)
            await load_official_calendar(connection)
            if await connection.fetchval("select true from clock") is None:
                await set_clock(connection, programme_at, speed)
            await mark_world(connection, World.SANDBOX)
            await register_key(connection, bytes.fromhex(self.keys.lookup_key))
        finally:
            await connection.close()


def _name_elsewhere(folder: Path) -> str:
    """The name of the database of a run on a server that is not the sandbox's."""
    return re.sub(r"[^a-z0-9]+", "_", f"jkp_sandbox_{folder.name.lower()}")[:63]


async def _assert_sandbox(connection: asyncpg.Connection, name: str) -> None:
    """Raise ProcessFailedError unless a database that was there before is a sandbox's."""
    marked = await connection.fetchval("select to_regclass('world') is not null")
    if not marked or await world_of(connection) is not World.SANDBOX:
        raise ProcessFailedError(f"the database {name} exists and is not a sandbox's: it is left as it is")
