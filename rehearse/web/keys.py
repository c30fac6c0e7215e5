"""The buttons of the page as the keys of a session."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from rehearse.ports import Key
from rehearse.web.line import Line

MOST = 8
"""Presses that wait; nobody means more."""


class BrowserKeys:
    """LEAVE stays once it was pressed: no flush may swallow the end."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._pressed: deque[Key] = deque(maxlen=MOST)

    def press(self, key: Key) -> None:
        """From the page."""
        if key is Key.LEAVE:
            self._line.end_session()
            return
        with self._line.changed:
            self._pressed.append(key)
            self._line.changed.notify_all()

    @contextmanager
    def open(self) -> Iterator[None]:
        self.flush()
        yield

    def flush(self) -> None:
        self._pressed.clear()

    def waiting(self) -> bool:
        return bool(self._pressed)

    def poll(self, timeout: float) -> Key | None:
        with self._line.changed:
            self._line.changed.wait_for(lambda: self._pressed or self._line.leaving, timeout)
            if self._pressed:
                return self._pressed.popleft()
            return Key.LEAVE if self._line.leaving else None
