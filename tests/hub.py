"""A small real server that speaks as much of huggingface.co as a download of a model needs."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "a" * 40


class Hub:
    def __init__(self, repository: str, files: dict[str, bytes]) -> None:
        self.repository = repository
        self.files = files
        self.ranges: list[str] = []
        """The Range header of every request that had one."""
        self.fetched: list[str] = []
        self.tokens: list[str] = []
        self.stop_after: int | None = None
        """Bytes of a file after which a reply stands still, until `go_on` is set."""
        self.go_on = threading.Event()
        self.address = ""

    def info(self) -> bytes:
        siblings = [{"rfilename": name} for name in self.files]
        return json.dumps(
            {"id": self.repository, "modelId": self.repository, "sha": COMMIT, "siblings": siblings}
        ).encode()

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

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        hub = self.hub
        path = self.path.split("?")[0]
        if token := self.headers.get("Authorization"):
            hub.tokens.append(token)
        if path.startswith(f"/api/models/{hub.repository}/tree/"):
            self._send(200, hub.tree(), body=body, kind="application/json")
        elif path.startswith(f"/api/models/{hub.repository}"):
            self._send(200, hub.info(), body=body, kind="application/json")
        elif path.startswith(f"/{hub.repository}/resolve/"):
            self._file(path.rsplit("/", 1)[1], body=body)
        else:
            self._send(404, b"{}", body=body, headers={"X-Error-Code": "RepoNotFound"})

    def _file(self, name: str, *, body: bool) -> None:
        content = self.hub.files[name]
        headers = {"ETag": f'"{_etag(content)}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        start = 0
        wanted = self.headers.get("Range")
        if wanted and body:
            self.hub.ranges.append(wanted)
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        if body:
            self.hub.fetched.append(name)
        self._send(206 if wanted and body else 200, content[start:], body=body, headers=headers)

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
        if not body:
            return
        stop = self.hub.stop_after
        if stop is not None and len(content) > stop and not self.hub.go_on.is_set():
            self.wfile.write(content[:stop])
            self.hub.go_on.wait(60)
            self.close_connection = True
            return
        self.wfile.write(content)
