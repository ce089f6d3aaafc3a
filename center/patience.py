"""HTTP connections are waited for no longer than is sensible, however slowly something drips (slow loris).

uvicorn gives time only to connections that say nothing after an answer; one byte a minute, or silence from
the start, would hold a place for ever. Bodies have a limit of their own (`http.reading`).
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


class PatientProtocol(H11Protocol):
    """`patience_s` from the connection, or the last answer, until the next request is being worked on."""

    patience_s = 75.0  # as long as a station keeps a connection warm, and a little more
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline:
            self._deadline.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(self.patience_s, self._give_up)

    def _give_up(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()
