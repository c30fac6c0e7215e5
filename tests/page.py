"""A page by script: a web server of rehearse in this process, and one end of its socket."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Message,
    RejectConnection,
    Request,
    TextMessage,
)

from rehearse.web import server
from rehearse.web.ear import BrowserEar
from rehearse.web.guard import Guard, Way
from rehearse.web.holder import Holder
from rehearse.web.line import Line
from rehearse.web.messages import HEAD, Block, Deaf, Played
from rehearse.web.pages import pages
from rehearse.web.player import BrowserPlayer
from rehearse.web.program import Program

PATIENCE = 60.0


@dataclass(frozen=True)
class Reached:
    """A server somewhere, as its own page knows it."""

    way: Way

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> http.client.HTTPResponse:
        """Below the secret where `path` has no slash in front; as it stands otherwise."""
        with_host = {"Host": self.way.host, **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.way.port, timeout=PATIENCE)
        connection.putrequest(method, self.inside(path), skip_host=True, skip_accept_encoding=True)
        for name, value in with_host.items():
            connection.putheader(name, value)
        connection.endheaders(body or None)
        return connection.getresponse()

    def inside(self, path: str) -> str:
        return path if path.startswith("/") else f"/{self.way.token}/{path}"


@dataclass(frozen=True)
class Served(Reached):
    """One in this process."""

    holder: Holder


@contextmanager
def served(program: Program) -> Iterator[Served]:
    holder = Holder(program)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        way = Way.new(listening.getsockname()[1])
        guard = Guard(pages(holder), way)
        running = uvicorn.Server(server.config(guard))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield Served(way, holder)
        finally:
            holder.close()
            running.should_exit = True
            thread.join(PATIENCE)


@dataclass
class Page:
    """What it was told last of each kind, and how its socket ended."""

    latest: dict[str, dict[str, Any]] = field(default_factory=dict)
    closed: int | None = None
    refused: int | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def join(self, at: Reached, page: str = "0" * 16, **headers: str) -> Page:
        named = {"Origin": at.way.origin, "Host": at.way.host} | headers
        self._stream = socket.create_connection(("127.0.0.1", at.way.port), PATIENCE)
        self._wire = WSConnection(ConnectionType.CLIENT)
        extra = [(name.encode(), value.encode()) for name, value in named.items() if name != "Host"]
        target = at.inside(f"line?page={page}")
        opening = Request(host=named["Host"], target=target, extra_headers=extra)
        self._write(self._wire.send(opening))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def _write(self, data: bytes) -> None:
        with suppress(OSError):
            self._stream.sendall(data)

    def _read(self) -> None:
        while self.closed is None and self.refused is None:
            try:
                data = self._stream.recv(65536)
            except OSError:
                data = b""
            self._wire.receive_data(data or None)
            for event in self._wire.events():
                self._take(event)

    def _take(self, event: object) -> None:
        with self._changed:
            if isinstance(event, RejectConnection):
                self.refused = event.status_code
            elif isinstance(event, CloseConnection):
                self.closed = event.code
            elif isinstance(event, TextMessage):
                said = json.loads(event.data)
                self.latest[said["kind"]] = said
            elif isinstance(event, AcceptConnection):
                self.latest["accepted"] = {}
            self._changed.notify_all()

    def until(self, condition: Callable[[Page], object]) -> Page:
        """What the condition looks at need not have come yet."""

        def holds() -> object:
            with suppress(KeyError):
                return condition(self)
            return False

        with self._changed:
            assert self._changed.wait_for(holds, PATIENCE), self.latest
        return self

    def at(self, phase: str) -> Page:
        return self.until(lambda page: page.latest["stage"]["phase"] == phase)

    def spoken(self, seconds: float) -> Page:
        """Until the answer that is given has come that far."""
        return self.until(lambda page: page.latest["moment"]["elapsed"] >= seconds)

    def listening(self, after: int = 0) -> int:
        """The number under which sound is wanted now."""
        self.until(lambda page: page.latest["listen"]["ear"] > after)
        ear: int = self.latest["listen"]["ear"]
        return ear

    def say(self, **message: object) -> None:
        self.send(TextMessage(json.dumps(message)))

    def press(self, key: str) -> None:
        self.say(kind="press", key=key)

    def sound(
        self, ear: int, number: int, block: bytes, rate: int = 16_000, channels: int = 1
    ) -> None:
        self.send(BytesMessage(HEAD.pack(ear, number, rate, channels, 0) + block))

    def send(self, message: Message[Any]) -> None:
        self._write(self._wire.send(message))

    def drop(self) -> None:
        """The connection is lost, without a word."""
        self._stream.shutdown(socket.SHUT_RDWR)
        self._stream.close()
        self._reader.join(PATIENCE)


def soon(condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


@contextmanager
def speaking_page(block: bytes) -> Iterator[BrowserEar]:
    """An ear whose page says the block over and over, at the pace of sound."""
    line = Line()
    ear = BrowserEar(line)
    visit = line.join("a page", lambda: None)
    over = threading.Event()

    def speak() -> None:
        wanted = number = 0
        while not over.wait(0.1):
            for told in map(json.loads, line.taken(visit)):
                if told["kind"] == "listen":
                    wanted, number = told["ear"], 0
            if wanted:
                ear.hear("a page", Block(wanted, number, 16_000, 1, block))
                number += 1

    thread = threading.Thread(target=speak)
    thread.start()
    try:
        yield ear
    finally:
        over.set()
        thread.join()


def refusing_page() -> BrowserEar:
    """An ear whose page may not use the microphone."""
    line = Line()
    ear = BrowserEar(line)
    line.join("a page", lambda: threading.Timer(0.05, ear.fail, (Deaf("refused"),)).start())
    return ear


def playing_page(*, failed: bool = False) -> BrowserPlayer:
    """A player whose page has heard each clip at once, or could not."""
    line = Line()
    player = BrowserPlayer(line)

    def play() -> None:
        for told in map(json.loads, line.taken(visit)):
            if told["kind"] == "play" and told["clip"]:
                player.heard(Played(told["clip"], failed))

    visit = line.join("a page", lambda: None)
    visit.wake = lambda: threading.Thread(target=play).start()
    return player
