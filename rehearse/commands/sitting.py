"""A session on the real devices, from the first question to its page."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from rich.console import Console

from rehearse import app
from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.audio.gong import Gong
from rehearse.audio.portaudio import quiet_portaudio
from rehearse.commands import model_ready
from rehearse.commands.manner import Manner
from rehearse.commands.screen import Screen
from rehearse.commands.session_end import show_page, tell_what_is_saved
from rehearse.config import Settings
from rehearse.errors import EarFailed, NothingToAsk, UnreadableFile
from rehearse.ports import Transcriber
from rehearse.session import interview, session
from rehearse.session.interview import Scene
from rehearse.session.one_way import FirstTryOnly, OneWay
from rehearse.session.resume import Unfinished, read, remembered
from rehearse.session.steps import Listening, NotSaved, RecordingEnded
from rehearse.session.studio import Studio
from rehearse.takes.store import TakeStore
from rehearse.text import counted, is_folder

NEW_HOME = (
    "Your answers will be saved in {}. If you already have some in another folder, such as on a"
    " drive, stop here and name that folder with --home DIR."
)


@dataclass(frozen=True)
class Sitting:
    chosen: Settings
    studio: Studio
    screen: Screen
    gong: Gong | None

    def hold(self, steps: Generator[Scene, None, None], unfinished: Unfinished) -> int:
        """Show all steps, then the page. Raises EarFailed, HomeMissing and HomeNotWritable."""
        with_gong = struck(steps, self.gong) if self.gong else steps
        asked = remembered(with_gong, unfinished, self.chosen.home)
        with quiet_portaudio(), closing(self.studio.desk):
            try:
                # A recording that is left says so in its take, at once.
                with closing(steps), closing(asked):
                    self.screen.show(asked)
            except KeyboardInterrupt:
                tell_what_is_saved(unfinished, self.screen.store, self.chosen)
                raise
        if not self.screen.kept and not sys.stdin.isatty():
            raise EarFailed(
                "No answer was recorded, because this is not a terminal: no key can end an answer.",
                "Run this in a terminal, or try 'rehearse demo'.",
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
    """Prepare a session; nothing is opened yet. `began`: when a session that continues began.
    Raises HomeMissing and HomeNotWritable."""
    messages = app.console(chosen, stderr=True)
    _tell_of_home(chosen, messages)
    ready = transcriber or model_ready.ready_transcriber(chosen, messages)
    studio = app.studio(
        chosen,
        transcriber=ready,
        notes=notes,
        follow_ups=follow_ups,
        auto_stop=manner.auto_stop,
        hands_free=manner.hands_free,
        began=began,
    )
    if manner.one_way:
        studio = in_one_way(studio, manner.one_way)
    screen = Screen(
        app.console(chosen),
        plain=chosen.plain,
        store=studio.store,
        judged=chosen.coaching.advice,
        prompt=manner.prompt,
        captions=manner.captions,
        counter=lexicon(chosen) if manner.counter else None,
        lights=manner.lights,
    )
    return Sitting(chosen, session.begun(studio), screen, app.gong(chosen) if manner.gong else None)


def in_one_way(studio: Studio, one_way: OneWay) -> Studio:
    return replace(studio, keys=FirstTryOnly(studio.keys), one_way=one_way, follow_ups=False)


def _tell_of_home(chosen: Settings, messages: Console) -> None:
    """Say where the takes are saved, if the folder is new or its drive is weak. Raises HomeMissing
    and HomeNotWritable."""
    store = TakeStore(chosen.recordings)
    store.check()
    if not is_folder(chosen.recordings):
        messages.print(NEW_HOME.format(chosen.home), markup=False, soft_wrap=True)
    if weakness := store.weakness():
        messages.print(weakness, markup=False, soft_wrap=True)


def struck(steps: Iterator[Scene], gong: Gong) -> Iterator[Scene]:
    """The steps, with a gong at the target of each answer."""
    has_struck = False
    for step in steps:
        if isinstance(step, Listening) and step.target and step.progress.elapsed >= step.target:
            if not has_struck:
                gong.strike()
            has_struck = True
        if isinstance(step, RecordingEnded):
            has_struck = False
            gong.wait()
        yield step
    if gong.why:
        yield NotSaved(f"The gong could not be played. {gong.why}")


def lexicon(chosen: Settings) -> Lexicon:
    """The fillers of the language and the user's own."""
    known = builtin(chosen.language) or Lexicon(chosen.language, (), ())
    return known.with_own(chosen.coaching.own_fillers)


OFFER = "In your last session, {left} left. Continue it? [Y/n] "


def take_up(
    chosen: Settings, manner: Manner, *, follow_ups: bool = False, notes: str | None = None
) -> int:
    """Continue the unfinished session. Raises NothingToAsk where there is none, and
    UnreadableFile."""
    found = read(chosen.home)
    if found is None:
        raise NothingToAsk("There is no session to continue.", "To begin one: rehearse practice")
    return hold(found, chosen, manner, follow_ups=follow_ups, notes=notes)


def hold(
    unfinished: Unfinished,
    chosen: Settings,
    manner: Manner,
    *,
    follow_ups: bool = False,
    notes: str | None = None,
    transcriber: Transcriber | None = None,
) -> int:
    """Ask the rest of an unfinished session. Raises EarFailed, HomeMissing and HomeNotWritable."""
    if manner.one_way:
        unfinished, follow_ups = planned(unfinished, manner.one_way), False
    sitting = sit_down(
        chosen,
        manner,
        notes=notes,
        follow_ups=follow_ups,
        transcriber=transcriber,
        began=unfinished.session,
    )
    if unfinished.plan is None:
        asked = session.practise(unfinished.left, sitting.studio, after=unfinished.place)
        return sitting.hold(asked, unfinished)
    sitting.screen.begin(unfinished.plan, unfinished.parts)
    voices = app.voices(chosen, len(unfinished.parts))
    held = interview.hold(unfinished.parts, sitting.studio, voices, after=unfinished.place)
    return sitting.hold(held, unfinished)


def planned(unfinished: Unfinished, one_way: OneWay) -> Unfinished:
    """With the longest answer as the time that each question is planned for."""
    parts = [
        replace(
            part,
            questions=tuple(
                replace(one, target=one_way.answer or one.target) for one in part.questions
            ),
        )
        for part in unfinished.parts
    ]
    return replace(unfinished, parts=tuple(parts))


def offered(chosen: Settings) -> Unfinished | None:
    """The unfinished session, if the user wants to continue it; else None."""
    try:
        found = read(chosen.home)
    except UnreadableFile as error:
        app.console(chosen, stderr=True).print(str(error), markup=False)
        return None
    if found is None:
        return None
    left = counted(len(found.left), "question is", "questions are")
    sys.stdout.write(OFFER.format(left=left))
    sys.stdout.flush()
    return found if sys.stdin.readline().strip().lower() in ("", "y", "yes") else None
