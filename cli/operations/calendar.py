"""`jkp calendar`: the calendars that were loaded, a decree that changes them, and whom that affects."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from claims.agenda.redating import Redated
from cli.arguments import FIRST_YEAR, LAST_YEAR, Line, read_input, whole
from cli.operations.decrees import VERSION_MAX, BadDecree, Decree, read_decree
from cli.output import AsJson, conclude, notify_relay, open_steps, operator, print_columns, print_json, wib
from cli.problems import DONE, BadInput, Refused, shown
from store.calendar import (
    Day,
    Days,
    Difference,
    Loaded,
    NothingToRevoke,
    UnknownVersion,
    VersionTaken,
    days_of,
    difference,
    load_decree,
    newest_version,
    versions,
)
from store.claims.kind import ClaimStepRunner
from store.claims.redating import Affected, affected_claims, tell_affected
from store.database import Pool

calendar = App(
    name="calendar",
    help="Calendars: list and show them, load a decree, see whom a change affects.",
)

BYTES_MAX = 1_000_000
COMPLAINTS_MAX = 50
BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
Earlier = Annotated[Line, Parameter(help="The earlier version, as `jkp calendar versions` names it.")]
Later = Annotated[Line, Parameter(help="The later version.")]


@calendar.command
def load(
    file: Annotated[
        Path,
        Parameter(
            help="The decree: JSON where it ends in .json or begins with {, else CSV; `-`: standard input."
        ),
    ],
    /,
    *,
    version: Annotated[Line, Parameter(help="The decree's number; a JSON file may carry it.")] = "",
) -> int:
    """Load a decree as a new version: the newest calendar with the days it changes. All of it or nothing."""
    return conclude(load_file(file, version))


@calendar.command(name="versions")
def versions_(*, as_json: AsJson = False) -> int:
    """List every calendar that was loaded; the last is in force."""
    return conclude(list_versions(as_json=as_json))


@calendar.command
def show(
    *,
    version: Annotated[Line, Parameter(help="A version; the one in force by default.")] = "",
    year: Annotated[
        int | None, whole(FIRST_YEAR, LAST_YEAR), Parameter(help="Only the days of one year.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Show the holidays and the collective leave of a calendar."""
    return conclude(show_calendar(version, year, as_json=as_json))


@calendar.command
def diff(was: Earlier, now: Later, /, *, as_json: AsJson = False) -> int:
    """Show the days that were added, removed and changed from one version to another."""
    return conclude(show_difference(was, now, as_json=as_json))


@calendar.command
def affected(was: Earlier, now: Later, /, *, as_json: AsJson = False) -> int:
    """List every open claim whose dates differ between two versions: what, from, to, and who has to know."""
    return conclude(list_affected(was, now, as_json=as_json))


@calendar.command
def tell(was: Earlier, now: Later, /) -> int:
    """Tell every open claim which of its dates move between two versions, each once; `load` does it too."""
    return conclude(tell_claims(was, now))


async def tell_claims(was: str, now: str) -> int:
    """Tell; Refused where a version or the clock is not known."""
    async with open_steps() as steps:
        await _tell(steps, was, now)
    return DONE


async def _tell(steps: ClaimStepRunner, was: str, now: str) -> None:
    try:
        told = await tell_affected(steps, was, now, by=operator())
    except UnknownVersion as unknown:
        raise Refused(_unknown(unknown)) from None
    except LookupError as unset:
        raise Refused(str(unset)) from None
    await notify_relay(steps.pool)
    print(f"told {told} open claim(s) whose dates move")


async def load_file(file: Path, version: str) -> int:
    """Load; Refused with every complaint about the file, or where the name is taken."""
    decree = _read(file)
    version = (version or decree.version).strip()
    if not 0 < len(version) <= VERSION_MAX:
        raise BadInput(f"a decree needs a name of 1 to {VERSION_MAX} characters: add --version 'SKB 5/2026'")
    async with open_steps() as steps:
        async with steps.pool.acquire() as connection:
            try:
                loaded = await load_decree(connection, version, f"file, SHA-256 {decree.sha256}", decree.days)
            except (VersionTaken, NothingToRevoke) as refused:
                raise Refused(f"{refused}; nothing was loaded") from None
        await notify_relay(steps.pool)
        if loaded is None:
            print(f"`{version}` is loaded already; nothing to do")
            return DONE
        print_loaded(loaded)
        await _tell(steps, loaded.before, loaded.version)
    return DONE


