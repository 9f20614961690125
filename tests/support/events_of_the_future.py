"""What a later version of the engine will have written, put into a real stream by the owner of its table."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sandbox.servers.postgres import PostgresServer

SECRET = "Budi 3171011203850001"
FUTURE = {
    "another type": {"type": "claim_of_the_future", "said": SECRET},
    "another field": {"type": "message_refused", "name": "wake", "ground": "malformed", "said": SECRET},
}


@asynccontextmanager
async def written_by_a_later_version(
    server: PostgresServer, database: str, stream_id: UUID, event: dict[str, str]
) -> AsyncIterator[None]:
    """The stream ends with an event of the future while the block lasts; then it is as before."""
    owner = await server.connect(database)
    before = await owner.fetchrow("select version, head from streams where stream_id = $1", stream_id)
    assert before is not None
    await owner.execute(
        "insert into events (stream_id, version, type, recorded_at, effective_at, actor, message_source,"
        " message_id, rules_version, calendar_version, payload, hash) "
        "values ($1, $2, $3, now(), now(), 'engine', 'engine', '', '', '', $4, $5)",
        stream_id,
        before["version"] + 1,
        event["type"],
        json.dumps(event).encode(),
        bytes(32),
    )
    await owner.execute(
        "update streams set version = version + 1, head = $2 where stream_id = $1", stream_id, bytes(32)
    )
    try:
        yield
    finally:
        await owner.execute(
            "delete from events where stream_id = $1 and version > $2", stream_id, before["version"]
        )
        await owner.execute(
            "update streams set version = $2, head = $3 where stream_id = $1", stream_id, *before.values()
        )
        await owner.close()
