"""A sandbox touches nothing that it did not make."""

import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.servers.postgres import Elsewhere, PostgresServer, binary
from sandbox.servers.processes import ProcessFailedError
from sandbox.servers.stack import Stack
from store.ids import new_id
from store.process.migrations import migrate
from store.process.worlds import World, mark_world, register_key, world_of
from store.scheduling.clock import set_clock

BEGINS = datetime(2024, 12, 2, tzinfo=UTC)
KEY = bytes(range(32))


def dump(server: PostgresServer, database: str) -> bytes:
    """Every byte that a backup of a database would hold."""
    at = ["-h", server.host, "-p", str(server.port), "-U", server.user, "--restrict-key", "none"]
    return subprocess.run([binary("pg_dump"), *at, database], capture_output=True, check=True).stdout


@pytest.fixture
async def production(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A real server's database `jkp`, of production, named by the PG* variables that are exported."""
    await postgres.create_database("jkp")
    owner = await postgres.connect("jkp")
    await migrate(owner)
    await mark_world(owner, World.PRODUCTION)
    await register_key(owner, KEY)
    await set_clock(owner, None, 1)
    await owner.close()
    for name, value in postgres.environment("jkp").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example.id:7233")
    yield "jkp"
    await postgres.drop_database("jkp")


@pytest.fixture
def elsewhere(postgres: PostgresServer) -> Elsewhere:
    return Elsewhere.named(f"postgresql://{postgres.user}@{postgres.host}:{postgres.port}")


@pytest.fixture
async def on_it(postgres: PostgresServer, elsewhere: Elsewhere, tmp_path: Path) -> AsyncIterator[Stack]:
    """A sandbox that was given somebody's server on purpose."""
    stack = Stack(tmp_path / f"run-{new_id().hex[:8]}", elsewhere=elsewhere)
    yield stack
    await postgres.drop_database(stack.database)


async def test_a_production_database_under_its_nose_is_left_byte_for_byte(
    postgres: PostgresServer, production: str, tmp_path: Path
) -> None:
    before, port = dump(postgres, production), postgres.port
    stack = Stack(tmp_path / "run")

    await stack.start_postgres(programme_at=BEGINS, speed=0)
    try:
        assert stack.postgres.port != port
        owner = await stack.connect()
        assert await world_of(owner) is World.SANDBOX
        await owner.close()
    finally:
        await stack.stop()

    assert dump(postgres, production) == before
    assert b"production" in before


async def test_on_a_server_named_on_purpose_it_works_in_a_database_of_its_own(
    postgres: PostgresServer, production: str, on_it: Stack
) -> None:
    before = dump(postgres, production)

    await on_it.start_postgres(programme_at=BEGINS, speed=0)
    await on_it.stop()

    assert on_it.database.startswith("jkp_sandbox_run_")
    assert dump(postgres, production) == before
    assert postgres.running
    owner = await postgres.connect(on_it.database)
    assert await world_of(owner) is World.SANDBOX
    await owner.close()


@pytest.mark.parametrize("of", [None, World.PRODUCTION, World.TEST])
async def test_there_it_refuses_a_database_that_is_no_sandbox_s(
    postgres: PostgresServer, on_it: Stack, of: World | None
) -> None:
    await postgres.create_database(on_it.database)
    owner = await postgres.connect(on_it.database)
    if of is not None:
        await migrate(owner)
        await mark_world(owner, of)
    await owner.close()
    before = dump(postgres, on_it.database)

    with pytest.raises(ProcessFailedError, match=f"{on_it.database} exists and is not a sandbox's"):
        await on_it.start_postgres(programme_at=BEGINS, speed=0)

    assert dump(postgres, on_it.database) == before


async def test_there_it_goes_on_in_the_database_that_it_made(on_it: Stack) -> None:
    await on_it.start_postgres(programme_at=BEGINS, speed=0)
    await on_it.start_postgres(programme_at=BEGINS, speed=0)


@pytest.mark.parametrize(
    "dsn",
    ["db.example.id", "postgresql://db", "http://a@db", "postgresql://a@db/jkp", "postgresql://a@db?x=1"],
)
def test_a_server_is_named_without_a_database(dsn: str) -> None:
    with pytest.raises(ValueError, match="should"):
        Elsewhere.named(dsn)
    assert Elsewhere.named("postgresql://a:b%40c@db") == Elsewhere("db", 5432, "a", "b@c")