def _read(file: Path) -> Decree:
    content = read_input(file, most=BYTES_MAX)
    is_json = file.suffix.lower() == ".json" or content.lstrip(BEFORE_JSON)[:1] in (b"{", b"[")
    try:
        return read_decree(content, is_json=is_json)
    except BadDecree as wrong:
        lines = [f"{shown(file.name)}, {line}" for line in wrong.lines[:COMPLAINTS_MAX]]
        if len(wrong.lines) > COMPLAINTS_MAX:
            lines.append(f"and {len(wrong.lines) - COMPLAINTS_MAX} lines more")
        raise BadInput(*lines, "nothing was loaded") from None


def print_loaded(loaded: Loaded) -> None:
    """Say what a new version changed, and where to look next."""
    print(f"loaded `{loaded.version}` after `{loaded.before}`; woke {loaded.woken}")
    _print_difference(loaded.difference)


async def list_versions(*, as_json: bool) -> int:
    """Print the versions, oldest first."""
    async with open_steps() as steps:
        known = await versions(steps.pool)
    if as_json:
        print_json({"versions": known})
    elif known:
        print_columns([(each.version, wib(each.loaded_at), each.source) for each in known])
    else:
        print("no calendar was loaded: run `jkp migrate`")
    return DONE


async def show_calendar(version: str, year: int | None, *, as_json: bool) -> int:
    """Print the days of a version; Refused where it is not known."""
    async with open_steps() as steps:
        version = version or await newest_version(steps.pool)
        known = await _days(steps.pool, version)
    days = [day for day in known.values() if year in (None, day.day.year)]
    if as_json:
        print_json({"version": version, "days": days})
        return DONE
    print(f"calendar `{version}`")
    if days:
        print_columns(map(_cells, days))
    else:
        print("no day is named")
    return DONE


async def show_difference(was: str, now: str, *, as_json: bool) -> int:
    """Print what two versions disagree about; Refused where one is not known."""
    async with open_steps() as steps:
        found = difference(await _days(steps.pool, was), await _days(steps.pool, now))
    if as_json:
        print_json({"was": was, "now": now, **asdict(found)})
    else:
        _print_difference(found)
    return DONE


async def list_affected(was: str, now: str, *, as_json: bool) -> int:
    """Print the open claims whose dates differ; Refused where a version or the clock is not known."""
    async with open_steps() as steps:
        try:
            found = [each async for each in affected_claims(steps.pool, steps.law, was, now)]
        except UnknownVersion as unknown:
            raise Refused(_unknown(unknown)) from None
        except LookupError as unset:
            raise Refused(str(unset)) from None
    if as_json:
        print_json({"was": was, "now": now, "claims": [_facts(each) for each in found]})
    elif found:
        print_columns([row for each in found for row in _rows(each)])
    else:
        print("no open claim has a date that moves")
    return DONE


async def _days(pool: Pool, version: str) -> Days:
    try:
        return await days_of(pool, version)
    except UnknownVersion as unknown:
        raise Refused(_unknown(unknown)) from None


def _unknown(unknown: UnknownVersion) -> str:
    return f"{unknown}: `jkp calendar versions` lists them"


def _print_difference(found: Difference) -> None:
    signs = (("+", found.added), ("-", found.removed), ("~", found.changed))
    rows = sorted((day, sign) for sign, days in signs for day in days)
    if rows:
        print_columns((sign, *_cells(day)) for day, sign in rows)
    else:
        print("no day differs")


def _cells(day: Day) -> tuple[str, ...]:
    return (day.day.isoformat(), f"{day.day:%a}", day.kind, day.name)


def _facts(affected: Affected) -> dict[str, object]:
    moved: Sequence[Redated] = affected.moved
    return {
        "claim_id": affected.claim_id,
        "moved": [{**dict(each), "holds": each.holds, "affects": each.affects} for each in moved],
    }


def _rows(affected: Affected) -> list[tuple[str, ...]]:
    return [
        (
            f"claim/{affected.claim_id}",
            each.what + (f" of month {each.month}" if each.month else ""),
            each.edge,
            wib(each.was),
            "stays, not" if each.kept else "to",
            wib(each.now),
            ", ".join(each.affects),
        )
        for each in affected.moved
    ]
