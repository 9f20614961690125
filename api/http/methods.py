"""The methods of an address: HEAD where GET is, OPTIONS everywhere, and what a 405 names as allowed."""

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import ProblemFound, render

TOLD_OUTSIDE = ("route", "path_params")


class Methods:
    """Answers HEAD like GET without its body, and OPTIONS, and a method that the address does not have."""

    def __init__(self, app: ASGIApp, addresses: Sequence[Route]) -> None:
        self._app = app
        self._addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        allowed = self._allowed(scope["path"]) if scope["type"] == "http" else ()
        if not allowed or (scope["method"] in allowed and scope["method"] not in ("HEAD", "OPTIONS")):
            await self._app(scope, receive, send)
        elif scope["method"] not in allowed:
            refused = ProblemFound("method_not_allowed", headers={"Allow": ", ".join(allowed)})
            await render(refused, scope["state"]["request_id"])(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await Response(status_code=204, headers={"Allow": ", ".join(allowed)})(scope, receive, send)
        else:
            await self._like_get(scope, receive, send)

    async def _like_get(self, scope: Scope, receive: Receive, send: Send) -> None:
        inside = dict(scope, method="GET")

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app(inside, receive, without_body)
        scope.update({name: inside[name] for name in TOLD_OUTSIDE if name in inside})

    def _allowed(self, path: str) -> tuple[str, ...]:
        """The methods of an address; none of one that does not exist."""
        found = {
            method
            for address in self._addresses
            if address.path_regex.match(path)
            for method in address.methods or ()
        }
        if not found:
            return ()
        return tuple(sorted(found | ({"HEAD"} if "GET" in found else set()) | {"OPTIONS"}))
