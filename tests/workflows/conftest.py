from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.engine import Engine, running_engine
from support.store_world import StoreWorld

from sandbox.servers.temporal_server import TemporalServer


@pytest.fixture
async def engine(world: StoreWorld, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[Engine]:
    async with running_engine(world, temporal, tmp_path) as running:
        await running.insured()
        yield running
