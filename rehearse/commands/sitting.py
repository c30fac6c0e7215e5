"""A session on the real devices, from the first question to its page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from rich.console import Console

from rehearse import app, session
from rehearse.adapters.gong import Gong
from rehearse.adapters.portaudio import quiet_portaudio
from rehearse.analysis.lexicon import Lexicon, builtin
from rehearse.commands.screen import PROMPT, Screen
from rehearse.commands.summing_up import show_page
from rehearse.config import Settings
from rehearse.errors import EarFailed
from rehearse.interview import Scene
from rehearse.listening.waits import WAIT
from rehearse.places import is_folder
from rehearse.ports import Transcriber
from rehearse.steps import Heard, NotSaved, Recorded
from rehearse.store import TakeStore
from rehearse.studio import Studio
from rehearse.unfinished import Unfinished, remembered
from rehearse.views import live

HANDS_FREE = f"Speak when you are ready. Say “I'm done” when you are. {live.KEYS}"
NEW_HOME = (
    "A new home begins in {}. If your takes lie elsewhere, such as on a drive, stop here and name"
    " that folder with --home DIR."
)


@dataclass(frozen=True)
class Manner:
    """How answers end, and what is seen and heard while somebody speaks."""

    auto_stop: float | None = None
    hands_free: bool = False
    captions: bool = False
    counter: bool = False
    lights: bool = False
    gong: bool = False

    @classmethod
    def of(cls, asked: argparse.Namespace) -> Manner:
        """Without hands nobody presses Enter, so silence ends an answer."""
        wait = asked.auto_stop or (WAIT if asked.hands_free else None)
        return cls(wait, asked.hands_free, asked.captions, asked.counter)


@dataclass(frozen=True)
class Sitting:
    chosen: Settings
    studio: Studio
    screen: Screen
    gong: Gong | None

    def hold(self, steps: Iterator[Scene], unfinished: Unfinished) -> int:
        """Show all steps, then the page. Raises EarFailed and what a home that is none raises."""
        with quiet_portaudio(), closing(self.studio.desk):
            with_gong = struck(steps, self.gong) if self.gong else steps
            self.screen.show(remembered(with_gong, unfinished, self.chosen.home))
        if not self.screen.kept and not sys.stdin.isatty():
            raise EarFailed(
                "No answer was recorded: there is no terminal to end one with.",
                "Run this in a terminal, or see 'rehearse demo'.",
            )
        show_page(self.screen, unfinished.session, self.chosen)
        return 0


def sit_down(
    chosen: Settings,
    manner: Manner,
    *,
    notes: str | None = None,
    follow_ups: bool = False,
    transcriber: Transcriber | None = None,
    began: str | None = None,
) -> Sitting:
    """`began` is when the session did, where it is taken up again. Nothing is opened yet.

    Raises what a home that is none raises."""
    messages = app.console(chosen, stderr=True)
    _tell_of_home(chosen, messages)
    ready = transcriber or app.ready_transcriber(chosen, messages)
    studio = app.studio(
        chosen,
        transcriber=ready,
        notes=notes,
        follow_ups=follow_ups,
        auto_stop=manner.auto_stop,
        hands_free=manner.hands_free,
        began=began,
    )
    screen = Screen(
        app.console(chosen),
        plain=chosen.plain,
        store=studio.store,
        judged=chosen.coaching.advice,
        prompt=HANDS_FREE if manner.hands_free else PROMPT,
        captions=manner.captions,
        counter=_lexicon(chosen) if manner.counter else None,
        lights=manner.lights,
    )
    return Sitting(chosen, session.begun(studio), screen, app.gong(chosen) if manner.gong else None)


def _tell_of_home(chosen: Settings, messages: Console) -> None:
    """Where the takes go, if that is new or weak. Raises what a home that is none raises."""
    store = TakeStore(chosen.recordings)
    store.check()
    if not is_folder(chosen.recordings):
        messages.print(NEW_HOME.format(chosen.home), markup=False, soft_wrap=True)
    if weakness := store.weakness():
        messages.print(weakness, markup=False, soft_wrap=True)


def struck(steps: Iterator[Scene], gong: Gong) -> Iterator[Scene]:
    """The gong sounds once in each answer, at its target."""
    has_struck = False
    for step in steps:
        if isinstance(step, Heard) and step.target and step.progress.elapsed >= step.target:
            if not has_struck:
                gong.strike()
            has_struck = True
        if isinstance(step, Recorded):
            has_struck = False
            gong.wait()
        yield step
    if gong.why:
        yield NotSaved(f"The gong could not be heard. {gong.why}")


def _lexicon(chosen: Settings) -> Lexicon:
    """The language's fillers and the user's own."""
    known = builtin(chosen.language) or Lexicon(chosen.language, (), ())
    return known.with_own(chosen.coaching.own_fillers)
