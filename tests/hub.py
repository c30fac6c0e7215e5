"""A small real server that speaks as much of huggingface.co as a download of a model needs."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

COMMIT = "a" * 40
LARGE = 10_000_000


class Hub:
    def __init__(self, repository: str, files: dict[str, bytes]) -> None:
        self.repository = repository
        self.files = files
        self.ranges: list[str] = []
        """The file and the bytes of every request for a part."""
        self.fetched: list[str] = []
        self.asked: list[str] = []
        self.tokens: list[str] = []
        self.agents: set[str] = set()
        self.stop_at: int | None = None
        """The byte of a file before which a reply stands still, until `go_on` is set."""
        self.go_on = threading.Event()
        self.address = ""

    def info(self) -> bytes:
        siblings = [self._sibling(name, content) for name, content in self.files.items()]
        told = {"id": self.repository, "sha": COMMIT, "siblings": siblings, "tags": []}
        return json.dumps({**told, "private": False, "downloads": 1, "likes": 1}).encode()

    def _sibling(self, name: str, content: bytes) -> dict[str, object]:
        known: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": "b" * 40}
        if len(content) > LARGE:
            checksum = hashlib.sha256(content).hexdigest()
            known["lfs"] = {"sha256": checksum, "size": len(content), "pointerSize": 134}
        return known

    def tree(self) -> bytes:
        return json.dumps(
            [
                {"type": "file", "path": name, "size": len(content), "oid": _etag(content)}
                for name, content in self.files.items()
            ]
        ).encode()


def _etag(content: bytes) -> str:
    return hashlib.sha1(content).hexdigest()


@contextmanager
def served(hub: Hub) -> Iterator[Hub]:
    class Handler(_Handler):
        pass

    Handler.hub = hub
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield hub
    finally:
        hub.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_POST(self) -> None:
        """Older clients ask for single paths of the tree."""
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = parse_qs(form)["paths"]
        entries = [entry for entry in json.loads(self.hub.tree()) if entry["path"] in asked]
        self._send(200, json.dumps(entries).encode(), body=True, kind="application/json")

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        hub = self.hub
        path = self.path.split("?")[0]
        hub.asked.append(path)
        hub.agents.add(self.headers.get("User-Agent", ""))
        if token := self.headers.get("Authorization"):
            hub.tokens.append(token)
        if path.startswith(f"/api/models/{hub.repository}/tree/"):
            self._send(200, hub.tree(), body=body, kind="application/json")
        elif path.startswith(f"/api/models/{hub.repository}"):
            self._send(200, hub.info(), body=body, kind="application/json")
        elif path.startswith(f"/{hub.repository}/resolve/"):
            self._file(path.split("/resolve/", 1)[1].split("/", 1)[1], body=body)
        else:
            self._send(404, b"{}", body=body, headers={"X-Error-Code": "RepoNotFound"})

    def _file(self, name: str, *, body: bool) -> None:
        content = self.hub.files[name]
        headers = {"ETag": f'"{_etag(content)}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        code = 200
        if (wanted := self.headers.get("Range")) and body:
            self.hub.ranges.append(f"{name} {wanted}")
            first, last = map(int, wanted.removeprefix("bytes=").split("-"))
            headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
            code, content = 206, content[first : last + 1]
            if self.hub.stop_at is not None and last >= self.hub.stop_at:
                self.hub.go_on.wait(60)
        if body:
            self.hub.fetched.append(name)
        self._send(code, content, body=body, headers=headers)

    def _send(
        self,
        code: int,
        content: bytes,
        *,
        body: bool,
        kind: str = "application/octet-stream",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(code)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            # Who asked may have left.
            with suppress(ConnectionError):
                self.wfile.write(content)
