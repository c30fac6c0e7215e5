"""What must hold for every input, however hostile; what breaks it is kept as a finding."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from rehearse.errors import RehearseError

SLOW = 15.0
"""Seconds of processor time. An input has at most 200 kB, and the tracing of the fuzzer makes all
some four times slower."""
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no text for a terminal may hold."""
_CHANGING = {
    "os.rename": 1,
    "os.remove": 0,
    "os.mkdir": 0,
    "os.rmdir": 0,
    "os.truncate": 0,
    "os.chmod": 0,
    "os.link": 1,
    "os.symlink": 1,
    "shutil.rmtree": 0,
}
"""Audit events that change the disk, with the place of the path among their arguments."""
_OWN = "rehearse/"


class Finding(Exception):
    """A promise that an input broke."""


@dataclass
class Guard:
    """Runs one input after the other; `home` is the only folder that may be written to."""

    home: Path
    findings: Path
    """Folder for the inputs that broke something, one for each cause."""
    runs: int = 0
    causes: dict[str, int] = field(default_factory=dict)
    _written: list[str] = field(default_factory=list)
    _watching: bool = False

    def watch(self) -> None:
        """Listen to every file that Python opens or moves, from now on."""
        sys.addaudithook(self._heard)

    def run(self, target: Callable[[bytes], None], data: bytes) -> None:
        self.runs += 1
        self._written.clear()
        began = time.process_time()
        try:
            self._watching = True
            target(data)
        except RehearseError:
            pass
        except Exception as error:  # noqa: BLE001  (whatever comes out is a finding)
            self._watching = False
            self._keep(_place_of(error), error, data)
        finally:
            self._watching = False
        spent = time.process_time() - began
        if spent > SLOW:
            self._keep("slow", Finding(f"{spent:.1f} s of processor time"), data)
        if self._written:
            self._keep("outside", Finding(f"outside of the home: {self._written}"), data)

    def _heard(self, event: str, given: tuple[object, ...]) -> None:
        if not self._watching:
            return
        if event == "open":
            path, mode, flags = given
            writes = isinstance(flags, int) and flags & 0b11 and isinstance(path, str | bytes)
            if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
                self._wrote(path)
        elif event in _CHANGING:
            self._wrote(given[_CHANGING[event]])

    def _wrote(self, path: object) -> None:
        if not isinstance(path, str | bytes):
            return
        name = path.decode("utf-8", "replace") if isinstance(path, bytes) else path
        if not Path(os.path.realpath(name)).is_relative_to(self.home) and name != os.devnull:
            self._written.append(name)
            raise PermissionError(errno.EACCES, "the fuzzer lets nobody write here", name)

    def _keep(self, cause: str, error: BaseException, data: bytes) -> None:
        self.causes[cause] = self.causes.get(cause, 0) + 1
        name = sha256(cause.encode()).hexdigest()[:12]
        known = self.findings / f"{name}.bin"
        if known.exists() and known.stat().st_size <= len(data):
            return
        self.findings.mkdir(parents=True, exist_ok=True)
        known.write_bytes(data)
        told = "".join(traceback.format_exception(error))
        (self.findings / f"{name}.txt").write_text(f"{cause}\n\n{told}", "utf-8", "replace")


def _place_of(error: BaseException) -> str:
    """The kind of an error and the last line of ours that it passed: one cause, one name."""
    if isinstance(error, Finding):
        return str(error.args[0])
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _OWN in frame.filename]
    last = (own or list(frames))[-1]
    return f"{type(error).__name__} {Path(last.filename).name} {last.name}"


def check_shown(text: str, shown_by: str) -> None:
    """Raises Finding where a text for the terminal would steer it; a table's CSV ends its lines as
    Windows does."""
    plain = text.replace("\r\n", "\n")
    if found := STEERS.search(plain):
        around = plain[max(0, found.start() - 60) : found.end() + 60]
        raise Finding(f"{shown_by} steers the terminal", around)
