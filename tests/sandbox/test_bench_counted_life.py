"""What a whole claim costs in Temporal: only a change of the code changes the count."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.bench.counts.six_months import Claimant
from sandbox.bench.counts.whole_claim import count_a_life
from sandbox.bench.ground import Ground
from sandbox.servers.postgres import PostgresServer
from sandbox.servers.temporal_server import TemporalServer


@pytest.fixture
def ground(postgres: PostgresServer, temporal: TemporalServer, tmp_path: Path) -> Iterator[Ground]:
    with pytest.MonkeyPatch.context() as patched:
        for variable, value in postgres.environment("postgres").items():
            patched.setitem(os.environ, variable, value)
        yield Ground(tmp_path, print, postgres=postgres, temporal=temporal)


async def test_six_months_with_thirty_pieces_of_evidence_cost_what_they_cost(ground: Ground) -> None:
    counts = await count_a_life(ground, Claimant.live_in_bursts)

    assert (counts.events, counts.actions) == (173, 62)
