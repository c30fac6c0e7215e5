"""Holds one session at a time, in a thread of its own."""

from __future__ import annotations

import threading
from contextlib import closing

from rehearse.errors import RehearseError
from rehearse.session.steps import Reported, Waits
from rehearse.web.ear import BrowserClock, BrowserEar
from rehearse.web.keys import BrowserKeys
from rehearse.web.line import Line
from rehearse.web.messages import Begin, Moment, Notices, Phase, Report, Shown, Stage
from rehearse.web.player import BrowserPlayer
from rehearse.web.program import Devices, Held, Program, Summed

ENDING = 10.0
"""Seconds in which a session ends when the program does: its sound is on the disk already."""
READY = "Getting ready."
BROKEN = "Something went wrong in the program; its window says what. What was heard is kept."


class _Stopped(Exception):
    """A session was given up before it was ready."""


class Holder:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.line = Line()
        self.ear = BrowserEar(self.line)
        self.player = BrowserPlayer(self.line)
        self.keys = BrowserKeys(self.line)
        self._thread: threading.Thread | None = None
        self._session = ""
        self._told: list[Reported | Waits] = []
        self.line.show(Stage(Phase.READY))

    @property
    def is_busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def begin(self, wish: Begin) -> None:
        """Nothing where a session goes on already."""
        if self.is_busy or self.line.closed:
            return
        self.line.begin()
        self._show_nothing()
        self._thread = threading.Thread(target=self._run, args=(wish,), name="session", daemon=True)
        self._thread.start()

    def clear(self) -> None:
        """What is over was seen: the next page begins anew."""
        if not self.is_busy:
            self._show_nothing()
            self.line.show(Stage(Phase.READY))

    def close(self) -> None:
        """The program ends: what is being said is kept, and its take is whole."""
        self.line.close()
        if self._thread is not None:
            self._thread.join(ENDING)
        self.program.close()

    def summed(self) -> Summed | None:
        """Of the session that was held last."""
        known = {told.take.id: told.analysis for told in list(self._told)}
        return self.program.summed(self._session, known) if self._session else None

    def _run(self, wish: Begin) -> None:
        ended = BROKEN
        try:
            self._hold(self._made_ready(wish))
            ended = ""
        except _Stopped:
            ended = ""
        except RehearseError as error:
            ended = str(error)
        finally:
            self.line.show(Stage(Phase.OVER, ended, answers=len(self._told)))

    def _made_ready(self, wish: Begin) -> Held:
        self._session, self._told = "", []
        devices = Devices(self.ear, self.player, self.keys, BrowserClock(self.ear))
        self._say(READY)
        return self.program.begin(wish, devices, self._say)

    def _hold(self, held: Held) -> None:
        self._session, self._told = held.session, held.scenes.told
        with closing(held.desk):
            for step in held.steps:
                self.line.show(*held.scenes.messages(step))

    def _say(self, text: str, share: float | None = None) -> None:
        """Raises _Stopped where nobody wants to wait any more."""
        self.line.show(Stage(Phase.PREPARING, text, share=share))
        if self.line.leaving:
            raise _Stopped

    def _show_nothing(self) -> None:
        self.line.show(Shown(), Report(), Moment(), Notices())
