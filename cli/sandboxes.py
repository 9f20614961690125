"""Which PostgreSQL and Temporal a command asks: those of the environment, or of a running sandbox."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.problems import BadInput, Unreachable, shown
from sandbox.servers.run_folders import is_running, running, settings_of
from settings.processes import DeskSettings, SandboxSettings
from settings.reading import names, read

OPTION = "--sandbox"
ASKING = (
    "claim",
    "stuck",
    "payments",
    "rebuild",
    "migrate",
    "calendar",
    "clock",
    "database",
    "env",
    "temporal",
)
"""The commands that ask PostgreSQL or Temporal."""
CONNECTING = tuple(name for name in names(DeskSettings) if name.startswith(("PG", "TEMPORAL_")))
HOW = (
    "start one with `jkp run`, or set PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE and TEMPORAL_ADDRESS, "
    "TEMPORAL_NAMESPACE for an engine of your own"
)


@dataclass(frozen=True)
class Choice:
    """What was typed beside the words of the command: a sandbox, which one if it was said, or none."""

    wanted: bool
    folder: Path | None = None


def without_choice(words: Sequence[str]) -> tuple[list[str], Choice]:
    """The words of the command, and the sandbox they choose; what follows `--` is left alone."""
    ends = words.index("--") if "--" in words else len(words)
    for place, word in enumerate(words[:ends]):
        if word == OPTION:
            after = words[place + 1 : place + 2]
            result = after if after and _is_a_folder(after[0]) else []
            rest = [*words[:place], *words[place + 1 + len(result) :]]
            return rest, Choice(True, Path(result[0]) if result else None)
        if word.startswith(f"{OPTION}="):
            named = word.partition("=")[2]
            if not named:
                raise BadInput(f"{OPTION}: name the folder, or leave out the `=`")
            return [*words[:place], *words[place + 1 :]], Choice(True, Path(named))
    return list(words), Choice(False)


def _is_a_folder(word: str) -> bool:
    return (
        word.startswith(("/", "./", "../"))
        or word in (".", "..")
        or (Path(word).is_dir() and word not in ASKING)
    )


@contextmanager
def surroundings(asking: str, choice: Choice) -> Iterator[None]:
    """The environment of a command while the block lasts: as it is, or the settings of one sandbox alone.

    `asking` is the first word of a command that asks PostgreSQL or Temporal, empty for any other.
    """
    if choice.wanted and not asking:
        raise BadInput(f"{OPTION} is for commands that ask a database or Temporal: {', '.join(ASKING)}")
    if not asking or not (choice.wanted or asking == "env" or not _is_told(os.environ)):
        yield
        return
    folder = chosen(choice)
    kept = dict(os.environ)
    settings = settings_of_run(folder)
    for name in CONNECTING:
        os.environ.pop(name, None)
    os.environ.update({name: settings[name] for name in settings if name in CONNECTING})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _is_told(environment: Mapping[str, str]) -> bool:
    """Whether the environment says where PostgreSQL or Temporal is."""
    return any(environment.get(name) for name in CONNECTING)


def chosen(choice: Choice) -> Path:
    """The folder of the one sandbox meant, told on standard error where nobody named it."""
    data = choice.folder or read(SandboxSettings).data
    if is_running(data):
        return data.absolute()
    found = running(data)
    if not found:
        raise Unreachable(f"no sandbox runs in {shown(data.absolute())}: {HOW}")
    if len(found) > 1:
        raise BadInput(
            f"{len(found)} sandboxes run, name one: " + ", ".join(f"{OPTION} {shown(each)}" for each in found)
        )
    if choice.folder is None:
        print(f"jkp: the sandbox {shown(found[0])}", file=sys.stderr)
    return found[0]


def settings_of_run(folder: Path) -> dict[str, str]:
    """The settings in the folder of a run; Unreachable where it ended meanwhile or is somebody else's."""
    try:
        return settings_of(folder)
    except (OSError, ValueError) as wrong:
        raise Unreachable(f"the sandbox {shown(folder)} cannot be read: {type(wrong).__name__}") from None
