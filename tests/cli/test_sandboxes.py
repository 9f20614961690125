"""The command line finds the sandbox that runs: the one, the one that is named, and never one that ended."""

import asyncio
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.store_world import StoreWorld

from cli.__main__ import answer
from cli.sandboxes import CONNECTING
from sandbox.servers.postgres import PostgresServer
from sandbox.servers.run_folders import SETTINGS, ready, run_folder, running
from sandbox.servers.temporal_server import TemporalServer

NOBODYS = "0193aaaa-0000-7000-8000-000000000000"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of runs, and an environment that names no engine."""
    for name in CONNECTING:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JKP_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def settings(world: StoreWorld, database: str, postgres: PostgresServer) -> dict[str, str]:
    """Where a sandbox's parts are; its Temporal is away."""
    return {
        **postgres.environment(database),
        **{"TEMPORAL_ADDRESS": "127.0.0.1:9", "TEMPORAL_NAMESPACE": "jkp", "JKP_LOOKUP_KEY": "00"},
    }


@pytest.fixture
def sandbox(settings: dict[str, str], data: Path) -> Iterator[Path]:
    """A run that is ready."""
    with run_folder(data) as folder, ready(folder, settings):
        yield folder


async def test_the_one_sandbox_that_runs_is_used_and_named_on_one_line(
    sandbox: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert await asyncio.to_thread(answer, ["payments", "list", "--json"]) == 0

    said, complained = capfd.readouterr()
    assert json.loads(said) == {"stopped": None, "orders": []}
    assert complained == f"jkp: the sandbox {sandbox}\n"
    assert not set(CONNECTING) & set(os.environ)


@pytest.mark.parametrize(
    "words",
    [
        "--sandbox FOLDER clock show",
        "clock --sandbox FOLDER show",
        "clock show --sandbox FOLDER",
        "clock show --sandbox=FOLDER",
        "clock show --sandbox=DATA",
    ],
)
async def test_a_sandbox_that_is_named_is_used_whatever_else_is_set(
    words: str, sandbox: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    typed = words.replace("FOLDER", str(sandbox)).replace("DATA", str(sandbox.parent)).split()
    with monkeypatch.context() as told:
        told.setenv("PGHOST", "127.0.0.1")
        told.setenv("PGPORT", "9")
        told.setenv("PGSSLMODE", "verify-full")

        assert await asyncio.to_thread(answer, typed) == 0

        assert (os.environ["PGPORT"], os.environ["PGSSLMODE"]) == ("9", "verify-full")
    assert capfd.readouterr() == ("10 Feb 2025 08:00:00 WIB  stepped  ready\n", "")


async def test_what_postgresql_is_told_wrongly_is_one_line(
    sandbox: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as told:
        told.setenv("PGHOST", "127.0.0.1")
        told.setenv("PGSSLMODE", "verify-full")
        told.setenv("HOME", str(sandbox))

        assert await asyncio.to_thread(answer, ["clock", "show"]) == 2

    complained = capfd.readouterr().err
    assert (complained.startswith("jkp: PostgreSQL: "), len(complained.splitlines())) == (True, 1)


async def test_an_environment_that_names_an_engine_is_left_alone(
    sandbox: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "9")

    assert await asyncio.to_thread(answer, ["claim", "show", NOBODYS]) == 2

    complained = capfd.readouterr().err
    assert len(complained.splitlines()) == 1
    assert "Connect call failed ('127.0.0.1', 9); set PGHOST, PGPORT" in complained
    assert "--sandbox FOLDER" in complained


@pytest.mark.parametrize(
    "words", ["claim show ID", "stuck", "payments list", "env", "temporal workflow list"]
)
def test_where_none_runs_one_line_says_how_to_start_one_and_what_to_set(
    words: str, data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert answer(words.replace("ID", NOBODYS).split()) == 2

    assert capfd.readouterr() == (
        "",
        f"jkp: no sandbox runs in {data}: start one with `jkp run`, or set PGHOST, PGPORT, PGUSER, "
        "PGPASSWORD, PGDATABASE and TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE for an engine of your own\n",
    )


async def test_of_two_that_run_one_has_to_be_named(
    sandbox: Path, settings: dict[str, str], data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    second = data / "run-99991231T000000Z-1"
    with run_folder(data / "elsewhere") as folder:
        folder.rename(second)
        with ready(second, settings):
            assert await asyncio.to_thread(answer, ["clock", "show"]) == 2
            named = await asyncio.to_thread(answer, ["clock", "show", "--sandbox", str(second)])

    assert named == 0
    complained = capfd.readouterr().err
    assert complained == f"jkp: 2 sandboxes run, name one: --sandbox {sandbox}, --sandbox {second}\n"


def test_a_run_that_was_killed_or_is_not_ready_is_none(data: Path) -> None:
    with run_folder(data) as folder:
        assert running(data) == []
        with ready(folder, {"PGHOST": "127.0.0.1"}):
            assert running(data) == [folder]
            assert stat.S_IMODE((folder / SETTINGS).stat().st_mode) == 0o600
            kept = (folder / SETTINGS).read_bytes()
        assert running(data) == []
        (folder / SETTINGS).write_bytes(kept)
    assert running(data) == []


def test_a_sandbox_whose_settings_are_broken_is_one_line(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with run_folder(data) as folder, ready(folder, {}):
        for content in ("", "[1]", '{"PGHOST": 5}', "\udcff"):
            (folder / SETTINGS).write_text(content, "utf-8", "surrogateescape")
            assert answer(["env", f"--sandbox={folder}"]) == 2
            assert capfd.readouterr().err.startswith(f"jkp: the sandbox {folder} cannot be read: ")


def test_the_shell_reads_the_settings_as_they_are(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    odd = "a b'\"$(touch x)`;\\"
    with run_folder(data) as folder, ready(folder, {"PGHOST": odd, "TEMPORAL_ADDRESS": "127.0.0.1:7233"}):
        assert answer(["env"]) == 0
    lines = capfd.readouterr().out

    told = subprocess.run(
        ["sh", "-c", f'{lines}printf %s "$PGHOST|$PGSSLMODE|$TEMPORAL_ADDRESS"'],
        env={"PGSSLMODE": "disable"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told == f"{odd}||127.0.0.1:7233"


async def test_temporals_own_command_line_speaks_with_the_engines_temporal(
    settings: dict[str, str], data: Path, temporal: TemporalServer, capfd: pytest.CaptureFixture[str]
) -> None:
    with run_folder(data) as folder, ready(folder, {**settings, **temporal.environment()}):
        words = [
            "temporal",
            "operator",
            "namespace",
            "describe",
            "--output",
            "json",
            "--sandbox",
            str(folder),
        ]
        assert await asyncio.to_thread(answer, words) == 0
        assert json.loads(capfd.readouterr().out)["namespaceInfo"]["name"] == temporal.namespace
        assert await asyncio.to_thread(answer, ["temporal", "workflow", "show", "-w", "none"]) == 1


def test_jkp_as_a_program_finds_it_too(sandbox: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "cli", "claim", "show", NOBODYS, "--json"], capture_output=True, text=True
    )

    assert (told.returncode, json.loads(told.stdout)["problem"]["lines"]) == (1, [f"no claim {NOBODYS}"])
    assert told.stderr == f"jkp: the sandbox {sandbox}\njkp: no claim {NOBODYS}\n"
