"""A folder for each run of the sandbox, locked while it runs; older ones are removed."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

KEPT = 2
LOCK = "run.lock"


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
