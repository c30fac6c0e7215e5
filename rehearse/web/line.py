"""Where the session's thread and the page meet; nothing that waits here grows without bound.

Of each kind of message only the latest is kept. So a slow page skips what has passed, and a page
that comes late or was loaded again is shown how things stand.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rehearse.web.messages import ToPage, dumped, kind

GONE = 3.0
"""Seconds without a page after which nobody is there; loading it again takes one."""


@dataclass
class Visit:
    """One connection of a page."""

    page: str
    wake: Callable[[], None]
    """Tells its sender that something is due; from any thread."""
    due: dict[str, None] = field(default_factory=dict)
    is_replaced: bool = False
    """Whether another tab has taken over."""


class Line:
    def __init__(self) -> None:
        self.changed = threading.Condition()
        """Told whenever something came from the page, and guards all that is shared."""
        self.leaving = False
        """Whether the session shall end; holds until the next one begins."""
        self.closed = False
        """Whether the program ends."""
        self.joined = 0.0
        """When the page came that is there now."""
        self._left = time.monotonic()
        self._visit: Visit | None = None
        self._latest: dict[str, str] = {}

    def show(self, *messages: ToPage) -> None:
        with self.changed:
            for message in messages:
                self._latest[kind(message)] = dumped(message)
                if self._visit:
                    self._visit.due[kind(message)] = None
            if self._visit:
                self._visit.wake()

    def join(self, page: str, wake: Callable[[], None]) -> Visit:
        """The newest page is the one; the one before it is told so."""
        visit = Visit(page, wake)
        with self.changed:
            if self._visit:
                self._visit.is_replaced = True
                self._visit.wake()
            visit.due = dict.fromkeys(self._latest)
            self._visit, self.joined = visit, time.monotonic()
            self.changed.notify_all()
        wake()
        return visit

    def leave(self, visit: Visit) -> None:
        with self.changed:
            if visit is self._visit:
                self._visit, self._left = None, time.monotonic()
                self.changed.notify_all()

    def taken(self, visit: Visit) -> list[str]:
        """What is to be sent now."""
        with self.changed:
            due, visit.due = visit.due, {}
            return [self._latest[each] for each in due]

    def is_current(self, visit: Visit) -> bool:
        return visit is self._visit

    @property
    def page(self) -> str | None:
        return self._visit.page if self._visit else None

    @property
    def is_gone(self) -> bool:
        return self._visit is None and time.monotonic() - self._left >= GONE

    def begin(self) -> None:
        """A session begins."""
        with self.changed:
            self.leaving = self.closed

    def end_session(self) -> None:
        with self.changed:
            self.leaving = True
            self.changed.notify_all()

    def close(self) -> None:
        """The program ends."""
        with self.changed:
            self.closed = self.leaving = True
            self.changed.notify_all()
