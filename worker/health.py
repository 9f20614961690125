"""`/health/live`, `/health/ready` and the gauges of the relay, on one port of the worker."""

import asyncio
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from store.database import Pool
from store.wakeups import seconds_unheard


class Health:
    """A small HTTP server; `ready` raises or returns False where the worker cannot work."""

    def __init__(self, pool: Pool, ready: Callable[[], Awaitable[bool]]) -> None:
        self._pool = pool
        self._ready = ready
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
                return (
                    ("200 OK", b"ready\n") if await self._is_ready() else ("503 Unavailable", b"not ready\n")
                )
            case "/metrics":
                await self._measure()
                return "200 OK", generate_latest(self._registry)
            case _:
                return "404 Not Found", b"no such page\n"

    async def _is_ready(self) -> bool:
        try:
            return await asyncio.wait_for(self._ready(), 3)
        except Exception:
            return False

    async def _measure(self) -> None:
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
