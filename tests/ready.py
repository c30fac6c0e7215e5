"""Programs that start at once: each is forked from a process that has read all libraries.

Starting `rehearse` costs half a second of a processor, most of it for reading libraries, and the
tests start it some hundred times. A program that is forked is a process of its own in all else: its
environment, its streams, its terminal and its end. Those whose start itself is tried, and those
whose environment is read by Python or a library when it starts, are started anew.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
READ_AT_START = ("PYTHON", "LC_", "LANG", "OMP_", "OPENBLAS_", "MKL_", "KMP_", "CT2_", "LD_", "TZ")
"""Beginnings of the names of variables that must be as they were when the libraries were read."""
LIBRARIES = (
    *("numpy", "av", "onnxruntime", "ctranslate2", "faster_whisper", "tokenizers", "jinja2"),
    *("markdown_it", "fsrs", "rapidfuzz", "platformdirs", "filelock", "json", "argparse"),
    *("rich.live", "rich.progress", "rich.table", "rich.panel", "rich.markdown", "rich.status"),
)
"""Not sounddevice, which looks for devices when it is read."""
_REQUEST = 1 << 20
_STATUS = struct.Struct("i")


class Program:
    """Like `subprocess.Popen`, as far as tests need it."""

    def __init__(self, told: int) -> None:
        self._told = told
        """Gives the process's id, and when it has ended its status."""
        self.pid = self._number()
        self.returncode: int | None = None

    def _number(self) -> int:
        return int(_STATUS.unpack(os.read(self._told, _STATUS.size))[0])

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.returncode = os.waitstatus_to_exitcode(self._number())
            os.close(self._told)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("rehearse", timeout or 0.0)
            self.poll()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def can_start(environment: Mapping[str, str]) -> bool:
    return sys.platform == "linux" and _early(environment) == _early(os.environ)


def start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    streams: tuple[int, int, int],
    *,
    folder: Path | None = None,
    umask: int = -1,
    terminal: bool = False,
) -> Program:
    """Where `can_start`. With a `terminal`, its first stream is the one it is steered from."""
    told, telling = os.pipe()
    order = {
        "arguments": list(arguments),
        "environment": dict(environment),
        "folder": str(folder or Path.cwd()),
        "umask": umask,
        "terminal": terminal,
    }
    socket.send_fds(_server(), [json.dumps(order).encode()], [*streams, telling])
    os.close(telling)
    return Program(told)


def run(
    arguments: Sequence[str], environment: Mapping[str, str], *, timeout: float
) -> subprocess.CompletedProcess[str]:
    """Without a terminal and with nothing to read."""
    outs, errs = (os.pipe() for _ in range(2))
    with Path(os.devnull).open("rb") as nothing:
        program = start(arguments, environment, (nothing.fileno(), outs[1], errs[1]))
    os.close(outs[1])
    os.close(errs[1])
    out, err = _read({outs[0]: bytearray(), errs[0]: bytearray()}, time.monotonic() + timeout)
    code = program.wait(timeout)
    text = (part.decode("utf-8", "replace").replace("\r\n", "\n") for part in (out, err))
    return subprocess.CompletedProcess(list(arguments), code, *text)


def _read(parts: dict[int, bytearray], until: float) -> list[bytes]:
    open_ones = set(parts)
    while open_ones:
        ready = select.select([*open_ones], [], [], max(0.0, until - time.monotonic()))[0]
        assert ready, "the program went on for too long"
        for descriptor in ready:
            block = os.read(descriptor, 1 << 16)
            parts[descriptor] += block
            if not block:
                os.close(descriptor)
                open_ones.remove(descriptor)
    return [bytes(part) for part in parts.values()]


def _early(environment: Mapping[str, str]) -> dict[str, str]:
    """The folders in which Python looks for modules are the tests' own."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(READ_AT_START) and name not in ("PYTHONPATH", "PYTHONWARNINGS")
    }


@cache
def _server() -> socket.socket:
    """One for each process of the tests; it ends with that process, whose socket is closed then."""
    here, there = socket.socketpair()
    with there:
        subprocess.Popen(
            [sys.executable, "-m", "tests.ready", str(there.fileno())],
            pass_fds=[there.fileno()],
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            start_new_session=True,
        )
    return here


def _serve(asked: socket.socket) -> list[str]:
    """Returns in a process of its own for each program, with what it is given."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(asked, _REQUEST, 4)
        if not message:
            os._exit(0)
        order = json.loads(message)
        if os.fork() == 0:
            asked.close()
            telling = descriptors[3]
            if (program := os.fork()) == 0:
                os.close(telling)
                return _become(order, descriptors[:3])
            _mind(program, telling, descriptors[:3])
        for descriptor in descriptors:
            os.close(descriptor)
        _bury()


def _mind(program: int, telling: int, streams: Sequence[int]) -> None:
    """Tell the tests how it ended. Does not return."""
    for stream in (0, 1, 2, *streams):
        os.close(stream)
    os.write(telling, _STATUS.pack(program))
    _, status = os.waitpid(program, 0)
    with suppress(BrokenPipeError):
        os.write(telling, _STATUS.pack(status))
    os._exit(0)


def _bury() -> None:
    """Minders that are done."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become(order: dict[str, Any], streams: Sequence[int]) -> list[str]:
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    if order["terminal"]:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(order["folder"])
    if order["umask"] != -1:
        os.umask(order["umask"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors, closefd=False, buffering=buffering)  # noqa: SIM115
        for number, mode, errors, buffering in (
            (0, "r", "surrogateescape", -1),
            (1, "w", "surrogateescape", 1 if os.isatty(1) else -1),
            (2, "w", "backslashreplace", 1),
        )
    )
    arguments: list[str] = order["arguments"]
    return arguments


def _read_libraries() -> None:
    """Without the threads that some start to tell their makers: a fork would have them no more."""
    import rehearse
    import rehearse.commands
    from rehearse.speech import telemetry

    telemetry.switch_off()
    for package in (rehearse, rehearse.commands):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.freeze()  # what is here stays: no program need look through it


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        _read_libraries()
        given = _serve(asked)
    sys.argv = ["rehearse", *given]
    runpy.run_module("rehearse", run_name="__main__", alter_sys=True)
