"""A folder for each run of the sandbox, locked while it runs; older ones are removed.

A run that is ready leaves its settings in its folder, so that `jkp` finds it. They count as long as the
run holds its lock: a run that was killed left them behind.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

KEPT = 2
LOCK = "run.lock"
SETTINGS = "settings.json"


@contextmanager
def run_folder(data: Path) -> Iterator[Path]:
    """A fresh folder `run-<utc>-<pid>` under `data`; finished runs are removed except the last two."""
    data.mkdir(parents=True, exist_ok=True)
    _remove_finished(data)
    folder = data.absolute() / f"run-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}"
    folder.mkdir()
    lock = _lock(folder)
    assert lock is not None, "nobody else knows a new folder"
    with lock:
        yield folder


@contextmanager
def ready(folder: Path, settings: Mapping[str, str]) -> Iterator[None]:
    """The settings of a run are in its folder while the block lasts, readable by its user only."""
    file, writing = folder / SETTINGS, folder / f"{SETTINGS}.new"
    with open(os.open(writing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        json.dump(dict(settings), opened)
    writing.rename(file)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def running(data: Path) -> list[Path]:
    """The folders of the runs under `data` that are ready, oldest first."""
    return [folder.absolute() for folder in sorted(data.glob("run-*")) if is_running(folder)]


def is_running(folder: Path) -> bool:
    """Whether a folder is one of a run that is ready and goes on."""
    return (folder / SETTINGS).is_file() and _is_locked(folder)


def settings_of(folder: Path) -> dict[str, str]:
    """The variables by which the parts of a run are found; OSError or ValueError where there are none."""
    settings = json.loads((folder / SETTINGS).read_text("utf-8"))
    if not isinstance(settings, dict) or not all(isinstance(value, str) for value in settings.values()):
        raise ValueError(f"{folder / SETTINGS} holds no settings")
    return settings


def _is_locked(folder: Path) -> bool:
    """Whether the run goes on; looked up without taking the lock from anybody."""
    try:
        with (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _remove_finished(data: Path) -> None:
    finished = sorted(data.glob("run-*"))[: -KEPT or None]
    for folder in finished:
        lock = _lock(folder)
        if lock is not None:
            with lock:
                shutil.rmtree(folder, ignore_errors=True)


def _lock(folder: Path) -> IO[str] | None:
    """The lock of a run, or None while it runs; the system frees it when its process ends."""
    try:
        lock = (folder / LOCK).open("w")
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock
