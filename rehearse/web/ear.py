"""The microphone of the page, always as mono int16 at 16 kHz.

The page numbers its blocks and sends again what was not acknowledged, so a lost connection costs no
sample. A block counts as kept when the next one is asked for: by then it is on the disk.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from rehearse.audio.clock import SystemClock
from rehearse.audio.resample import ToSixteen
from rehearse.errors import EarFailed, EarLost
from rehearse.web.line import Line
from rehearse.web.messages import Block, Deaf, Kept, Listen, Malformed

OPENING = 10.0
"""Seconds until the first block of a page: a browser may ask for the microphone first."""
STALLED = 5.0
"""Seconds without a block of a page that is there, after which it counts as lost."""
MOST_WAITING = 4 << 20
"""Bytes; twenty seconds of what a page sends at most."""
LOOK = 0.1
WHY = {
    "refused": "The browser does not let this page use the microphone.",
    "missing": "The browser found no microphone.",
    "busy": "Another program uses the microphone, or it cannot be started.",
    "ended": "The microphone was unplugged or switched off.",
}
MEND = {
    "refused": "Click the sign beside the address, allow the microphone, and try again.",
    "missing": "Plug one in, and try again.",
    "busy": "Close the other program, and try again.",
    "ended": "Plug it in again or choose another one, and try again.",
}
NO_SOUND = "The page gave no sound any more."
NO_PAGE = "The page was closed or lost its connection."
KEPT = "What was heard is kept."


class BrowserEar:
    def __init__(self, line: Line) -> None:
        self._line = line
        self._number = 0
        self._hearing: BrowserHearing | None = None
        self._away = 0.0

    @contextmanager
    def open(self) -> Iterator[BrowserHearing]:
        with self._line.changed:
            self._number += 1
            self._hearing = hearing = BrowserHearing(self._line, self._number)
        self._line.show(Listen(self._number))
        try:
            hearing.begin()
            yield hearing
        finally:
            self._line.show(Listen(0))
            self._away += hearing.finish()

    def hear(self, page: str, block: Block) -> None:
        """From the page. Raises Malformed where it cannot be a block of ours."""
        with self._line.changed:
            if self._hearing and block.ear == self._number:
                self._hearing.hear(page, block)
                self._line.changed.notify_all()

    def fail(self, deaf: Deaf) -> None:
        """From the page."""
        with self._line.changed:
            if self._hearing:
                self._hearing.fail(deaf.why)
                self._line.changed.notify_all()

    @property
    def away(self) -> float:
        """Seconds in which a page was loaded again, while nothing could be heard."""
        return self._away + (self._hearing.away if self._hearing else 0.0)


class BrowserClock(SystemClock):
    """Stands still while a page is loaded again: nobody was too busy to hear."""

    def __init__(self, ear: BrowserEar) -> None:
        self._ear = ear

    def monotonic(self) -> float:
        return super().monotonic() - self._ear.away


class BrowserHearing:
    def __init__(self, line: Line, number: int) -> None:
        self._line = line
        self._number = number
        self._blocks: deque[tuple[str, Block]] = deque()
        self._waiting = 0
        self._page = ""
        self._next = 0
        """Number of the block that this page sends next."""
        self._last = time.monotonic()
        """When a block came."""
        self._why = ""
        self._finished = False
        self._given: tuple[str, int] | None = None
        self._format = (0, 0)
        self._convert: ToSixteen | None = None
        self.away = 0.0

    def hear(self, page: str, block: Block) -> None:
        """Raises Malformed. The lock is held."""
        now = time.monotonic()
        if page != self._page:
            self.away += now - self._last if self._page else 0.0
            self._page, self._next = page, 0
        if self._finished or block.number < self._next:
            return
        self._waiting += len(block.sound)
        if block.number > self._next or self._waiting > MOST_WAITING:
            raise Malformed
        self._next += 1
        self._last, self._why = now, ""
        self._blocks.append((page, block))

    def fail(self, why: str) -> None:
        self._why = why if why in WHY else "ended"

    def begin(self) -> None:
        """Wait for the first block. Raises EarFailed."""
        until = time.monotonic() + OPENING
        with self._line.changed:
            while not (self._blocks or self._line.leaving):
                if self._why:
                    raise EarFailed(WHY[self._why], MEND[self._why])
                if self._line.is_gone:
                    raise EarFailed(NO_PAGE, "Open it again.")
                if time.monotonic() >= until:
                    raise EarFailed(NO_SOUND, "Load it again.")
                self._line.changed.wait(LOOK)

    def finish(self) -> float:
        """From now on `read` gives what is still there, then b""; gives the seconds away."""
        with self._line.changed:
            self._finished = True
            away, self.away = self.away, 0.0
            return away

    def read(self, timeout: float) -> bytes | None:
        if self._given:
            self._line.show(Kept(self._given[0], self._number, self._given[1]))
            self._given = None
        if self._finished:
            return self._rest()
        with self._line.changed:
            self._line.changed.wait_for(lambda: self._blocks or self._why, timeout)
            if not self._blocks:
                self._look_for_loss()
                return None
            block = self._taken()
        return self._converted(block) or None

    def _look_for_loss(self) -> None:
        """Raises EarLost."""
        if self._why:
            raise EarLost(WHY[self._why], f"{KEPT} {MEND[self._why]}")
        if self._line.leaving:
            return
        if self._line.is_gone:
            raise EarLost(NO_PAGE, f"{KEPT} Open it again, and answer again.")
        wait = OPENING if self._line.page != self._page else STALLED
        if time.monotonic() >= max(self._last + STALLED, self._line.joined + wait):
            raise EarLost(NO_SOUND, f"{KEPT} Load it again, and answer again.")

    def _taken(self) -> Block:
        page, block = self._blocks.popleft()
        self._waiting -= len(block.sound)
        self._given = (page, block.number)
        return block

    def _converted(self, block: Block) -> bytes:
        before = b""
        if self._convert is None or self._format != (block.rate, block.channels):
            before = self._convert.rest() if self._convert else b""
            self._format = (block.rate, block.channels)
            self._convert = ToSixteen(*self._format)
        return before + self._convert.block(block.sound)

    def _rest(self) -> bytes:
        while self._blocks:
            if sound := self._converted(self._taken()):
                return sound
        return self._convert.rest() if self._convert else b""
