"""Who may ask: pages of ours, on this machine, that know the way in.

Every address begins with a secret, since cookies are the same for all ports of a machine. What
another site sends carries its own Origin, and a name that it had pointed here another Host.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
LARGEST_BODY = 65_536
"""Bytes that a form may send."""
NOTES = "/import"
LARGEST_NOTES = 20_000_000
"""Bytes of a file of notes, with its pictures, which is sent to `NOTES` alone."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self' blob:;"
    " img-src 'self'; connect-src 'self' {socket}; frame-src 'self'; frame-ancestors 'none';"
    " base-uri 'none'; form-action 'self'"
)
FRAMED = "frame-ancestors 'self'"
"""For the page of a take, which has a policy of its own inside."""
HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
REFUSALS = {
    403: "This is for the page of rehearse only.",
    404: "There is nothing here. Use the address that 'rehearse web' printed.",
    405: "This cannot be done here.",
    411: "How long it is must be said first.",
    413: "That is too much.",
    421: "Use the address that 'rehearse web' printed: it begins with http://127.0.0.1.",
}


@dataclass(frozen=True)
class Way:
    """The way in: a port of this machine and a secret; another one leads in once."""

    port: int
    token: str
    once: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @classmethod
    def new(cls, port: int) -> Way:
        return cls(port, secrets.token_urlsafe(24))

    @property
    def opening(self) -> str:
        """What opens a browser is seen by other users' `ps`, so this is good for one time."""
        return f"{self.origin}/open/{self.once}"

    @property
    def host(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def address(self) -> str:
        return f"{self.origin}/{self.token}/"


class Guard:
    """Stands before the pages: refuses, or hands on without the secret, and sets what browsers are
    told with every answer."""

    def __init__(self, pages: ASGIApp, way: Way) -> None:
        self._pages = pages
        self._way = way
        self._is_open = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _Headers(scope.get("headers", ()))
        status = self._refused(scope, headers)
        if status == 404 and self._opens(scope):
            self._is_open = False
            await _answer(scope, send, 303, b"", {"location": self._way.address})
            return
        if status:
            await _answer(scope, send, status, REFUSALS[status].encode(), {})
            return
        inside = scope["path"].removeprefix(f"/{self._way.token}") or "/"
        handed = {**scope, "path": inside, "raw_path": inside.encode(), "root_path": ""}
        await self._pages(handed, receive, self._told(send))

    def _refused(self, scope: Scope, headers: _Headers) -> int:
        """A status; 0 for who may come in."""
        if headers.all("host") != [self._way.host]:
            return 421
        method = scope.get("method", "GET")
        origins = headers.all("origin")
        changes = scope["type"] == "websocket" or method not in ("GET", "HEAD")
        if (changes or origins) and origins != [self._way.origin]:
            return 403
        if not self._knows(scope["path"]):
            return 404
        if method not in ("GET", "HEAD", "POST"):
            return 405
        is_notes = scope["path"] == f"/{self._way.token}{NOTES}"
        most = LARGEST_NOTES if is_notes else LARGEST_BODY
        return _too_much(headers, most) if method == "POST" else 0

    def _knows(self, path: str) -> bool:
        given = unquote(path).split("/")[1:2]
        return bool(given) and secrets.compare_digest(given[0].encode(), self._way.token.encode())

    def _opens(self, scope: Scope) -> bool:
        path, wanted = scope["path"].encode(), f"/open/{self._way.once}".encode()
        is_asked = scope.get("method") == "GET" and secrets.compare_digest(path, wanted)
        return self._is_open and is_asked

    def _told(self, send: Send) -> Send:
        policy = POLICY.format(socket=f"ws://{self._way.host}")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                added = {"content-security-policy": policy, **HEADERS}
                message["headers"] = [
                    *message["headers"],
                    *(pair for pair in _encoded(added) if pair[0] not in own),
                ]
            await send(message)

        return sending


class _Headers:
    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._raw = list(raw)

    def all(self, name: str) -> list[str]:
        return [value.decode("latin-1") for key, value in self._raw if key == name.encode()]


def _too_much(headers: _Headers, most: int) -> int:
    length = headers.all("content-length")
    if len(length) != 1 or not length[0].isdecimal():
        return 411
    return 413 if len(length[0]) > 9 or int(length[0]) > most else 0


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def _answer(scope: Scope, send: Send, status: int, text: bytes, more: dict[str, str]) -> None:
    """Also to somebody who asked for a socket."""
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    policy = "default-src 'none'; frame-ancestors 'none'"
    headers = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(text)),
        "content-security-policy": policy,
        **HEADERS,
        **more,
    }
    start: dict[str, Any] = {"type": f"{kind}.start", "status": status}
    await send({**start, "headers": _encoded(headers)})
    await send({"type": f"{kind}.body", "body": b"" if scope.get("method") == "HEAD" else text})
