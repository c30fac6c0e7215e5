"""A network of its own for a program: nobody else is in it, and the kernel counts every attempt.

Sockets that are files, such as PulseAudio's, work on. It sees what `guard` cannot: libraries that
are not written in Python. Run as a program it starts the one that it is given."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

COUNTED = "REHEARSE_TESTS_COUNTED"
"""The variable that names the file to which the kernel's counts are added."""
NETWORK = ("unshare", "--map-root-user", "--net")
WITHIN = (*NETWORK, sys.executable, "-S", __file__)
ATTEMPTS = (
    "Ip:OutRequests",
    "Ip:OutNoRoutes",
    "Udp:OutDatagrams",
    "Tcp:ActiveOpens",
    "Ip6OutRequests",
    "Ip6OutNoRoutes",
)
_SET_FLAGS, _UP = 0x8914, 1


def missing() -> str:
    """Why a program can have no network of its own here; empty where it can."""
    if shutil.which("unshare") is None:
        return "unshare is not installed, as on systems other than Linux"
    tried = subprocess.run([*NETWORK, "true"], capture_output=True, text=True)
    return f"this user may not make a network namespace: {tried.stderr}" if tried.returncode else ""


def attempts(counted: Path) -> dict[str, int]:
    """What left, or would have left, the programs that were run; without what nobody tried."""
    totals: dict[str, int] = {}
    names: list[str] = []
    for line in counted.read_text("utf-8").splitlines():
        first, *rest = line.split()
        if not first.endswith(":"):
            totals[first] = totals.get(first, 0) + int(rest[0])
        elif names[:1] == [first]:
            for name, value in zip(names[1:], rest, strict=True):
                totals[first + name] = totals.get(first + name, 0) + int(value)
            names = []
        else:
            names = [first, *rest]
    return {name: totals[name] for name in ATTEMPTS if totals[name]}


def _wake_loopback() -> None:
    """While it is down, the kernel does not count what goes to addresses of IPv6."""
    import fcntl
    import socket

    with socket.socket() as any_one:
        fcntl.ioctl(any_one, _SET_FLAGS, struct.pack("16sh", b"lo", _UP))


def _counts() -> str:
    return "".join(Path(f"/proc/net/{name}").read_text() for name in ("snmp", "snmp6"))


def main(command: list[str]) -> int:
    _wake_loopback()
    code = subprocess.call(command)
    with Path(os.environ[COUNTED]).open("a") as file:
        file.write(_counts())
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
