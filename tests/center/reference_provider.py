"""A provider of health codes to test against: what such services answer, and how they fail."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

DESCRIPTION = """
name = "省健康码"
url = "http://provider.test/v2/query?qr={token}"
timeout_ms = 300
keep_s = 300

[secrets]
X-Key = "provider.token"

[answer]
colour = "data.list.0.code"
as_of = "data.list.0.updated"
as_of_form = "iso"

[answer.values]
"00" = "green"
"01" = "yellow"
"10" = "red"
"""


class ReferenceProvider:
    """`colours` by token; asked how often, and with which key, is remembered."""

    def __init__(self) -> None:
        self.colours: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self.cookies: list[str] = []  # that came with the questions
        self.updated = "2022-04-15T13:00:00+08:00"
        self.slow = False
        self.app = Starlette(routes=[Route("/v2/query", self._query)])

    async def _query(self, request: Request) -> Response:
        token = request.query_params["qr"]
        self.asked.append((token, request.headers.get("X-Key", "")))
        self.cookies.append(request.headers.get("Cookie", ""))
        if self.slow:
            await asyncio.sleep(30)
        if token == "portal":
            return Response("<html>sign in</html>")
        if token not in self.colours:
            return JSONResponse({"error": "no such code"}, 404)
        entry = {"code": self.colours[token], "updated": self.updated}
        answer = JSONResponse({"data": {"list": [entry]}})
        answer.set_cookie(f"seen-{len(self.asked)}", "1")
        return answer
