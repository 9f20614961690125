"""What was stored must be read for ever: one recorded event of each type, as it stands in the database.

A file of tests/events is never changed, and a later shape of a type has a file beside it
(`<type>.<shape>.json`); an event whose shape no longer reads it breaks claims that exist.
"""

import json
from pathlib import Path
from typing import get_args

import pytest

from claims.events import EVENT, Event

RECORDED = Path(__file__).parents[2] / "events"
FILES = sorted(RECORDED.glob("*.json"))
TYPES = sorted(kind.model_fields["type"].default for kind in get_args(get_args(Event)[0]))


def test_each_event_type_has_a_recorded_event_and_none_was_dropped() -> None:
    assert sorted({path.name.split(".")[0] for path in FILES}) == TYPES
    assert len(TYPES) >= 58


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_recorded_event_reads_and_is_written_the_same(path: Path) -> None:
    recorded = path.read_bytes()
    event = EVENT.validate_json(recorded)
    assert event.type == path.name.split(".")[0]
    assert json.loads(EVENT.dump_json(event)) == json.loads(recorded)


@pytest.mark.parametrize("name", TYPES)
def test_an_event_refuses_a_field_that_it_does_not_know(name: str) -> None:
    recorded = json.loads((RECORDED / f"{name}.json").read_bytes())
    with pytest.raises(ValueError, match="unheard_of"):
        EVENT.validate_python({**recorded, "unheard_of": 1})
