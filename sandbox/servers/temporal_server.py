"""A Temporal server with its UI, its state in one file, ready for the claims before a worker starts."""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from sandbox.servers.processes import ManagedProcess, accepts_connections, free_port
from sandbox.servers.temporal_cli import find_temporal

__all__ = ["TemporalServer", "find_temporal"]

RETENTION = timedelta(days=90)  # left to itself the server forgets a closed workflow after 24 hours


class TemporalServer:
    """One development server on 127.0.0.1 whose ports and file outlive `stop`, `kill` and `start`.

    `search_attributes` maps names to types: Bool, Datetime, Double, Int, Keyword, KeywordList, Text. Pass all
    at the first start: one added later takes seconds to become visible. `dynamic_config` maps the server's
    setting names to JSON values.
    """

    def __init__(
        self,
        program: Path,
        folder: Path,
        search_attributes: Mapping[str, str],
        *,
        port: int | None = None,
        ui_port: int | None = None,
        namespace: str = "jkp",
        dynamic_config: Mapping[str, object] | None = None,
    ) -> None:
        self.program = program
        self.folder = folder.absolute()
        self.search_attributes = dict(search_attributes)
        self.port = port or free_port()
        self.ui_port = ui_port or free_port()
        self.namespace = namespace
        self.log = self.folder / "temporal.log"
        self._process = ManagedProcess(
            "Temporal", [program, *self._arguments(dynamic_config or {})], log=self.log, port=self.port
        )

    @property
    def address(self) -> str:
        """Host and port of the gRPC frontend."""
        return f"127.0.0.1:{self.port}"

    @property
    def ui_url(self) -> str:
        """Where the Temporal UI shows the workflows of the namespace."""
        return f"http://127.0.0.1:{self.ui_port}/namespaces/{self.namespace}/workflows"

    @property
    def running(self) -> bool:
        """Whether the server was started and has not ended."""
        return self._process.running

    @property
    def pid(self) -> int:
        """The server's process id; RuntimeError before the first start."""
        return self._process.pid

    def environment(self) -> dict[str, str]:
        """The variables with which a process reaches the server."""
        return {
            "TEMPORAL_ADDRESS": self.address,
            "TEMPORAL_NAMESPACE": self.namespace,
            "TEMPORAL_CONFIG_FILE": str(self._no_config),
        }

    async def start(self, within: float = 30.0) -> None:
        """Start, and wait until the namespace keeps closed workflows for RETENTION and knows the attributes.

        ProcessFailedError, with the log's last lines, if that takes longer than `within` real seconds.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._no_config.touch()
        await self._process.start(self._prepared, within)

    async def stop(self) -> None:
        """End the server in order; nothing is lost."""
        await self._process.terminate(within=15)

    async def kill(self) -> None:
        """End the server with SIGKILL, as a crash would."""
        await self._process.kill()

    async def connect(self) -> Client:
        """A plain client of the namespace."""
        return await Client.connect(self.address, namespace=self.namespace)

    @property
    def _no_config(self) -> Path:
        """An empty file, so that none of the user's own, with its keys and TLS, is taken for this server."""
        return self.folder / "temporal.toml"

    def _arguments(self, dynamic_config: Mapping[str, object]) -> list[str]:
        fixed = ["server", "start-dev", "--ip", "127.0.0.1", "--log-level", "warn", "--ui-disable-news-fetch"]
        return [
            *fixed,
            *("--db-filename", str(self.folder / "temporal.db")),
            *("--port", str(self.port)),
            *("--ui-port", str(self.ui_port)),
            *("--namespace", self.namespace),
            *_each("--search-attribute", self.search_attributes.items()),
            *_each("--dynamic-config-value", ((k, json.dumps(v)) for k, v in dynamic_config.items())),
        ]

    async def _prepared(self) -> bool:
        if not await accepts_connections(self.port):
            return False
        try:
            client = await self.connect()
            await self._set_retention(client)
            return await self._knows_attributes(client)
        except (RPCError, RuntimeError):
            return False

    async def _set_retention(self, client: Client) -> None:
        wanted = Duration()
        wanted.FromTimedelta(RETENTION)
        service = client.workflow_service
        found = await service.describe_namespace(DescribeNamespaceRequest(namespace=self.namespace))
        if found.config.workflow_execution_retention_ttl == wanted:
            return
        config = NamespaceConfig(workflow_execution_retention_ttl=wanted)
        await service.update_namespace(UpdateNamespaceRequest(namespace=self.namespace, config=config))

    async def _knows_attributes(self, client: Client) -> bool:
        request = ListSearchAttributesRequest(namespace=self.namespace)
        known = (await client.operator_service.list_search_attributes(request)).custom_attributes
        return all(known.get(name) == _indexed(kind) for name, kind in self.search_attributes.items())


def _each(flag: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [part for name, value in pairs for part in (flag, f"{name}={value}")]


def _indexed(kind: str) -> int:
    """The server's number for a type: KeywordList is INDEXED_VALUE_TYPE_KEYWORD_LIST."""
    words = "KEYWORD_LIST" if kind == "KeywordList" else kind.upper()
    return IndexedValueType.Value(f"INDEXED_VALUE_TYPE_{words}")
