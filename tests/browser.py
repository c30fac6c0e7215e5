"""A real browser for tests: Chromium without a window, led over the pipe of its DevTools protocol.

Needs no package: the protocol is JSON with a zero byte behind each message, on file descriptors 3
and 4 of the browser (https://chromedevtools.github.io/devtools-protocol/).
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 30.0
"""Seconds for an answer of the browser; it gives most in milliseconds."""
FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
)
KEYS = {
    "Enter": ("Enter", 13, "\r"), "Space": (" ", 32, " "), "Escape": ("Escape", 27, ""),
    "Tab": ("Tab", 9, ""), "Home": ("Home", 36, ""), "End": ("End", 35, ""),
    "ArrowRight": ("ArrowRight", 39, ""), "ArrowLeft": ("ArrowLeft", 37, ""),
}  # fmt: skip


def chromium() -> str | None:
    """Its program; None where it is not there, and on Windows, which hands on no such pipes."""
    if os.name == "nt":
        return None
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


class Browser:
    """One tab that remembers what it asked for and what went wrong in it."""

    def __init__(self, into: int, out: int) -> None:
        self._into, self._out = into, out
        self._number = 0
        self._read = b""
        self._events: list[dict[str, Any]] = []
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        attached = self._send("Target.attachToTarget", targetId=target, flatten=True)
        self._session: str | None = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        result: dict[str, Any] = self._send(method, session=self._session, **parameters)
        return result

    def _send(self, method: str, *, session: str | None = None, **parameters: Any) -> Any:
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._into, json.dumps(message).encode() + b"\0")
        while True:
            received = self._next()
            if received.get("id") == number:
                assert "error" not in received, received["error"]
                return received["result"]
            self._events.append(received)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._out], [], [], PATIENCE)
            assert ready, "the browser says nothing"
            more = os.read(self._out, 1 << 20)
            assert more, "the browser went away"
            self._read += more
        message, self._read = self._read.split(b"\0", 1)
        received: dict[str, Any] = json.loads(message)
        return received

    def open(self, page: Path | str) -> None:
        """A file, or an address."""
        self._events.clear()
        address = page if isinstance(page, str) else page.as_uri()
        self.through(lambda: self.send("Page.navigate", url=address))

    def through(self, act: Callable[[], object]) -> None:
        """Do what leads to another page, until that is there."""
        before = self._loaded
        act()
        while self._loaded == before:
            self._events.append(self._next())

    @property
    def _loaded(self) -> int:
        return len([one for one in self._events if one["method"] == "Page.loadEventFired"])

    def look(self, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def run(self, script: str) -> Any:
        """The value of an expression or of the promise that it is; fails where it throws."""
        done = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until the expression holds, looked at whenever the page is drawn."""
        self.run(
            f"""new Promise((done, fail) => {{
              const late = setTimeout(() => fail(new Error({json.dumps(condition)})), 25000);
              const look = () => {{
                if ({condition}) {{ clearTimeout(late); done(); }} else requestAnimationFrame(look);
              }};
              look();
            }})"""
        )

    def click(self, element: str) -> None:
        """In the middle of what the expression gives, as a mouse does."""
        x, y = self.run(
            f"(() => {{ const e = {element}; e.scrollIntoView({{block: 'center'}});"
            " const b = e.getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, name: str) -> None:
        key, code, text = KEYS[name]
        for kind in ("keyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent",
                type=kind, key=key, code=name, windowsVirtualKeyCode=code,
                text=text if kind == "keyDown" else "",
            )  # fmt: skip

    def picture(self, path: Path, *, whole: bool = True) -> None:
        taken = self.send("Page.captureScreenshot", captureBeyondViewport=whole, format="png")
        path.write_bytes(base64.b64decode(taken["data"]))

    def printed(self, path: Path) -> None:
        done = self.send("Page.printToPDF", printBackground=False, preferCSSPageSize=True)
        path.write_bytes(base64.b64decode(done["data"]))

    @property
    def requests(self) -> list[str]:
        """Addresses asked for since the page was opened; what an address itself holds is not asked
        for, such as the sound in the page or the icons of the browser's own player."""
        self.run("0")  # brings in the events that are on their way
        asked = [e for e in self._events if e["method"] == "Network.requestWillBeSent"]
        addresses = [event["params"]["request"]["url"] for event in asked]
        return [address for address in addresses if not address.startswith("data:")]

    @property
    def problems(self) -> list[str]:
        """Errors and warnings since the page was opened."""
        self.run("0")
        bad = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
        return [json.dumps(event["params"]) for event in self._events if event["method"] in bad]


def speaking(sound: Path | None) -> tuple[str, ...]:
    """Flags for a microphone that says this file again and again; with None somebody refuses it.
    The tone is what Chromium gives where there is no file."""
    if sound is None:
        return ("--use-fake-device-for-media-stream", "--deny-permission-prompts")
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}",
    )


@contextmanager
def browser(profile: Path, *flags: str) -> Iterator[Browser]:
    import fcntl

    program = chromium()
    assert program, "skip where there is no browser"
    their_in, our_out = os.pipe()
    our_in, their_out = os.pipe()
    high_in, high_out = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (their_in, their_out))

    def place() -> None:
        os.dup2(high_in, 3)
        os.dup2(high_out, 4)

    root = ["--no-sandbox"] if os.getuid() == 0 else []  # Chromium's sandbox cannot run as root
    process = subprocess.Popen(
        [program, *FLAGS, *flags, *root, f"--user-data-dir={profile}", "about:blank"],
        preexec_fn=place,
        pass_fds=(3, 4),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for end in (their_in, their_out, high_in, high_out):
        os.close(end)
    try:
        yield Browser(our_out, our_in)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        os.close(our_out)
        os.close(our_in)
