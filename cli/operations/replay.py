"""`jkp claim replay`: every past decision of a claim once more, with what was known at its time."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from claims.events import Event
from claims.replaying import Found, NotReplayed
from cli.arguments import ClaimId
from cli.output import AsJson, conclude, open_steps, print_json
from cli.problems import DONE, REFUSED, BadInput, Refused
from store.claims.kind import ClaimStepRunner
from store.claims.replaying import Kept, claim_ids, kept, load_known
from store.engine.messages import UnknownStream

HIDDEN = "(a wage, not shown)"


@dataclass(frozen=True)
class Replayed:
    """One claim replayed: how many events it has, and what came out otherwise."""

    claim_id: UUID
    events: int
    found: tuple[Found, ...]


def replay(
    claim_id: ClaimId | None = None,
    /,
    *,
    every: Annotated[bool, Parameter(name="--all", negative="", help="Replay every claim.")] = False,
    as_json: AsJson = False,
) -> int:
    """Decide everything in a claim again, by the law and the facts of then, and compare bit for bit.

    Each event by the law and the calendar that it names, as long as they are kept. Exit code 1 where one
    comes out otherwise, or cannot be replayed: its law or its calendar is not kept, or it is unreadable.
    """
    return conclude(replay_claims(claim_id, every=every, as_json=as_json))


async def replay_claims(claim_id: UUID | None, *, every: bool, as_json: bool) -> int:
    """Replay one claim or all; Refused where there is none, or neither or both were asked for."""
    if every == (claim_id is not None):
        raise BadInput("give the id of a claim, or --all")
    claims, events, differing = 0, 0, list[Replayed]()
    async with open_steps() as steps:
        known = await kept(steps.pool, steps.law)
        for each in [claim_id] if claim_id is not None else await claim_ids(steps.pool):
            replayed = await replay_one(steps, each, known)
            claims, events = claims + 1, events + replayed.events
            if replayed.found:
                differing.append(replayed)
            if not as_json:
                _print_found(replayed)
    found = [each for replayed in differing for each in replayed.found]
    left = sum(isinstance(each, NotReplayed) for each in found)
    if as_json:
        print_json(
            {"claims": claims, "events": events - left, "not_replayed": left, "differences": told(differing)}
        )
    else:
        not_replayed = f", {left} not replayed" if left else ""
        print(
            f"{claims} claims, {events - left} events replayed, {len(found) - left} differences{not_replayed}"
        )
    return REFUSED if differing else DONE


async def replay_one(steps: ClaimStepRunner, claim_id: UUID, known: Kept) -> Replayed:
    """Replay one claim by the laws and the calendars that are kept; Refused where there is none."""
    stream = await load_known(steps.pool, claim_id)
    if not stream:
        raise Refused(str(UnknownStream(f"no claim {claim_id}")))
    return Replayed(claim_id, len(stream), tuple(known.replay(stream)))


def told(differing: list[Replayed]) -> list[dict[str, object]]:
    """Every difference as JSON: claim, version, types, and the fields that differ."""
    return [
        {"claim_id": replayed.claim_id, **_facts(found)} for replayed in differing for found in replayed.found
    ]


def _facts(found: Found) -> dict[str, object]:
    if isinstance(found, NotReplayed):
        return {"version": found.version, "type": found.type, "not_replayed": found.why}
    return {
        "version": found.version,
        "recorded": None if found.recorded is None else found.recorded.type,
        "replayed": None if found.replayed is None else found.replayed.type,
        "fields": {
            name: {"recorded": was, "replayed": now}
            for name, was, now in fields(found.recorded, found.replayed)
        },
    }


def fields(recorded: Event | None, replayed: Event | None) -> list[tuple[str, object, object]]:
    """The fields of two events of one type that differ: name, as recorded, as it comes out now."""
    if recorded is None or replayed is None or recorded.type != replayed.type:
        return []
    was, now = recorded.model_dump(mode="json"), replayed.model_dump(mode="json")
    return [
        (name, _shown(name, was.get(name)), _shown(name, now.get(name)))
        for name in {**was, **now}
        if was.get(name) != now.get(name)
    ]


def _shown(name: str, value: object) -> object:
    """A value without the wage; of reasons what they came to."""
    if "wage" in name or name in ("was_idr", "becomes_idr"):
        return HIDDEN
    if name == "reasons" and isinstance(value, list):
        return [f"{each['condition']}: {each['result']} ({each['ground']})" for each in value]
    return value


def _print_found(replayed: Replayed) -> None:
    for found in replayed.found:
        print(f"claim/{replayed.claim_id}, event {found.version}: {_line(found)}")
        if not isinstance(found, NotReplayed):
            for name, was, now in fields(found.recorded, found.replayed):
                print(f"    {name}: recorded {was}, now {now}")


def _line(found: Found) -> str:
    if isinstance(found, NotReplayed):
        return f"{found.type} is not replayed: {found.why}"
    if found.recorded is None:
        assert found.replayed is not None, "a difference has one side at least"
        return f"nothing of the kind was recorded, {found.replayed.type} comes out now"
    if found.replayed is None:
        return f"{found.recorded.type} was recorded, nothing comes out now"
    if found.recorded.type != found.replayed.type:
        return f"{found.recorded.type} was recorded, {found.replayed.type} comes out now"
    return f"{found.recorded.type} comes out otherwise"
