"""A connection that asks for nothing, or asks without end, is closed: each request has its time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_TIME = 10.0
"""Seconds in which a request must be here whole, the first from the moment of connecting."""


def bounded() -> type[H11Protocol]:
    """uvicorn itself bounds only the time between two requests."""
    import h11
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Bounded(H11Protocol):
        _limit: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._begin()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            is_socket = self.transport.get_protocol() is not self
            if is_socket or self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
                self._end()
            elif self._limit is None:
                self._begin()

        def connection_lost(self, exc: Exception | None) -> None:
            self._end()
            super().connection_lost(exc)

        def _begin(self) -> None:
            self._limit = self.loop.call_later(REQUEST_TIME, self.transport.abort)

        def _end(self) -> None:
            if self._limit is not None:
                self._limit.cancel()
                self._limit = None

    return Bounded
