"""No test may reach for anything but this machine.

Python tells of each connection and look-up before it is made. In a test's own process `watch`
listens to that; in the processes that it starts this very file does, as their `sitecustomize`.
Libraries that are not written in Python tell nothing: for them there is `apart`."""

import os
import sys
from typing import Any

LOG = "REHEARSE_TESTS_REACHED"
"""The variable that names the file in which every attempt is noted."""
_ADDRESSED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"}
_LOOKED_UP = {
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
}
_HERE = {"::1", "localhost", "0.0.0.0", "::"}
"""The last two are every address of this machine, at which servers listen."""


class Reached(BaseException):
    """Something outside this machine was asked for; no `except Exception` may swallow it."""


def watch() -> None:
    """From now to the end of this process; there is no way back."""
    sys.addaudithook(_hook)


def caught() -> list[str]:
    """What was reached for since the last call, by this process and those that it started."""
    try:
        with open(os.environ[LOG]) as file:  # noqa: PTH123  (starts with every process)
            found = file.read().splitlines()
    except FileNotFoundError:
        return []
    os.unlink(os.environ[LOG])  # noqa: PTH108
    return found


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _ADDRESSED:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in _LOOKED_UP:
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
    else:
        return
    if not _is_here(host):
        _refuse(f"{event} {host}")


def _is_here(host: object) -> bool:
    """A path, as of PulseAudio, is no host; nor is None, which is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    return not isinstance(name, str) or name in _HERE or name.startswith("127.")


def _refuse(what: str) -> None:
    if LOG in os.environ:
        with open(os.environ[LOG], "a") as file:  # noqa: PTH123
            file.write(what + "\n")
    raise Reached(what)


if __name__ == "sitecustomize":
    watch()
