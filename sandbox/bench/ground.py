"""What all measurements of one run stand on: one PostgreSQL, one Temporal, a fresh database for each."""

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sandbox.servers.postgres import PostgresServer
from sandbox.servers.processes import FOREIGN
from sandbox.servers.stack import Stack
from sandbox.servers.temporal_server import TemporalServer, find_temporal
from store.calendar import load_official_calendar
from store.ids import new_id
from store.process.migrations import migrate
from store.process.worlds import World, mark_world
from store.scheduling.clock import set_clock
from worker.attributes import SEARCH_ATTRIBUTES

OUTSIDE_AND_API = ("bank", "bpjs", "mailbox", "api")
Progress = Callable[[str], None]


class _ProductionPaced(Stack):
    """The stack with the terms of production: the sandbox's short leases would cost events."""

    database = ""

    def environment(self) -> dict[str, str]:
        """Everything but the sandbox profile, on a database of the benchmark's own."""
        inherited = {name: value for name, value in super().environment().items() if name != "JKP_PROFILE"}
        return {**inherited, "PGDATABASE": self.database}


class Ground:
    """PostgreSQL and Temporal, and the other parts when a measurement asks for them.

    Servers that are handed over were started by others, who also stop them.
    """

    def __init__(
        self,
        folder: Path,
        progress: Progress,
        *,
        postgres: PostgresServer | None = None,
        temporal: TemporalServer | None = None,
    ) -> None:
        self.progress = progress
        self.stack = _ProductionPaced(folder, progress)
        self.stack.postgres = postgres or self.stack.postgres
        self.temporal = temporal or TemporalServer(
            find_temporal(progress), folder / "temporal", SEARCH_ATTRIBUTES
        )
        self.stack.temporal = self.temporal

    async def start(self) -> None:
        """Start both servers; from now on `PG*` of this process names the PostgreSQL."""
        self.progress("PostgreSQL")
        await self.stack.postgres.start()
        for name in [name for name in os.environ if name.startswith(FOREIGN)]:
            del os.environ[name]
        os.environ.update(self.stack.postgres.environment("postgres"))
        self.progress("Temporal")
        await self.temporal.start()

    async def stop(self) -> None:
        """Stop everything."""
        await self.stack.stop()

    async def make_database(self, kind: str, programme_at: datetime | None, speed: float) -> str:
        """A new migrated database with its calendar and clock; its name.

        `programme_at` None with speed 1 is real time.
        """
        postgres, name = self.stack.postgres, f"jkp_bench_{kind}_{new_id().hex}"
        await postgres.create_database(name)
        connection = await postgres.connect(name)
        try:
            await migrate(connection)
            await load_official_calendar(connection)
            await set_clock(connection, programme_at, speed)
            await mark_world(connection, World.TEST)
        finally:
            await connection.close()
        return name

    @asynccontextmanager
    async def parts_around_a_worker(self, programme_at: datetime) -> AsyncIterator[str]:
        """Bank, BPJS, mailbox and API on a new database whose clock stands still; its name."""
        name = await self.make_database("counts", programme_at, 0)
        self.stack.database = name
        shutil.rmtree(self.stack.folder / "world", ignore_errors=True)
        try:
            for part in OUTSIDE_AND_API:
                await self.stack.start_process(part)
            yield name
        finally:
            for part in reversed(OUTSIDE_AND_API):
                if part in self.stack.processes:
                    await self.stack.processes.pop(part).terminate()
