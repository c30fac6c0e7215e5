"""Shows a replay: on a screen that is redrawn, or as printed words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.text import Text

from rehearse.replay.playhead import Playhead
from rehearse.replay.track import Stretch, Track
from rehearse.takes.remarks import Remark, times
from rehearse.text import clock, ends_sentence, one_line
from rehearse.views import replay as view

BACKWARD, FORWARD = 0.2, 2.0
"""Seconds between two updates from which a change of position is a jump."""


class Shown(Protocol):
    @property
    def stays(self) -> bool:
        """Whether to wait for a key at the end."""

    def show(self, head: Playhead) -> None: ...


@contextmanager
def shown(track: Track, console: Console, *, redraws: bool, keys: bool) -> Iterator[Shown]:
    """Show the replay until the context is left; then restore the terminal."""
    if redraws:
        with Live(console=console, screen=True, auto_refresh=False) as live:
            yield Screen(track, console, live)
        return
    words = Words(track, console, keys=keys)
    try:
        yield words
    finally:
        words.close()


class Screen:
    """Draws on the terminal's second screen, so that the first one comes back."""

    stays = True

    def __init__(self, track: Track, console: Console, live: Live) -> None:
        self._track = track
        self._console = console
        self._live = live
        self._look: view.Look | None = None
        self._rows: tuple[view.Row, ...] = ()
        self._drawn = Text()

    def show(self, head: Playhead) -> None:
        """Draw only if something changed, because a remote terminal may be slow."""
        width, height = self._console.size
        look = view.Look(width, height, colour=self._console.color_system is not None)
        if look != self._look:
            self._look, self._rows = look, view.rows(self._track, look)
        text = view.screen(self._track, head, look, self._rows)
        if text != self._drawn:
            self._drawn = text
            self._live.update(text, refresh=True)


class Words:
    """Prints without colour and redrawing, for screen readers and logs."""

    stays = False

    def __init__(self, track: Track, console: Console, *, keys: bool) -> None:
        """`keys`: whether to name the keys."""
        self._track = track
        self._console = console
        self._keys = keys
        self._before: Playhead | None = None
        self._begins = {part.first: part for part in track.parts if part.name}
        self._position = 0.0
        self._last: int | None = None
        self._remark: Remark | None = None
        self._line(one_line(track.title))
        if not track.tokens and track.note:
            self._line(track.note)

    def show(self, head: Playhead) -> None:
        moved = head.position - self._position
        self._position = head.position
        current = self._track.current(head.position)
        if not -BACKWARD <= moved <= FORWARD:
            self._write(f"\n{clock(head.position)}\n")
            self._last = None if current is None else current - 1
        self._tell_state(head)
        self._tell(self._track.remark(head.position))
        if current is not None:
            self._say(current)

    def close(self) -> None:
        """End the last line."""
        self._write("\n")

    def _say(self, current: int) -> None:
        for index in range(0 if self._last is None else self._last + 1, current + 1):
            if part := self._begins.get(index):
                self._name(part)
            token = self._track.tokens[index]
            self._write(view.word(token) + ("\n" if ends_sentence(token.text) else " "))
        self._last = current if self._last is None else max(current, self._last)

    def _name(self, part: Stretch) -> None:
        at = "" if part.start is None else f", {clock(part.start)}"
        self._write(f"\n{part.name}{at}\n")

    def _tell_state(self, head: Playhead) -> None:
        """The text about a changed state; the first time, the keys."""
        if self._keys and self._before is None:
            self._line(" · ".join(view.keys(self._track, head)))
        before = self._before or head
        if replace(head, position=0.0) != replace(before, position=0.0):
            marks = f", n p go to {view.KINDS[head.marks]}s" if head.marks else ""
            self._write(f"\n{view.status(self._track, head).plain}{marks}\n")
        self._before = head

    def _tell(self, remark: Remark | None) -> None:
        if remark is not None and remark != self._remark:
            self._write(f"\n(Remark at {times(remark)}: {one_line(remark.text)})\n")
        self._remark = remark

    def _line(self, text: str) -> None:
        self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        self._console.print(Text(text, end=""), soft_wrap=True)
