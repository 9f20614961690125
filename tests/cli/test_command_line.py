"""`jkp` as it is typed: words, exit codes, one line for what went wrong."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest
from support.store_world import StoreWorld

from store.calendar import official_version

NOBODYS = "0193aaaa-0000-7000-8000-000000000000"


async def jkp(*words: str, **environment: str) -> tuple[int | None, str, str]:
    """Exit code, output and complaints of one command."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", *words),
        env={**os.environ, "COLUMNS": "200", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    return process.returncode, said.decode(), complained.decode()


async def test_a_treasurer_stops_and_resumes_payments(world: StoreWorld) -> None:
    reason = "rekening sumber diperiksa"
    assert await jkp("payments", "stop", "--reason", reason, "--by", "bendahara") == (
        0,
        "payments are stopped\n",
        "",
    )
    code, said, _ = await jkp("payments", "list", "--all")
    assert (code, f"by bendahara: {reason}" in said) == (0, True)
    assert await jkp("payments", "resume") == (0, "payments are resumed\n", "")
    assert await jkp("payments", "resume") == (1, "", "jkp: payments are not stopped\n")


async def test_payments_stop_whatever_is_typed_as_the_reason(world: StoreWorld) -> None:
    assert await jkp("payments", "stop", "--reason", "\udcff\n\x1b[31m", "--by", "b\udce9") == (
        0,
        "payments are stopped\n",
        "",
    )
    stop = await world.pool.fetchrow("select stopped_by, reason from payment_stop")
    assert stop is not None
    assert (stop["stopped_by"], stop["reason"]) == ("b\ufffd", "\ufffd \ufffd[31m")


async def test_a_problem_is_a_json_document_too_where_json_is_asked_for(world: StoreWorld) -> None:
    code, said, complained = await jkp("claim", "show", NOBODYS, "--json")

    assert (code, complained) == (1, f"jkp: no claim {NOBODYS}\n")
    assert json.loads(said) == {
        "problem": {"kind": "refused", "exit_code": 1, "lines": [f"no claim {NOBODYS}"]}
    }


async def test_a_nik_in_the_place_of_an_id_is_not_repeated(world: StoreWorld) -> None:
    code, said, complained = await jkp("claim", "show", "3171011203850001")

    assert (code, said) == (2, "")
    assert complained == (
        "jkp: CLAIM-ID: not the id of a claim; write it as 0193aaaa-0000-7000-8000-000000000000; "
        "`jkp claim show --help` says how\n"
    )


async def test_an_operator_moves_the_clock_and_plans_a_rebuild(world: StoreWorld) -> None:
    await world.report(await world.layoff())

    assert await jkp("clock", "advance", "--days", "1.5") == (0, "11 Feb 2025 20:00:00 WIB  woke 0\n", "")
    code, said, _ = await jkp("rebuild", "--dry-run")
    assert (code, "claims not finished: 1" in said) == (0, True)
    assert await jkp("migrate") == (0, "nothing to apply\n", "")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A decree, and a draft of one whose day is not written as a day."""
    decree, draft = tmp_path / "skb.csv", tmp_path / "draft.csv"
    decree.write_text("day,kind,name\n2025-02-12,national_holiday,Libur\n", "utf-8")
    draft.write_text("day,kind,name\n12 Feb,national_holiday,Libur\n", "utf-8")
    return decree, draft


async def test_an_operator_loads_a_decree_and_sees_whom_it_affects(
    world: StoreWorld, files: tuple[Path, Path]
) -> None:
    filed = await world.filed()
    decree, draft = files

    code, said, _ = await jkp("calendar", "load", str(decree), "--version", "SKB 5/2025")
    changed = "woke 1\n+  2025-02-12  Wed  national_holiday  Libur\ntold 1 open claim(s) whose dates move\n"
    assert (code, said.endswith(changed)) == (0, True)
    code, said, _ = await jkp("calendar", "affected", official_version(), "SKB 5/2025")
    assert (code, said.split("  ")[:2]) == (0, [f"claim/{filed.stream_id}", "contribution_record"])
    assert await jkp("calendar", "load", str(draft), "--version", "SKB 6/2025") == (
        2,
        "",
        "jkp: draft.csv, line 2: `12 Feb` is not a day; write YYYY-MM-DD, as 2026-03-20\n"
        "jkp: nothing was loaded\n",
    )


async def test_a_claim_that_is_not_known_is_one_line_and_exit_code_1(world: StoreWorld) -> None:
    assert await jkp("claim", "wake", NOBODYS) == (1, "", f"jkp: no claim {NOBODYS}\n")


async def test_a_database_that_does_not_answer_is_one_line_and_exit_code_2() -> None:
    code, said, complained = await jkp("clock", "show", PGHOST="127.0.0.1", PGPORT="9")

    assert (code, said) == (2, "")
    assert complained.startswith("jkp: PostgreSQL: ConnectionRefusedError: Connect call failed")
    assert len(complained.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("claim", "show", "budi"), "CLAIM-ID"),
        (("claim", "pay", NOBODYS), "pay"),
        (("payments", "stop"), "--reason"),
    ],
)
async def test_what_is_typed_wrongly_is_named(words: tuple[str, ...], wrong: str) -> None:
    code, said, complained = await jkp(*words)

    assert (code, said, len(complained.splitlines()), wrong in complained) == (2, "", 1, True)


async def test_the_help_tells_what_every_command_is_for() -> None:
    code, said, _ = await jkp("--help")

    assert code == 0
    for command in ("bench", "calendar", "claim", "clock", "migrate", "payments", "rebuild", "run", "stuck"):
        assert any(line.split()[1:2] == [command] and len(line.split()) > 4 for line in said.splitlines())
