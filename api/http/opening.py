"""How the API opens: at once where the database is there, else as soon as it comes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from api.http.receiving import Backend
from store.database import DatabaseRefused
from store.outages import is_outage
from store.process.standing import POSTGRESQL, Standing, until_there

Doors = Callable[[], AbstractAsyncContextManager[Backend]]
Refused = Callable[[DatabaseRefused], None]
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def opening(doors: Doors, refused: Refused | None) -> Lifespan:
    """The life of an application whose state holds `standing` and, as soon as there is one, its `door`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        standing: Standing = app.state.standing
        async with AsyncExitStack() as stack:

            async def open_once() -> None:
                app.state.backend = await stack.enter_async_context(doors())

            try:
                await open_once()
            except DatabaseRefused as refusal:
                if refused is None:
                    raise
                refused(refusal)
            except Exception as error:
                if not is_outage(error):
                    raise
                standing.lost(POSTGRESQL, error)
                waiting = asyncio.create_task(_open_later(open_once, standing, refused))
                stack.push_async_callback(_end, waiting)
            yield
            app.state.backend = None

    return lifespan


async def _open_later(
    open_once: Callable[[], Awaitable[None]], standing: Standing, refused: Refused | None
) -> None:
    try:
        await until_there(POSTGRESQL, open_once, standing, is_outage)
    except DatabaseRefused as refusal:
        standing.lost(POSTGRESQL, refusal)
        if refused is not None:
            refused(refusal)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
