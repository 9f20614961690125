"""`/health/live`, `/health/ready` and the gauges of the relay, on one port of the worker."""

import asyncio
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from store.database import DatabaseRefused, Pool
from store.process.admission import Admission
from store.process.standing import POSTGRESQL, TEMPORAL, Standing, described
from store.scheduling.wakeups import seconds_unheard

READY_SECONDS = 3
AskTemporal = Callable[[], Awaitable[object]]


class Health:
    """A small HTTP server, alive from the start; `begin` says what it is ready with."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._pool: Pool | None = None
        self._admission = Admission()
        self._ask_temporal: AskTemporal | None = None
        self._registry = CollectorRegistry()
        self._unheard = Gauge(
            "jkp_wakeup_unheard_seconds", "Age of the oldest wanted wake-up", registry=self._registry
        )
        self._sending = Gauge("jkp_orders_sending", "Orders being sent", registry=self._registry)
        self._overdue = Gauge(
            "jkp_due_overdue_seconds",
            "Programme seconds since the oldest due instant",
            registry=self._registry,
        )

    def begin(self, pool: Pool, admission: Admission, ask_temporal: AskTemporal) -> None:
        """The worker works: it is ready as long as both answer, and the database admits it."""
        self._pool, self._admission, self._ask_temporal = pool, admission, ask_temporal

    async def serve(self, port: int, address: str = "127.0.0.1") -> asyncio.Server:
        """Listen on a port of an address."""
        return await asyncio.start_server(self._answer, address, port)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await asyncio.wait_for(reader.readline(), 5)
            path = request.split(b" ")[1].decode("ascii", "replace") if b" " in request else "/"
            status, body = await self._respond(path)
            head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
        except (OSError, TimeoutError):
            pass
        finally:
            writer.close()

    async def _respond(self, path: str) -> tuple[str, bytes]:
        match path:
            case "/health/live":
                return "200 OK", b"live\n"
            case "/health/ready":
                reason = await self._why_not_ready()
                if reason is None:
                    return "200 OK", b"ready\n"
                return "503 Unavailable", f"not ready: {reason}\n".encode()
            case "/metrics":
                await self._measure()
                return "200 OK", generate_latest(self._registry)
            case _:
                return "404 Not Found", b"no such page\n"

    async def _why_not_ready(self) -> str | None:
        if self._pool is None or self._ask_temporal is None:
            return self._standing.reason or "it has just begun"
        for part, answers in ((POSTGRESQL, self._admitted(self._pool)), (TEMPORAL, self._ask_temporal())):
            try:
                await asyncio.wait_for(answers, READY_SECONDS)
            except DatabaseRefused as refused:
                return str(refused)
            except Exception as error:
                return f"{part}: {described(error)}"
        return None

    async def _admitted(self, pool: Pool) -> None:
        async with pool.acquire() as connection:
            await self._admission.check(connection)

    async def _measure(self) -> None:
        if self._pool is None:
            return
        self._unheard.set(await seconds_unheard(self._pool))
        self._sending.set(
            await self._pool.fetchval("select count(*) from payment_orders where state = 'sending'")
        )
        self._overdue.set(
            await self._pool.fetchval(
                "select coalesce(max(extract(epoch from programme_at + (clock_timestamp() - real_at) * speed"
                " - due_at)), 0) from wakeups, clock where due_at is not null"
            )
        )
