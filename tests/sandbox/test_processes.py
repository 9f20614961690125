"""Children on real programs: ready when they say so, ended in order or at once, never left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.servers.postgres import PostgresServer
from sandbox.servers.processes import ManagedProcess, ProcessFailedError, accepts_connections, free_port

HTTP_SERVER = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1"]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "child.log"


@pytest.fixture(scope="session")
def postgres_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("postgres")


@pytest.fixture
async def postgres(postgres_folder: Path) -> AsyncIterator[PostgresServer]:
    server = PostgresServer(postgres_folder)
    await server.start()
    yield server
    await server.stop()


def is_gone_within(seconds: float, pid: int) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_a_process_is_ready_when_its_url_answers(log: Path) -> None:
    port = free_port()
    server = ManagedProcess("files", [*HTTP_SERVER, str(port)], log=log)
    await server.start(f"http://127.0.0.1:{port}/", within=10)
    assert server.running
    assert await server.terminate() == -signal.SIGTERM
    assert not await accepts_connections(port)


async def test_a_process_that_dies_before_it_is_ready_shows_its_last_lines(log: Path) -> None:
    command = [sys.executable, "-c", "print('no such ledger'); raise SystemExit(3)"]
    process = ManagedProcess("worker", command, log=log)
    with pytest.raises(ProcessFailedError, match=r"worker ended with 3:\nno such ledger"):
        await process.start(f"http://127.0.0.1:{free_port()}/")


async def test_a_process_that_is_never_ready_is_not_left_running(log: Path) -> None:
    process = ManagedProcess("api", ["sleep", "60"], log=log)
    with pytest.raises(ProcessFailedError, match=r"was not ready after 0\.2 s"):
        await process.start(f"http://127.0.0.1:{free_port()}/", within=0.2)
    assert process.returncode == -signal.SIGKILL


async def test_a_program_that_does_not_exist_is_named(log: Path) -> None:
    process = ManagedProcess("nothing", ["/no/such/program"], log=log)
    with pytest.raises(ProcessFailedError, match="/no/such/program: No such file or directory"):
        await process.start(f"http://127.0.0.1:{free_port()}/")


async def test_a_process_deaf_to_the_stop_signal_is_killed(log: Path) -> None:
    process = ManagedProcess("deaf", ["sh", "-c", "trap '' TERM; echo deaf; sleep 60"], log=log)

    async def says_deaf() -> bool:
        return process.tail() == "deaf"

    await process.start(says_deaf)
    assert await process.terminate(within=0.2) == -signal.SIGKILL


async def test_a_process_started_again_shows_the_tail_of_its_last_run(log: Path) -> None:
    process = ManagedProcess("clock", [sys.executable, "-c", "import os; print(os.environ['TICK'])"], log=log)
    process.environment["TICK"] = "first"
    await process.start()
    assert await process.wait(within=10) == 0
    process.environment["TICK"] = "second"
    await process.start()
    assert await process.wait(within=10) == 0
    assert process.tail() == "second"


PARENT = """
import asyncio, sys, time
from pathlib import Path
from sandbox.servers.processes import ManagedProcess
child = ManagedProcess("child", ["sleep", "60"], log=Path(sys.argv[1]))
asyncio.run(child.start())
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_child_dies_with_a_parent_killed_by_force(log: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    assert is_gone_within(10, child)


async def test_two_free_ports_can_be_listened_on() -> None:
    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    port = free_port()
    async with await asyncio.start_server(nothing, "127.0.0.1", port):
        assert await accepts_connections(port)
        assert free_port() != port


async def test_postgres_keeps_what_was_committed_over_a_kill(postgres: PostgresServer) -> None:
    await postgres.create_database("claims_template")
    connection = await postgres.connect("claims_template")
    await connection.execute("CREATE TABLE benefits (amount bigint); INSERT INTO benefits VALUES (2700000)")
    await connection.close()
    await postgres.create_database("claims_copy", template="claims_template")
    port = postgres.port

    await postgres.kill()
    assert not postgres.running
    await postgres.start()

    assert postgres.port == port
    connection = await postgres.connect("claims_copy")
    assert await connection.fetchval("SELECT amount FROM benefits") == 2700000
    await connection.close()


async def test_a_dropped_database_ends_its_connections_and_dropping_again_is_harmless(
    postgres: PostgresServer,
) -> None:
    await postgres.create_database("short_lived")
    connection = await postgres.connect("short_lived")
    await postgres.drop_database("short_lived")
    await postgres.drop_database("short_lived")
    maintenance = await postgres.connect()
    names = [row["datname"] for row in await maintenance.fetch("SELECT datname FROM pg_database")]
    assert "short_lived" not in names
    await maintenance.close()
    connection.terminate()


async def test_postgres_starts_over_a_process_id_file_of_a_stranger(
    postgres: PostgresServer,
) -> None:
    await postgres.stop()
    (postgres.folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{postgres.folder / 'data'}\n")
    await postgres.start()
    assert postgres.running


async def test_one_folder_serves_one_postgres(postgres: PostgresServer) -> None:
    with pytest.raises(RuntimeError, match="another PostgreSQL is using"):
        await PostgresServer(postgres.folder).start()


FOREIGN = """
import os
print(sorted(n for n in os.environ if n.startswith(("PG", "TEMPORAL_", "JKP_"))))
"""


async def test_a_child_is_told_its_own_servers_and_never_somebodys(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGHOST", "PGSSLMODE", "TEMPORAL_ADDRESS", "JKP_LOOKUP_KEY"):
        monkeypatch.setenv(name, "somebody's")
    child = ManagedProcess(
        "child", [sys.executable, "-c", FOREIGN], log=log, environment={"PGPORT": "1", "JKP_DATA": "x"}
    )
    await child.start()
    assert await child.wait(within=10) == 0
    assert child.tail() == "['JKP_DATA', 'PGPORT']"
