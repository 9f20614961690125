"""Every direct signal with every field replaced by every nasty value, on the real store, in one workflow."""

import base64
import json
from typing import Any

from support.nasty_values import NASTY, filled, places_of, with_hole
from support.store_world import StoreWorld
from temporalio.testing import ActivityEnvironment

from activities.contracts import InboxEntry, StepInput
from activities.step.step_activity import StepActivities
from claims.commands.command import DIRECT_COMMAND
from law.limits import is_storable
from store.claims.history import recorded_events

BATCH = 50
GOOD = {"source": "ui", "message_id": "good-1", "attended_on": "2025-02-10", "office": "disnaker-3273"}
EXAMPLES: dict[str, dict[str, Any]] = {
    "self_assessment": {"form_version": "asesmen-1", "completed_on": "2025-02-10"},
    "job_applications": {
        "efforts": [{"reference": "1", "company": "PT Satu", "position": "operator", "done_on": "2025-02-10"}]
    },
    "counselling": {"attended_on": "2025-02-10", "office": "disnaker-3273"},
    "training_attendance": {
        "provider": "lpk-1",
        "course": "las-1",
        "sessions": [{"session": "1", "held_on": "2025-02-10", "attendance": "attended"}],
    },
    "certification": {"month": 2, "without_work": True},
    "reemployment": {"since": "2025-02-10"},
    "withdrawal": {"reason": "moved"},
}


def inbox() -> list[InboxEntry]:
    """Every signal with every nasty value in each field and in its identity; as name, as whole content."""
    schema = DIRECT_COMMAND.json_schema()
    entries = []
    for number, (name, example) in enumerate(EXAMPLES.items()):
        said = {"source": "ui", "message_id": f"{number}", **example}
        fields = places_of({"$ref": schema["discriminator"]["mapping"][name]}, said, schema["$defs"])
        # The kind of a signal is its name, whatever its content says.
        places = dict.fromkeys(place for place in fields if place != ("kind",))
        for place in (("source",), ("message_id",), ("recorded",), *places):
            holed = with_hole(said | {"message_id": f"{number}-{place}"}, place)
            entries += [_entry(name, filled(holed, value)) for value in NASTY.values()]
    for value in NASTY.values():
        content = filled('"@@here@@"', value)
        entries += [_entry("withdrawal", content), _entry(value.strip('"')[:500], b"{}")]
    return [*entries, _entry("", b""), _entry("withdrawal\x00", b"\xff"), _entry("a\ud800", b"{}")]


def _entry(name: str, content: bytes) -> InboxEntry:
    return InboxEntry(name, base64.b64encode(content).decode(), "")


def test_every_direct_signal_is_among_them() -> None:
    assert EXAMPLES.keys() == DIRECT_COMMAND.json_schema()["discriminator"]["mapping"].keys()
    assert len(inbox()) > 1500


async def test_no_signal_stops_a_claim_and_each_is_recorded_or_refused_at_the_first_try(
    world: StoreWorld,
) -> None:
    approved = await world.approved()
    said = await world.pool.fetchval("select count(*) from messages")
    activities, entries = StepActivities(world.steps, 15.0), inbox()
    for start in range(0, len(entries), BATCH):
        given = StepInput(str(approved.stream_id), entries[start : start + BATCH])
        await ActivityEnvironment().run(activities.step, given)

    [row] = await world.pool.fetch("select wanted, seen from wakeups where workflow_id like 'claim/%'")
    assert row["seen"] == row["wanted"]
    events = [recorded.event for recorded in await recorded_events(world.pool, approved.stream_id)][
        approved.version :
    ]
    refused = [event for event in events if event.type == "message_refused"]
    kept = await world.pool.fetchval("select count(*) from messages") - said
    distinct = len({(entry.name, entry.content) for entry in entries})
    # Two spellings of one value under one id are one message; whatever else came is kept or refused.
    assert 0 <= distinct - kept <= 2
    assert len(refused) > 2000
    assert all(is_storable(event.name, 120) for event in refused)
    told = InboxEntry("counselling", base64.b64encode(json.dumps(GOOD).encode()).decode(), "")
    await ActivityEnvironment().run(activities.step, StepInput(str(approved.stream_id), [told]))
    [*_, last] = await recorded_events(world.pool, approved.stream_id)
    assert (last.event.type, last.message_id) == ("counselling_attended", "good-1")
