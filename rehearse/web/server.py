"""The server: bound to this machine alone, and ended in order."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rehearse.errors import WrongUsage
from rehearse.web.guard import HOST, Guard, Way

if TYPE_CHECKING:
    import uvicorn

    from rehearse.web.holder import Holder
    from rehearse.web.program import Program

MOST_CONNECTIONS = 64
"""At a time; a page uses seven at most."""
MOST_WAITING = 32
LAST_WORDS = 3
"""Seconds in which connections must end when the program does."""


def serve(program: Callable[[], Program], port: int, opened: Callable[[str, str], None]) -> None:
    """Until a signal comes. `opened` gets the address, and one that leads there once, as soon as
    the port is ours; who asks before the program is there waits. Raises WrongUsage where the port
    is taken."""
    with _bound(port) as listening:
        way = Way.new(listening.getsockname()[1])
        opened(way.address, way.opening)
        _hold(program(), way, listening)


def _hold(program: Program, way: Way, listening: socket.socket) -> None:
    from rehearse.web.holder import Holder
    from rehearse.web.pages import pages

    holder = Holder(program)
    try:
        _run(Guard(pages(holder), way), listening, holder)
    finally:
        holder.close()


def _bound(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port), backlog=MOST_WAITING)
    except OSError as error:
        mend = "Another program uses it. Choose another, or leave out --port."
        raise WrongUsage(f"Port {port} is taken.", mend) from error


def _run(guard: Guard, listening: socket.socket, holder: Holder) -> None:
    import logging

    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: object) -> None:
            # Who waits for a page then is let go, and that is no error.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            holder.line.close()
            super().handle_exit(sig, frame)  # type: ignore[arg-type]

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """With that of a window that is closed, which it leaves out."""
            with super().capture_signals(), _answered("SIGHUP", self.handle_exit):
                yield

    Server(config(guard)).run(sockets=[listening])


@contextmanager
def _answered(name: str, handler: Callable[[int, object], None]) -> Iterator[None]:
    number = getattr(signal, name, None)  # Windows has no such signal
    if number is None:
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def config(guard: Guard) -> uvicorn.Config:
    """Nothing of a proxy is believed, and every size and time has its bound."""
    import uvicorn

    from rehearse.web.connection import bounded
    from rehearse.web.socket import LARGEST_FRAME

    return uvicorn.Config(
        guard,
        http=bounded(),
        ws="wsproto",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=LAST_WORDS,
        proxy_headers=False,
        server_header=False,
        date_header=False,
    )
