"""Worker and API wait, alive and not ready, for what is not there yet, and refuse what is not for them."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from support.engine_at_work import engine_settings, eventually

from sandbox.servers.postgres import PostgresServer
from sandbox.servers.processes import ManagedProcess, free_port
from sandbox.servers.temporal_server import TemporalServer
from store.calendar import load_official_calendar
from store.ids import new_id
from store.process.migrations import migrate
from store.process.worlds import World, mark_world, register_key
from store.scheduling.clock import set_clock

PATIENCE_SECONDS = 60
BEGINS = datetime(2025, 2, 10, tzinfo=UTC)


@dataclass
class Engine:
    """Worker and API, each a process with a port of its own."""

    environment: dict[str, str]
    folder: Path
    processes: dict[str, ManagedProcess] = field(default_factory=dict)

    async def start(self) -> None:
        """Start both, whatever else is there."""
        for name in ("worker", "api"):
            port = free_port()
            self.processes[name] = ManagedProcess(
                name,
                [sys.executable, "-m", name],
                log=self.folder / f"{name}.log",
                environment={
                    **self.environment,
                    "JKP_WORKER_PORT" if name == "worker" else "JKP_API_PORT": str(port),
                },
                port=port,
            )
        await asyncio.gather(*(each.start() for each in self.processes.values()))

    async def ask(self, path: str) -> dict[str, tuple[int, str]]:
        """Status and text of what each answers; (0, "") where it does not listen yet."""
        async with httpx2.AsyncClient(trust_env=False, verify=False) as http:
            found = {}
            for name, process in self.processes.items():
                try:
                    answer = await http.get(f"http://127.0.0.1:{process.port}{path}")
                    found[name] = (answer.status_code, answer.text)
                except httpx2.TransportError:
                    found[name] = (0, "")
        return found

    async def until(self, path: str, status: int) -> dict[str, str]:
        """What each answers as soon as both answer with a status."""
        found: dict[str, tuple[int, str]] = {}

        async def all_answer() -> bool:
            found.update(await self.ask(path))
            return {code for code, _ in found.values()} == {status}

        await eventually(all_answer)
        return {name: text for name, (_, text) in found.items()}

    def logged(self, name: str, event: str) -> list[dict[str, str]]:
        """The lines of a kind in a log."""
        lines = self.processes[name].log.read_text().splitlines()
        told = [json.loads(line) for line in lines if line.startswith("{")]
        return [each for each in told if each["event"] == event]

    async def ended(self) -> dict[str, int]:
        """The exit codes of processes that end by themselves."""
        return {name: await each.wait(within=PATIENCE_SECONDS) for name, each in self.processes.items()}

    async def stop(self) -> dict[str, int | None]:
        """The exit codes of processes that are told to stop."""
        return {name: await each.terminate(within=30) for name, each in self.processes.items()}


@pytest.fixture
def surroundings(temporal: TemporalServer, tmp_path: Path) -> dict[str, str]:
    """The settings of a sandbox's engine, but for PostgreSQL."""
    return {
        **engine_settings(temporal, tmp_path),
        "JKP_TASK_QUEUE": f"{new_id().hex}-claims",
    }


@asynccontextmanager
async def at_work(environment: dict[str, str], folder: Path) -> AsyncIterator[Engine]:
    engine = Engine(environment, folder)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def make_sandbox(server: PostgresServer, lookup_key: str, name: str = "jkp") -> None:
    await server.create_database(name)
    owner = await server.connect(name)
    await migrate(owner)
    await load_official_calendar(owner)
    await mark_world(owner, World.SANDBOX)
    await register_key(owner, bytes.fromhex(lookup_key))
    await set_clock(owner, BEGINS, 0)
    await owner.close()


async def test_they_wait_for_postgresql_at_the_start_and_later_and_say_so_once(
    surroundings: dict[str, str], run_folder: Path, tmp_path: Path
) -> None:
    server = PostgresServer(run_folder / "postgres-to-come")
    await server.start()
    await make_sandbox(server, surroundings["JKP_LOOKUP_KEY"])
    await server.stop()

    async with at_work({**surroundings, **server.environment("jkp")}, tmp_path) as engine:
        await engine.until("/health/live", 200)
        for name, told in (await engine.until("/health/ready", 503)).items():
            assert "PostgreSQL: ConnectionRefusedError" in told, name
        assert {status for status, _ in (await engine.ask("/health/live")).values()} == {200}
        await server.start()
        await engine.until("/health/ready", 200)

        await server.stop()
        away = await engine.until("/health/ready", 503)
        assert "PostgreSQL" in away["worker"]
        assert {status for status, _ in (await engine.ask("/health/live")).values()} == {200}
        await server.start()
        await engine.until("/health/ready", 200)

        assert [each["part"] for each in engine.logged("api", "waiting")] == ["PostgreSQL"]
        assert {each["part"] for each in engine.logged("worker", "waiting")} == {"PostgreSQL"}
        assert len(engine.logged("worker", "waiting")) <= 2
        assert engine.logged("worker", "worker failed") == []
        assert await engine.stop() == {"worker": 0, "api": 0}
    await server.stop()


async def test_a_worker_waits_for_temporal_and_ends_in_order_meanwhile(
    surroundings: dict[str, str], database: str, tmp_path: Path
) -> None:
    pg = {name: value for name, value in os.environ.items() if name.startswith("PG")}
    nobody = {"TEMPORAL_ADDRESS": f"127.0.0.1:{free_port()}"}
    async with at_work({**surroundings, **pg, **nobody}, tmp_path) as engine:

        async def waits() -> bool:
            return "Temporal: " in (await engine.ask("/health/ready"))["worker"][1]

        await eventually(waits)
        assert (await engine.ask("/health/ready"))["worker"][0] == 503
        assert (await engine.ask("/health/live"))["worker"][0] == 200
        assert [each["part"] for each in engine.logged("worker", "waiting")] == ["Temporal"]
        assert await engine.stop() == {"worker": 0, "api": 0}


async def test_they_refuse_in_one_line_a_database_that_is_not_for_them(
    surroundings: dict[str, str], postgres: PostgresServer, tmp_path: Path
) -> None:
    name = f"sandbox_{new_id().hex}"
    await make_sandbox(postgres, surroundings["JKP_LOOKUP_KEY"], name)
    environment = {**surroundings, **postgres.environment(name), "JKP_PROFILE": "production"}
    async with at_work(environment, tmp_path) as engine:
        assert await engine.ended() == {"worker": 2, "api": 2}
        for process in ("worker", "api"):
            [told] = engine.logged(process, "refused")
            assert "is of the world `sandbox` and this process of `production`" in told["reason"]
            assert "Traceback" not in engine.processes[process].log.read_text()
    await postgres.drop_database(name)
